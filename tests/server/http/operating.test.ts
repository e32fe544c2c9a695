/** What docs/operating ships for whoever watches servers speaks of numbers that are there; and the page tells of all of them. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { numbersOf } from '../../support/numbers.ts'

let it: TestApp
let names: Set<string>
beforeAll(async () => {
  it = await startApp()
  const text = (await it.nobody('GET', '/metrics')).text
  numbersOf(text)
  names = new Set([...text.matchAll(/^# TYPE (\S+) /gmu)].map(([, name = '']) => name))
  // Told only where there are several servers.
  names.add('gatherwell_channel_up')
})
afterAll(async () => { await it.close() })

const shipped = (name: string) => readFileSync(`docs/${name}`, 'utf8')
const namesIn = (text: string) => new Set([...text.matchAll(/\b(?:gatherwell|process)_\w+/gu)].map(([name]) => name.replace(/_(bucket|sum|count)$/u, '')))

test('every number of the page is one that the server tells, and the other way round', () => {
  // The page names the settings of the proxies and files beside them in other ways.
  expect([...namesIn(shipped('operating.md'))].sort()).toEqual([...names].sort())
})

test.each(['operating/grafana-dashboard.json', 'operating/alerts.yml'])('every number in %s is one that the server tells', (file) => {
  const named = namesIn(shipped(file))
  expect(named.size).toBeGreaterThan(6)
  expect([...named].filter((name) => !names.has(name))).toEqual([])
})

test('the dashboard leaves out none of the numbers that the page explains, but the version', () => {
  expect([...names].filter((name) => !namesIn(shipped('operating/grafana-dashboard.json')).has(name))).toEqual([])
})

test('the labels that the dashboard and the alarms ask for are told', async () => {
  const text = (await it.nobody('GET', '/metrics')).text
  const asked = new Set([...`${shipped('operating/grafana-dashboard.json')}${shipped('operating/alerts.yml')}`.matchAll(/\bby \(([^)]*)\)/gu)].flatMap(([, labels = '']) => labels.split(', ')))
  // Prometheus itself adds the address of the server.
  for (const label of [...asked].filter((one) => one !== 'instance')) expect(text).toMatch(new RegExp(`[{,]${label}="`, 'u'))
})

test('the README has every setting, and the page speaks of no other', () => {
  const readme = readFileSync('README.md', 'utf8')
  const settings = (text: string) => [...text.matchAll(/`([A-Z]{3,}_[A-Z_]+|PORT|HOST)`/gu)].map(([, name = '']) => name)
  const source = readFileSync('server/config.ts', 'utf8')
  const known = [...(/const NAMES = \[([^\]]*)\]/u.exec(source)?.[1] ?? '').matchAll(/'(\w+)'/gu)].map(([, name = '']) => name)
  expect(known.filter((name) => !settings(readme).includes(name))).toEqual([])
  expect(new Set(settings(shipped('operating.md')).filter((name) => !known.includes(name)))).toEqual(new Set())
})
