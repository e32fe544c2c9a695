import { describe, expect, test } from 'vitest'
import type { ListItem } from '#shared/report/model.ts'
import { goalTree } from '#shared/activities/goal-tree/goal-tree.ts'
import type { Level } from '#shared/activities/goal-tree/levels.ts'
import { stage } from '../../../support/stage.ts'
import { config } from './arbitrary.ts'

function notes(begin: 'sample' | 'empty', level: Level, written: Record<string, string> = {}, lang: 'en' | 'es' = 'en') {
  const room = stage(goalTree, { ...config, begin }, { anonymous: false })
  for (const [node, text] of Object.entries(written)) room.facilitator({ type: 'write', node, text, seen: 0 })
  room.facilitator({ type: 'show', level })
  return { room, blocks: goalTree.report(room.state, { ...room.around, lang })[0]?.blocks ?? [] }
}

/** The outline as text, two blanks a level; undefined without one. */
function outline({ blocks }: ReturnType<typeof notes>): string | undefined {
  const lines = (items: ListItem[], indent: string): string[] => items.flatMap(({ text, items: below }) => [indent + text, ...lines(below ?? [], `${indent}  `)])
  const lists = blocks.filter((block) => block.type === 'list')
  return lists[1] === undefined ? undefined : lines(lists[1].items, '').join('\n')
}

describe('the tree in the notes', () => {
  test('GT8 an outline of all three levels, and the question', () => {
    const all = notes('sample', 'activities', { 'o2.a1': 'Ours' })
    expect(outline(all)).toBe(
      ['Sample goal', '  Sample objective one', '    Sample activity one', '    Sample activity two', '  Sample objective two', '    Ours'].join('\n'),
    )
    expect(all.blocks).toContainEqual({ type: 'text', text: 'Where is the mental space?', style: 'quote' })
  })

  test('GT8 levels that were never reached are left out', () => {
    expect(outline(notes('sample', 'smart'))).toBeUndefined()
    expect(outline(notes('sample', 'goal'))).toBe('Sample goal')
    expect(JSON.stringify(notes('sample', 'objectives').blocks)).not.toMatch(/mental space|Sample activity/)
  })

  test('GT8 a level that was gone back from was reached', () => {
    const { room } = notes('sample', 'activities')
    room.facilitator({ type: 'show', level: 'goal' })
    expect(JSON.stringify(goalTree.report(room.state, { ...room.around, lang: 'en' }))).toContain('Sample activity three')
  })

  test('GT8 what the room wrote is printed with all that it hangs on, even if time ran out before its level', () => {
    expect(outline(notes('empty', 'smart', { 'o2.a1': 'Ours' }))).toBe(['(not written)', '  (not written)', '    Ours'].join('\n'))
    expect(outline(notes('sample', 'goal', { 'o1.a2': 'Ours' }))).toBe(['Sample goal', '  Sample objective one', '    Ours'].join('\n'))
  })

  test('GT8 empty nodes are left out', () => {
    expect(outline(notes('empty', 'activities', { goal: 'Ours' }))).toBe('Ours')
    expect(outline(notes('empty', 'activities'))).toBeUndefined()
  })

  test('GT9 the criteria are a table once one of them has been judged', () => {
    const { room, blocks } = notes('sample', 'goal')
    expect(blocks.some(({ type }) => type === 'table')).toBe(false)
    room.facilitator({ type: 'judge', criterion: 'time-bound', verdict: 'yes', note: 'June 2025', seen: 0 })
    const table = goalTree.report(room.state, { ...room.around, lang: 'en' })[0]?.blocks.find(({ type }) => type === 'table')
    expect(table).toMatchObject({ head: ['Criterion', 'Is it?', 'Note'] })
    expect(table).toMatchObject({ rows: expect.arrayContaining([['Time-bound', 'Yes', 'June 2025']]) as unknown })
  })

  test('GT8 in Spanish', () => {
    expect(outline(notes('sample', 'goal', {}, 'es'))).toBe('Meta de ejemplo')
    expect(notes('sample', 'goal', {}, 'es').blocks[0]).toEqual({ type: 'text', text: 'Por qué una meta', style: 'lead' })
  })
})
