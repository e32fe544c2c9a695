/** Shows every part of the interface. ?theme=light|dark, ?surface=phone|console|screen, ?show=parts|sky. */
import { mount } from 'svelte'
import '../../client/styles/base.css'
import '../../client/styles/fonts-screen.css'
import Gallery from './Gallery.svelte'

const wanted = new URLSearchParams(location.search)
document.documentElement.dataset.theme = wanted.get('theme') ?? 'light'
document.documentElement.dataset.surface = wanted.get('surface') ?? 'phone'

const target = document.getElementById('gallery')
if (!target) throw new Error('The gallery page has no place to mount')
mount(Gallery, { target, props: { show: wanted.get('show') ?? 'parts' } })
