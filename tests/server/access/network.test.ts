import { expect, test } from 'vitest'
import { networkOf } from '../../../server/access/network.ts'

test.each([
  ['192.168.17.23', '192.168.x.x'],
  ['::ffff:10.1.2.3', '10.1.x.x'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:x'],
  ['fe80::1%eth0', 'fe80:0:x'],
  ['127.0.0.1', 'this machine'],
  ['::1', 'this machine'],
  ['nonsense', 'unknown'],
])('F54 %s is told as %s', (address, told) => { expect(networkOf(address)).toBe(told) })
