/** Whether a folder lies on a drive that keeps SQLite's promises: its locks and syncs must be this machine's own. */
import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync, statfsSync } from 'node:fs'

/** `remote`: locks or syncs are known to fail. `unsure`: a file system in user space, which may keep them or not. */
export type Drive = 'own' | 'remote' | 'unsure'

/** As /proc/mounts and `mount` name them. */
const REMOTE = /^(nfs\d?|cifs|smb\d?|smbfs|smb2|afs|afpfs|ceph|coda|ncpfs|webdav|davfs|9p|lustre|glusterfs|beegfs|ocfs2|gfs2?|gpfs)$/
/** User space to a server elsewhere. Other fuse.* may be a local NTFS stick or an encrypted folder. */
const REMOTE_FUSE = /^(fuse|macfuse|osxfuse)[._]?.*(sshfs|s3|rclone|davfs|gluster|ceph|gcsfuse|blobfuse|goofys|curlftpfs|smb|nfs|moosefs|juicefs|google|onedrive|dropbox)/
const FUSE = /^(fuse|macfuse|osxfuse|virtiofs|drvfs)/

/** NFS, SMB, CIFS, SMB2, 9P, AFS, Ceph, Coda, NCP and Lustre as Linux numbers them in statfs. */
const REMOTE_NUMBERS = [0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x5346414f, 0x00c36400, 0x73757245, 0x564c, 0x0bd00bd0]

/** What kind of drive an existing folder is on. A system that cannot tell counts as its own. */
export function driveOf(folder: string): Drive {
  if (process.platform === 'linux' && REMOTE_NUMBERS.includes(statfsSync(folder).type)) return 'remote'
  try {
    const listed = process.platform === 'linux' ? readFileSync('/proc/mounts', 'utf8') : execFileSync('/sbin/mount', { encoding: 'utf8' })
    return driveInList(listed, realpathSync(folder))
  } catch {
    return 'own'
  }
}

/** The same from a list of mounts, as Linux or macOS writes it: the longest mount point above the folder decides; of equals the last. */
export function driveInList(listed: string, folder: string): Drive {
  let best = { point: '', type: '' }
  for (const line of listed.split('\n')) {
    const [, point = '', type = ''] = /^.+ on (\/.*) \(([^,)]+)/.exec(line) ?? /^\S+ (\S+) (\S+) /.exec(line) ?? []
    // /proc/mounts writes blanks, tabs and backslashes of a path as octal numbers.
    const path = point.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    const above = path === '/' || folder === path || folder.startsWith(`${path}/`)
    if (point !== '' && above && path.length >= best.point.length) best = { point: path, type }
  }
  const type = best.type.toLowerCase()
  if (REMOTE.test(type) || REMOTE_FUSE.test(type)) return 'remote'
  return FUSE.test(type) ? 'unsure' : 'own'
}
