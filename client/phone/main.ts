/** The participant's page. */
import '../styles/base.css'
import '../styles/fonts-phone.css'
import { mount } from 'svelte'
import { Language } from '../live/language.svelte.ts'
import { browserStorage } from '../live/storage.ts'
import Phone from './Phone.svelte'

document.documentElement.dataset['surface'] = 'phone'
const storage = browserStorage()
const target = document.getElementById('app')
if (target !== null) mount(Phone, { target, props: { storage, language: new Language(storage, navigator.languages) } })
