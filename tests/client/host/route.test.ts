import { describe, expect, test } from 'vitest'
import { routeOf } from '../../../client/host/route.ts'

describe('an address of the host’s door', () => {
  test.each([
    ['/host', { page: 'sessions' }],
    ['/host/', { page: 'sessions' }],
    ['/f', { page: 'key' }],
    ['/host/aB-9_', { page: 'console', session: 'aB-9_' }],
    ['/host/aB-9_/', { page: 'console', session: 'aB-9_' }],
    ['/host/aB-9_/prepare', { page: 'prepare', session: 'aB-9_' }],
    ['/host/aB-9_/links', { page: 'links', session: 'aB-9_' }],
    ['/host/aB-9_/notes', { page: 'notes', session: 'aB-9_' }],
    ['/host/aB-9_/nothing-we-know', { page: 'console', session: 'aB-9_' }],
    ['/host/<script>', { page: 'sessions' }],
    [`/host/${'x'.repeat(41)}`, { page: 'sessions' }],
  ])('%s', (path, expected) => {
    expect(routeOf(path)).toEqual(expected)
  })
})
