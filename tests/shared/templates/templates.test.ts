import { expect, test } from 'vitest'
import { templates } from '#shared/templates/templates.ts'

test.each(templates)('every step of $id has a line for whoever leads, in both languages', ({ plan }) => {
  const without = Object.entries(plan.steps).filter(([, { script }]) => !script?.en?.trim() || !script.es?.trim())
  expect(without.map(([id]) => id)).toEqual([])
})
