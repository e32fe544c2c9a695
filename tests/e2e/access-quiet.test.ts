/** Nobody is flooded, pushed about or shaken: live regions, focus, motion (F62); and everything by keyboard alone. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Plan } from '#shared/session/plan.ts'
import { crowd } from './support/crowd.ts'
import { useDevices } from './support/devices.ts'
import { postedOnce } from './support/pages.ts'
import { manyLines, shortSession } from './support/session-short.ts'
import { CONSOLE, joinByCode, openConsole, openScreen, PHONE, SCREEN } from './support/stage.ts'

const stage = useDevices()

interface Heard {
  /** Times at which a live region changed what it says, ms. */
  said: { at: number; words: string }[]
  /** Focus that went elsewhere. */
  moved: string[]
  /** The most animations that ran at once, seen frame by frame. */
  running: number
}

/** Listens as a screen reader does, and watches where the focus is. */
async function listen(page: Page): Promise<() => Promise<Heard>> {
  await page.evaluate(() => {
    const heard: Heard = { said: [], moved: [], running: 0 }
    const count = () => {
      const running = document.getAnimations().filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration ?? 0) > 1)
      heard.running = Math.max(heard.running, running.length)
      requestAnimationFrame(count)
    }
    count()
    Object.assign(window, { heard })
    const regions = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"]'
    const last = new WeakMap<Element, string>()
    for (const region of document.querySelectorAll(regions)) last.set(region, region.textContent?.trim() ?? '')
    new MutationObserver((changes) => {
      for (const region of new Set(changes.map(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest(regions)))) {
        const words = region?.textContent?.trim() ?? ''
        if (region === null || region === undefined || words === '' || last.get(region) === words) continue
        last.set(region, words)
        heard.said.push({ at: performance.now(), words })
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    document.addEventListener('focusin', ({ target }) => heard.moved.push((target as Element).outerHTML.slice(0, 80)))
    document.addEventListener('focusout', ({ target }) => heard.moved.push(`from ${(target as Element).outerHTML.slice(0, 80)}`))
  })
  return () => page.evaluate(() => (window as unknown as { heard: Heard }).heard)
}

describe('a burst of forty posts in a second', () => {
  test('F62 says at most one thing in five seconds anywhere, moves nobody’s focus, and moves nothing for who asks for less motion', async () => {
    const created = await shortSession(stage.server, { steps: ['serve'], change: manyLines })
    const facilitator = await openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
    await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
    const screen = await openScreen(await stage.device(SCREEN), stage.server, created.links.screen)
    const phone = await joinByCode(await stage.device(PHONE), stage.server, created.code, 'Ana')
    await phone.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await phone.getByRole('textbox').pressSequentially('Half a sent')
    await facilitator.getByRole('button', { name: 'Next', exact: true }).or(facilitator.getByRole('button', { name: 'Lock', exact: true })).first().focus()
    const people = await crowd(stage.server, created.code, Array.from({ length: 20 }, (_, i) => `Person ${i + 1}`))
    const heard = await Promise.all([facilitator, screen, phone].map(listen))
    const answers = await Promise.all(people.flatMap((someone, i) => [1, 2].map((line) => someone.act('serve', { type: 'write', text: `Line ${line} of ${i + 1}` }))))
    expect(answers.filter(({ ok }) => !ok)).toEqual([])
    await screen.getByText(/^Line \d of \d+/u).first().waitFor()
    await facilitator.getByText(/^Line 2 of/u).first().waitFor()
    for (const [i, who] of ['console', 'screen', 'phone'].entries()) {
      const { said, moved, running } = (await heard[i]?.()) as Heard
      expect(running, who).toBe(0)
      expect(moved, who).toEqual([])
      const gaps = said.slice(1).map(({ at }, before) => at - (said[before]?.at ?? 0))
      expect(gaps.filter((gap) => gap < 5_000), `${who} said ${JSON.stringify(said)}`).toEqual([])
    }
    expect(await phone.getByRole('textbox').inputValue()).toBe('Half a sent')
    for (const someone of people) someone.drop()
  })
})

describe('who asks for less motion', () => {
  test('sees none: nothing runs on the phone, the console or the screen, through steps and reveals', async () => {
    const created = await shortSession(stage.server, { steps: ['agreements', 'weather', 'serve', 'closing'], change: manyLines })
    const facilitator = await openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
    const screen = await openScreen(await stage.device(SCREEN), stage.server, created.links.screen)
    const phone = await joinByCode(await stage.device(PHONE), stage.server, created.code, 'Ana')
    const people = await crowd(stage.server, created.code, ['Ben', 'Cleo', 'Dev', 'Eli', 'Fay', 'Gus'])
    const running: string[] = []
    const look = async (moment: string) => {
      for (const [who, page] of Object.entries({ facilitator, screen, phone })) {
        const names = await page.evaluate(() =>
          document.getAnimations()
            .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration ?? 0) > 1)
            .map((animation) => `${'animationName' in animation ? String(animation.animationName) : 'transition'} of ${((animation.effect as KeyframeEffect | null)?.target as Element | null)?.className ?? ''}`),
        )
        running.push(...names.map((name) => `${moment}, ${who}: ${name}`))
      }
    }
    for (let step: string | undefined = 'agreements'; step === 'agreements'; ) {
      await look('agreements')
      step = (await stage.server.api<{ step?: string }>('POST', `/api/sessions/${created.id}/next`)).step
    }
    await phone.getByRole('radio', { name: /^Foggy/u }).check({ force: true })
    await look('weather')
    await Promise.all(people.map((someone) => someone.act('weather', { type: 'answer', weather: 'rainbow' })))
    await facilitator.getByRole('button', { name: 'Reveal the sky' }).click()
    await screen.getByText(/of us/u).first().waitFor()
    await look('sky')
    for (const someone of people) someone.drop()
    expect(running).toEqual([])
  })
})

