/** Posts of a session that those who led may read, apart from every document: for who is asked to remove one for good. */
import type { Lang } from '../localized.ts'
import { kindOf } from '../activities/registry.ts'
import { say } from '../say.ts'
import { around } from './around.ts'
import type { SessionState } from './model.ts'

export interface ReadableStep {
  step: string
  title: string
  posts: { id: string; text: string }[]
}

/** Step by step in the order of the plan; steps without posts are left out. */
export function readablePosts(state: SessionState, lang: Lang): ReadableStep[] {
  return Object.keys(state.steps)
    .sort((a, b) => (state.plan.steps[a]?.order ?? 0) - (state.plan.steps[b]?.order ?? 0))
    .flatMap((step) => {
      const run = state.steps[step]
      const surroundings = around(state, step)
      if (run === undefined || surroundings === undefined) return []
      const posts = kindOf(run.kind)?.readable?.(run.state, { ...surroundings, lang }) ?? []
      return posts.length === 0 ? [] : [{ step, title: say(state.plan.steps[step]?.title, lang), posts: [...posts] }]
    })
}
