/** The copy as one file that needs nothing else: readable by any browser, by a screen reader and on paper. */
import type { Lang } from '#shared/localized.ts'
import { en, es } from '../../../messages/copy.ts'
import { pick } from '../../../messages/pick.ts'
import type { CopyContent } from './content.ts'

const STYLE = [
  ':root{color-scheme:light dark}',
  'body{max-width:38rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.5 system-ui,sans-serif}',
  'h1{line-height:1.15}h2{margin-top:2.5rem;border-top:2px solid;padding-top:.75rem}h3{margin-top:1.5rem}',
  'blockquote{margin:.25rem 0 1.25rem;padding-left:1rem;border-left:4px solid;white-space:pre-line}',
  'dt{font-weight:700}dd{margin:0 0 .75rem;white-space:pre-line}footer{margin-top:3rem;font-size:.9375rem}',
].join('')

/** A whole HTML document. Every word of it is escaped: what people typed stays text. */
export function copyPage(content: CopyContent, lang: Lang): string {
  const t = pick({ en, es }, lang)
  const steps = content.steps.map(
    ({ title, said }) =>
      `<section><h3 dir="auto">${escaped(title)}</h3>${said
        .map(({ prompt, text }) => `<p dir="auto">${escaped(prompt)}</p><blockquote dir="auto">${escaped(text)}</blockquote>`)
        .join('')}</section>`,
  )
  const agreed = content.agreements.map(({ name, text }) => `<dt dir="auto">${escaped(name)}</dt><dd dir="auto">${escaped(text)}</dd>`)
  const under = [content.date, content.hosts === '' ? '' : t.with(content.hosts)].filter((part) => part !== '').join(', ')
  return [
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<title>${escaped(content.title)}</title><style>${STYLE}</style></head><body>`,
    `<header><h1 dir="auto">${escaped(content.title)}</h1>${under === '' ? '' : `<p>${escaped(under)}</p>`}</header><main>`,
    steps.length === 0 ? '' : `<h2>${escaped(t.mine)}</h2>${steps.join('')}`,
    agreed.length === 0 ? '' : `<h2>${escaped(t.agreements)}</h2><dl>${agreed.join('')}</dl>`,
    `</main><footer><p>${escaped(t.madeHere)}</p></footer></body></html>`,
  ].join('\n')
}

/** A file name that every system takes: "my-copy-2026-09-14.html". */
export function copyFileName(date: string, lang: Lang): string {
  return `${[pick({ en, es }, lang).file, date].filter((part) => part !== '').join('-')}.html`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`)
}