/** Goes on with Tab until the focused thing answers to this, as somebody without a mouse does. */
async function tabTo(page: Page, what: RegExp): Promise<void> {
  const seen: string[] = []
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const element = document.activeElement
      const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : undefined
      return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim()
    })
    if (what.test(name)) return
    seen.push(name)
  }
  throw new Error(`Tab never came to ${String(what)}: ${seen.join(' | ')}`)
}

describe('by keyboard alone', () => {
  test('somebody joins, says their weather, changes it, and writes a line', async () => {
    const created = await shortSession(stage.server, { steps: ['weather', 'serve'], change: manyLines })
    const page = await (await stage.device(PHONE)).newPage()
    await page.goto(stage.server.origin)
    await tabTo(page, /^Code/u)
    await page.keyboard.type(created.code)
    await page.keyboard.press('Enter')
    await page.locator('[autocomplete="given-name"]').waitFor()
    await tabTo(page, /^Your first name/u)
    await page.keyboard.type('Ana')
    await tabTo(page, /^Come in/u)
    await page.keyboard.press('Enter')
    await page.getByRole('radio', { name: /^Foggy/u }).waitFor({ state: 'attached' })
    await tabTo(page, /^Cloudy/u)
    await page.keyboard.press(' ')
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.getByRole('radio', { name: /^Foggy/u }).isChecked()).toBe(true)
    await stage.server.api('POST', `/api/sessions/${created.id}/next`)
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    await tabTo(page, /^Your words/u)
    await page.keyboard.type('Without a mouse')
    await tabTo(page, /^Send/u)
    await page.keyboard.press('Enter')
    await postedOnce(page, 'Without a mouse')
  })

  test('a facilitator opens the doors, starts, runs three steps, reveals, and ends', async () => {
    const created = await shortSession(stage.server, { steps: ['weather', 'serve', 'closing'], phase: 'draft', change: (plan: Plan) => manyLines(plan) })
    const page = await (await stage.device(CONSOLE)).newPage()
    await page.goto(stage.server.origin + new URL(created.links.facilitator).pathname + new URL(created.links.facilitator).hash)
    await tabTo(page, /^Open the console/u)
    await page.keyboard.press('Enter')
    for (const name of [/^Open the doors/u, /^Start the session/u]) {
      await page.getByRole('button', { name }).waitFor()
      await tabTo(page, name)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('heading', { name: 'Emotional weather', level: 1 }).waitFor()
    await tabTo(page, /^Next/u)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'How will your department serve?', level: 1 }).waitFor()
    await tabTo(page, /^Reveal/u)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Veil again' }).waitFor()
    await tabTo(page, /^Next/u)
    await page.keyboard.press(' ')
    await page.getByRole('heading', { name: 'Closing', level: 1 }).waitFor()
    await tabTo(page, /^End the session/u)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'End the session?' }).waitFor()
    await tabTo(page, /^End it now/u)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'To the notes' }).waitFor()
  })
})
