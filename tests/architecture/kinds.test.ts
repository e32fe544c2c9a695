import { readTree } from './graph.ts'
import { KIND_RULES } from './kinds.ts'
import { held, type MadeUp, type Trial } from './trials.ts'

const ONE_KIND: MadeUp = ['shared/activities/registry.ts', "import { board } from './board/board.ts'"]

/** All that a kind owes, for one that is called board. */
const whole: MadeUp[] = [
  ONE_KIND,
  ['client/messages/board.ts', ''],
  ['tests/shared/activities/board/arbitrary.ts', ''],
  ['tests/shared/activities/board/board.test.ts', "test('BO1 a card has a kind', () => {})"],
  ['tests/client/activities/board/board.test.ts', ''],
  ...(['Phone', 'Console', 'Screen', 'Editor'] as const).flatMap((surface): MadeUp[] => [
    [`client/activities/board/${surface}.svelte`, ''],
    [`client/activities/${surface.toLowerCase()}.ts`, `export const kinds = { board: () => import('./board/${surface}.svelte') }`],
  ]),
]

const TRIALS: Trial[] = [
  {
    sentence: 'every kind has its four surfaces, a line for each in the registries, its words and its tests',
    wrong: whole.filter(([path]) => path !== 'client/activities/screen.ts'),
    together: true,
    right: whole,
  },
  {
    sentence: 'nothing in the server names a kind',
    wrong: [['server/http/notes.ts', "if (step.kind === 'board') skip()"], ['server/room/room.ts', "import { board } from '#shared/activities/board/board.ts'"]],
    right: [['server/log/sqlite.ts', "if (!('board' in message)) throw new Error('on board')"]],
  },
  {
    sentence: '`switch` in `evolve` has no default',
    wrong: [
      ['shared/activities/board/rules.ts', 'export function evolveBoard(s, event) { switch (event.type) { case "a": return; default: return } }'],
      ['shared/activities/board/board.ts', 'defineActivity({ evolve: (s, event) => { switch (event.type) { default: return } } })'],
    ],
    right: [['shared/activities/board/rules.ts', 'export function decide(s, c) { switch (c.type) { default: return assertNever(c) } }']],
  },
  {
    sentence: 'views are built field by field, never by spreading state',
    wrong: [['shared/activities/board/views.ts', 'const all = { ...state }'], ['shared/session/views/views.ts', 'const one = { ...state.people[id] }']],
    right: [['shared/activities/board/views.ts', 'const view = { ...frame(state, around), prompt: { ...around.config.prompt }, of: { ...state.plan.title } }']],
  },
  {
    sentence: 'config.ts is the only reader of the environment; main and the command hand it over',
    wrong: [['server/http/pages.ts', 'const port = process.env.PORT']],
    right: [['server/main.ts', 'readConfig(process.env)']],
  },
  {
    sentence: 'of shared, client/ui takes the sky and the Markdown tree: data that it draws',
    wrong: [['client/ui/Plate.svelte', "<script>import { say } from '#shared/say.ts'</script>"]],
    right: [['client/ui/Sky.svelte', "<script>import { sceneOf } from '#shared/sky/scene.ts'</script>"]],
  },
  {
    sentence: 'only server/socket knows Socket.IO',
    wrong: [['server/room/rooms.ts', "import type { Socket } from 'socket.io'"]],
    right: [['server/socket/gateway.ts', "import { Server } from 'socket.io'"]],
  },
  {
    sentence: 'files are kebab-case.ts, components PascalCase.svelte, and runes stand in .svelte.ts only',
    wrong: [['server/room/theRoom.ts', ''], ['client/ui/plate.svelte', ''], ['client/live/state.ts', 'const held = $state(0)']],
    right: [['server/log/sqlite-open.ts', ''], ['client/ui/QrCode.svelte', ''], ['client/live/state.svelte.ts', 'const held = $state(0)'], ['tests/a.svelte.test.ts', '']],
  },
]

held(KIND_RULES, TRIALS, readTree())
