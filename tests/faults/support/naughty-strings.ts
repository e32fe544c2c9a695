/** Words that break pages: the Big List of Naughty Strings, ways round filters, and mixtures of them by seed. */
import { createRequire } from 'node:module'
import { random } from '#shared/random.ts'

const listed = createRequire(import.meta.url)('big-list-of-naughty-strings') as string[]

/** Ways round filters, after OWASP's cheat sheet, each with a trap that tells; and what Svelte, Markdown and URLs might take for their own. */
const TRAP = 'window.__pwned=1'
const EVASIONS = [
  `<img src=x onerror="${TRAP}">`, `<svg/onload=${TRAP}>`, `"><script>${TRAP}</script>`, `'-${TRAP}-'`, `<iframe srcdoc="<script>parent.${TRAP}</script>">`, `<a href="javascript:${TRAP}">x</a>`, `[x](javascript:${TRAP})`, `![x](x" onerror="${TRAP})`,
  `<math><mtext></p><img src=x onerror=${TRAP}>`, `<template><script>${TRAP}</script></template>`, `<style>@import 'http://evil.example/a.css';</style>`, `<base href="http://evil.example/">`, `<meta http-equiv="refresh" content="0;url=http://evil.example/">`, `<link rel=stylesheet href=http://evil.example/a.css>`,
  `<form action=http://evil.example><input type=submit>`, `<object data="data:text/html,<script>${TRAP}</script>">`, `<embed src=javascript:${TRAP}>`, `<details open ontoggle=${TRAP}>`, `<video><source onerror=${TRAP}>`, `<input autofocus onfocus=${TRAP}>`, `<body onload=${TRAP}>`, `<x contenteditable onblur=${TRAP}>`,
  `{@html "<img src=x onerror=${TRAP}>"}`, `{${TRAP}}`, `\${${TRAP}}`, `{{constructor.constructor('${TRAP}')()}}`, `</textarea><script>${TRAP}</script>`, `</title><script>${TRAP}</script>`, `--><script>${TRAP}</script>`, `]]><script>${TRAP}</script>`, `\u2028${TRAP}\u2029`, `<scr\u0000ipt>${TRAP}</scr\u0000ipt>`, `%3Cscript%3E${TRAP}%3C/script%3E`, `&lt;script&gt;${TRAP}&lt;/script&gt;`, `\\u003cscript\\u003e${TRAP}`,
  'W'.repeat(300), 'iiiii'.repeat(60), `${'-'.repeat(200)}`, 'http://example.org/'.padEnd(280, 'x'), 'Donaudampfschifffahrtsgesellschaftskapitänsmütze'.repeat(5), '🏳️‍🌈'.repeat(60), 'ﷺ'.repeat(40), 'ॐ'.repeat(80), 'เ'.repeat(120), '\u202e'.repeat(10) + 'back to front', '\u2066'.repeat(40) + 'isolated', 'e\u0301\u0323\u0302\u0308\u0304\u0306\u030c\u030b\u031b'.repeat(20), '\u0e33'.repeat(60), '\u200b'.repeat(200) + 'x', '\u00ad'.repeat(200) + 'x', '\ufdfd'.repeat(30), 'a\n'.repeat(40), '\t'.repeat(60) + 'x', '# '.repeat(60), '> '.repeat(60), '- '.repeat(60), '|a|b|\n|-|-|\n|c|d|', '1. '.repeat(50), '*'.repeat(200), '`'.repeat(200), '['.repeat(200),
]

/** All of them, those that hold nothing to be seen left out. */
const ALL = [...EVASIONS, ...listed].filter((text) => text.trim() !== '')

/** The words of a case: each of the list once, then two of them run into one another. At most `length` code units. */
export function naughty(seed: number, length = 280): string {
  const dice = random(`naughty ${seed}`)
  const one = ALL[seed % ALL.length] as string
  const text = seed < ALL.length ? one : mixed(one, ALL[dice.below(ALL.length)] as string, dice.below(1_000))
  return text.slice(0, length)
}

function mixed(a: string, b: string, at: number): string {
  const cut = at % (a.length + 1)
  return a.slice(0, cut) + b + a.slice(cut)
}
