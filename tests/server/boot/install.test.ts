/** A program that its service may not write, and that nobody has built. */
import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

/** Who may write nothing of ours, where the tests run as root, whom no permission keeps out. */
const NOBODY = 65_534

let folder: string
afterEach(() => {
  chmodSync(join(folder, 'program'), 0o755)
  rmSync(folder, { recursive: true })
})

test('starting what is not installed, as somebody who may not write it, says who has to do what', async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatherwell-boot-'))
  chmodSync(folder, 0o755)
  const program = join(folder, 'program')
  mkdirSync(program)
  for (const name of ['server/boot', 'package.json', 'package-lock.json']) cpSync(name, join(program, name), { recursive: true })
  chmodSync(program, 0o555)
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['server/boot/start.mjs'], { cwd: program, ...asNobody }, (error, out, err) => { resolve(`${String(error?.code)} ${out}${err}`) })
  })
  expect(said).toBe(`1 \nThis version of Gatherwell is not installed yet, and the user that starts it may not write ${program}/. As the one who may (root, perhaps): cd ${program}/ && npm run build\n`)
})
