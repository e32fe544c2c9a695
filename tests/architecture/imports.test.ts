import { describe, expect, test } from 'vitest'
import { isMissing, readTree } from './graph.ts'
import { RULES } from './rules.ts'
import { held, type Trial } from './trials.ts'

const tree = readTree()

describe('the tree', () => {
  test('every import points at a file that is there', () => {
    const lost = tree.flatMap((file) =>
      file.path.startsWith('tests/architecture/')
        ? []
        : file.imports.filter(isMissing).map((imported) => `${file.path}: ${imported.specifier}`),
    )
    expect(lost).toEqual([])
  })

  test('the reader finds the files it is meant to judge', () => {
    expect(tree.map((file) => file.path)).toContain('tests/architecture/imports.test.ts')
    expect(tree.flatMap((file) => file.imports).length).toBeGreaterThan(0)
  })
})

/** Made-up files that break a sentence, and the same thing done as it should be. */
const TRIALS: Trial[] = [
  {
    sentence: 'shared: activities ← registry ← session ← wire',
    wrong: [
      ['shared/activities/board/rules.ts', "import type { Session } from '../../session/model.ts'"],
      ['shared/activities/registry.ts', "export { fold } from '../session/evolve.ts'"],
      ['shared/session/model.ts', "type A = import('../wire/protocol.ts').A"],
    ],
    right: [
      ['shared/session/model.ts', "import type { Kind } from '../activities/registry.ts'"],
      ['shared/wire/protocol.ts', "import type { Session } from '#shared/session/model.ts'"],
    ],
  },
  {
    sentence: 'activities never import one another',
    wrong: [
      ['shared/activities/board/views.ts', "import { tally } from '../vote.ts'"],
      ['client/activities/vote/Phone.svelte', "<script lang=\"ts\">\nimport Card from '../board/Card.svelte';\n</script>"],
    ],
    right: [
      ['shared/activities/board/views.ts', "import { shuffle } from '../order.ts'; import { a } from './model.ts'"],
      ['client/activities/registry.ts', "import Phone from './board/Phone.svelte'"],
    ],
  },
  {
    sentence: 'shared imports nothing but shared, typebox and mdast',
    wrong: [['shared/text.ts', "import { readFileSync } from 'node:fs'; import '../server/app.ts'"]],
    right: [['shared/text.ts', "import Type from 'typebox'; import type { Root } from 'mdast'; import './say.ts'"]],
  },
  {
    sentence: 'the document model knows nothing of sessions and activities',
    wrong: [['shared/report/model.ts', "import type { Session } from '../session/model.ts'"]],
    right: [['shared/report/model.ts', "import type { Sky } from '../sky/sky.ts'"]],
  },
  {
    sentence: 'server: ports ← room ← socket, http, export ← app ← main',
    wrong: [
      ['server/room/room.ts', "import { announce } from '../socket/gateway.ts'"],
      ['server/http/notes.ts', "import { buildApp } from '../app.ts'"],
      ['server/log/port.ts', "import type { Room } from '../room/room.ts'"],
      ['server/app.ts', "import './main.ts'"],
      ['server/keep/keeper.ts', "import { readConfig } from '../config.ts'"],
    ],
    right: [['server/socket/gateway.ts', "import type { Room } from '../room/room.ts'; import type { Log } from '../log/port.ts'"]],
  },
  {
    sentence: 'socket, http and export stand side by side; http alone may ask export for a document',
    wrong: [['server/export/docx.ts', "import { reply } from '../http/reply.ts'"], ['server/socket/gateway.ts', "import '../export/markdown.ts'"]],
    right: [['server/http/notes.ts', "import { markdown } from '../export/markdown.ts'"]],
  },
  {
    sentence: 'adapters are imported by app and the command alone',
    wrong: [['server/room/rooms.ts', "import { openSqlite } from '../log/sqlite.ts'"], ['server/main.ts', "import './log/sqlite-worker.ts'"]],
    right: [['server/app.ts', "import { openSqlite } from './log/sqlite.ts'"], ['server/gatherwell.ts', "import { fillSqliteShelf } from './log/sqlite-shelf.ts'"], ['tests/server/log.test.ts', "import '../../server/log/sqlite.ts'"]],
  },
  {
    sentence: 'client: ui, live ← activities ← registry ← the three doors',
    wrong: [
      ['client/ui/Button.svelte', "<script lang=\"ts\">\n  import { x } from '../activities/board/x.ts';\n</script>"],
      ['client/activities/board/Phone.svelte', "<script>import '../../phone/page.ts';</script>"],
      ['client/activities/board/Phone.svelte', "<script>import { phone } from '../phone.ts'</script>"],
      ['client/live/inbox.ts', "const later = () => import('../host/list.ts')"],
    ],
    right: [
      ['client/activities/board/Phone.svelte', "<script>import type { Views } from '#shared/activities/registry.ts'</script>"],
      ['client/phone/main.ts', "import { kinds } from '../activities/phone.ts'; import '../live/inbox.ts'"],
    ],
  },
  {
    sentence: 'ui knows nothing of sessions, live nothing of activities',
    wrong: [
      ['client/ui/Clock.svelte', "<script>import type { Timer } from '#shared/session/model.ts';</script>"],
      ['client/live/inbox.ts', "import type { Card } from '#shared/activities/board/model.ts'"],
    ],
    right: [['client/live/inbox.ts', "import { merge } from '#shared/wire/patch.ts'"], ['client/ui/Prose.svelte', "<script>import type { T } from '#shared/text.ts';</script>"]],
  },
  {
    sentence: 'doors never import one another',
    wrong: [['client/screen/main.ts', "import { keys } from '../host/keys.ts'"]],
    right: [['client/screen/main.ts', "import { keys } from './keys.ts'"]],
  },
  {
    sentence: 'server and client meet only in shared, and nothing imports the tests',
    wrong: [['server/http/pages.ts', "import '../../client/messages/doors.ts'"], ['client/live/x.ts', "import type { A } from '../../server/app.ts'"]],
    right: [['server/http/pages.ts', "import '#shared/say.ts'; import pkg from '../../package.json'"]],
  },
  {
    sentence: 'client/live/connection.svelte.ts is the only file that knows Socket.IO',
    wrong: [['client/phone/main.ts', "import type { Socket } from 'socket.io-client'"]],
    right: [['client/live/connection.svelte.ts', "import { io } from 'socket.io-client'"]],
  },
  {
    sentence: 'the phone never loads typebox with its page',
    together: true,
    wrong: [
      ['client/phone/main.ts', "import { check } from '../live/check.ts'"],
      ['client/live/check.ts', "import { type Plan } from '#shared/plan.ts'"],
      ['shared/plan.ts', "import Type from 'typebox'"],
    ],
    right: [
      ['client/phone/main.ts', "import type { Plan } from '#shared/plan.ts'; const later = () => import('#shared/plan.ts')"],
      ['shared/plan.ts', "import Type from 'typebox'"],
    ],
  },
  {
    sentence: 'no file over 300 lines without a sentence at its top that says why',
    wrong: [['server/room/room.ts', `/** The room. */\n${'one();\n'.repeat(300)}`]],
    right: [
      ['server/room/room.ts', 'one();\n'.repeat(300)],
      ['shared/templates/a.ts', `/** Over 300 lines: a whole session's words, read from top to bottom. */\n${'one();\n'.repeat(400)}`],
    ],
  },
]

held(RULES, TRIALS, tree)
