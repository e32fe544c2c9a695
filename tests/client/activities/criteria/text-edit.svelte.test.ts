import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from '#shared/wire/protocol.ts'
import { TextEdit, type There } from '../../../../client/activities/criteria/text-edit.svelte.ts'

/** A text in a room, and facilitators who type over it. Answers and views come when the test says so. */
function room(text = '') {
  const there: There = $state({ text, version: 0 })
  const put = (words: string) => {
    there.text = words
    there.version += 1
  }
  const facilitator = () => {
    const draft = $state({ text: '' })
    return { draft, edit: new TextEdit(draft, () => there) }
  }
  /** The server: refuses what did not see the newest version. The view is there before the answer. */
  const send = (words: string, seen: number): Promise<Answer> => {
    if (seen !== there.version) return Promise.resolve({ ok: false, code: 'moved-on' })
    put(words)
    return Promise.resolve({ ok: true, at: 1 })
  }
  return { there, put, send, facilitator }
}

describe('typing', () => {
  test('the field follows what stands there until somebody types', () => {
    const { put, facilitator } = room('first')
    const { edit } = facilitator()
    put('second')
    expect([edit.text, edit.dirty]).toEqual(['second', false])
    edit.type('mine')
    put('third')
    expect([edit.text, edit.collides]).toEqual(['mine', 'third'])
  })

  test('what is typed is kept as a draft until it is sent', async () => {
    const { send, facilitator } = room()
    const { edit, draft } = facilitator()
    edit.type('mine')
    expect(draft.text).toBe('mine')
    await edit.save(send)
    expect([draft.text, edit.text, edit.dirty]).toEqual(['', 'mine', false])
  })

  test('a draft that survived a reload is still to be saved', () => {
    const { there } = room('first')
    const edit = new TextEdit({ text: 'from before' }, () => there)
    expect([edit.text, edit.dirty, edit.collides]).toEqual(['from before', true, undefined])
  })

  test('a field that is emptied stays empty while it is being typed in, and saves as empty', async () => {
    const { there, send, facilitator } = room('first')
    const { edit } = facilitator()
    edit.type('')
    expect([edit.text, edit.dirty]).toEqual(['', true])
    await edit.save(send)
    expect(there.text).toBe('')
  })

  test('blanks alone are no change', () => {
    const { edit } = room('first words').facilitator()
    edit.type(' first  words ')
    expect(edit.dirty).toBe(false)
  })

  test('what is discarded is gone, draft and all', () => {
    const { edit, draft } = room('first').facilitator()
    edit.type('mine')
    edit.discard()
    expect([edit.text, draft.text, edit.dirty]).toEqual(['first', '', false])
  })
})

describe('saving', () => {
  test('between answer and view the field does not jump back', async () => {
    const { put, facilitator } = room('first')
    const { edit } = facilitator()
    edit.type('mine')
    await edit.save(() => Promise.resolve({ ok: true, at: 1 }))
    expect([edit.text, edit.dirty]).toEqual(['mine', false])
    put('mine')
    put('theirs, later')
    expect([edit.text, edit.collides]).toEqual(['theirs, later', undefined])
  })

  test('typing on while it is being saved is not a collision with oneself', async () => {
    const { put, send, there, facilitator } = room()
    const { edit } = facilitator()
    edit.type('one')
    const saving = edit.save(() => {
      edit.type('one and two')
      put('one')
      return Promise.resolve({ ok: true, at: 1 })
    })
    await saving
    expect([edit.text, edit.dirty, edit.collides]).toEqual(['one and two', true, undefined])
    await edit.save(send)
    expect(there).toEqual({ text: 'one and two', version: 2 })
  })

  test('a refusal keeps the words in the field and on the device', async () => {
    const { facilitator } = room('first')
    const { edit, draft } = facilitator()
    edit.type('mine')
    await edit.save(() => Promise.resolve({ ok: false, code: 'storage' }))
    expect([edit.text, draft.text, edit.dirty]).toEqual(['mine', 'mine', true])
  })

  test('whoever has seen the other words may put their own up instead', async () => {
    const { put, send, there, facilitator } = room()
    const { edit } = facilitator()
    edit.type('mine')
    put('theirs')
    await edit.save(send)
    expect([there.text, edit.collides]).toEqual(['theirs', 'theirs'])
    await edit.insist(send)
    expect([there.text, edit.collides, edit.dirty]).toEqual(['mine', undefined, false])
  })

  test('of two facilitators none loses words unknowingly, in whatever order they type and save', async () => {
    const act = fc.record({ who: fc.nat({ max: 1 }), text: fc.constantFrom('a', 'b', 'c', undefined) })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const { there, send, facilitator } = room()
        const both = [facilitator(), facilitator()] as const
        for (const { who, text } of acts) {
          const { edit } = who === 0 ? both[0] : both[1]
          if (text !== undefined) {
            edit.type(text)
            continue
          }
          const before = there.text
          const warned = edit.collides !== undefined
          await edit.save(send)
          if (warned) expect(there.text).toBe(before)
          expect(there.text === before || there.text === edit.text).toBe(true)
        }
      }),
    )
  })
})
