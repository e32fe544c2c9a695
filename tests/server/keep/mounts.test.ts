import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { CannotOpen } from '../../../server/log/port.ts'
import { refuseOldSqlite } from '../../../server/keep/folder.ts'
import { driveInList, driveOf } from '../../../server/keep/mounts.ts'

const LINUX = `
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /srv/nfs nfs4 rw,vers=4.2 0 0
//server/share /mnt/school\\040drive cifs rw 0 0
me@host:/home /home/me/there fuse.sshfs rw 0 0
/dev/sdb1 /media/stick fuseblk rw 0 0
C:\\134 /mnt/c 9p rw 0 0
server:/inner /srv/local/inner nfs rw 0 0
/dev/sdc1 /srv/nfs/disk xfs rw 0 0
remote:bucket /mnt/bucket fuse.rclone rw 0 0
`
const MAC = `
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)
//ana@nas._smb._tcp.local/team on /Volumes/team (smbfs, nodev, nosuid, mounted by ana)
nas:/volume1 on /Volumes/nfs (nfs)
ana@host: on /Volumes/far away (macfuse_sshfs, nodev)
`

describe('drives whose locks and syncs are not this machine’s own', () => {
  test.each([
    ['/srv/nfs/gatherwell', 'remote'], ['/srv/nfs', 'remote'], ['/mnt/school drive/data', 'remote'], ['/home/me/there/data', 'remote'],
    ['/mnt/c/data', 'remote'], ['/mnt/bucket/data', 'remote'], ['/srv/local/inner/data', 'remote'],
    ['/media/stick/data', 'unsure'],
    ['/srv/nfs-not-this-one', 'own'], ['/srv/local', 'own'], ['/srv/nfs/disk/data', 'own'], ['/tmp/x', 'own'], ['/home/me', 'own'],
  ] as const)('F49 on Linux %s is %s', (folder, drive) => {
    expect(driveInList(LINUX, folder)).toBe(drive)
  })

  test.each([
    ['/Volumes/team/data', 'remote'], ['/Volumes/nfs/data', 'remote'], ['/Volumes/far away/data', 'remote'], ['/System/Volumes/Data/x', 'own'], ['/Users/ana', 'own'],
  ] as const)('F49 on macOS %s is %s', (folder, drive) => {
    expect(driveInList(MAC, folder)).toBe(drive)
  })

  test('the folder of these tests is on a drive of its own', () => {
    expect(driveOf(tmpdir())).toBe('own')
  })
})

test.each(['3.51.2', '3.9.9', '3.51', '2.99.99'])('F49 SQLite %s is refused', (version) => {
  expect(() => { refuseOldSqlite(version) }).toThrow(new CannotOpen(`SQLite ${version} is too old to keep data safely; 3.51.3 or newer is needed.`))
})

test.each(['3.51.3', '3.51.10', '3.52.0', '4.0.0'])('F49 SQLite %s will do, and so does the one that runs here', (version) => {
  refuseOldSqlite(version)
  refuseOldSqlite()
})
