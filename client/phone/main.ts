/** The participant's page. */
import '../styles/base.css'
import '../styles/arriving.css'
import '../styles/fonts-phone.css'
import { mount } from 'svelte'
import { Language } from '../live/language.svelte.ts'
import { first, storage } from './first.ts'
import Phone from './Phone.svelte'

/** So long a link's answer may take before the page says that it is waiting, ms: most are there sooner, and nothing flashes by. */
const AWAITED_MS = 700

document.documentElement.dataset['surface'] = 'phone'
const language = new Language(storage, navigator.languages)

function show(): void {
  const target = document.getElementById('app')
  target?.replaceChildren()
  if (target !== null) mount(Phone, { target, props: { storage, first, language } })
}

if (first.answer === undefined || first.knocked !== undefined) show()
else void Promise.race([first.answer, new Promise((resolve) => setTimeout(resolve, AWAITED_MS))]).then(show)
