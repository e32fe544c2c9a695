/** The projector screen's page. */
import '../styles/base.css'
import '../styles/fonts-screen.css'
import { mount } from 'svelte'
import { Language } from '../live/language.svelte.ts'
import { browserStorage } from '../live/storage.ts'
import Screen from './Screen.svelte'

document.documentElement.dataset['surface'] = 'screen'
const target = document.getElementById('app')
if (target !== null) mount(Screen, { target, props: { language: new Language(browserStorage(), navigator.languages) } })
