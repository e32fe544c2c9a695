/** The page of hosts and facilitators. */
import '../styles/base.css'
import '../styles/fonts-phone.css'
import { mount } from 'svelte'
import { Language } from '../live/language.svelte.ts'
import { browserStorage } from '../live/storage.ts'
import Host from './Host.svelte'

document.documentElement.dataset['surface'] = 'console'
const storage = browserStorage()
const target = document.getElementById('app')
if (target !== null) mount(Host, { target, props: { storage, language: new Language(storage, navigator.languages) } })
