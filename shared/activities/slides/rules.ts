/** Which blocks open, in which order, and which of them only on purpose. */
import { saysAnything } from '../../markdown/tree.ts'
import { idsInOrder } from '../../ordered.ts'
import type { SlideBlock, SlidesConfig, SlidesEvent, SlidesState } from './model.ts'

/** A block opens if there is more to see than its title and body. */
export function opens(block: SlideBlock): boolean {
  return saysAnything(block.more) || block.image !== undefined || block.fewPeople === true
}

/** The block of this id, unless the plan has lost it. */
export function blockOf(config: SlidesConfig, id: string | undefined): SlideBlock | undefined {
  return id !== undefined && Object.hasOwn(config.blocks, id) ? config.blocks[id] : undefined
}

/** The block that is open now; none if the plan has lost it since. */
export function openNow(state: SlidesState, config: SlidesConfig): string | undefined {
  return blockOf(config, state.open) === undefined ? undefined : state.open
}

/**
 * What "next" does: opens the block after the last one, or leaves the step. Numbers about few people are passed over (they are opened
 * by hand or not at all), and closed before the step is left, so that coming back does not show them unasked.
 */
export function goingOn(state: SlidesState, config: SlidesConfig): SlidesEvent | undefined {
  const all = idsInOrder(config.blocks)
  const block = all.slice(state.last === undefined ? 0 : all.indexOf(state.last) + 1).find((id) => walked(config, id))
  if (block !== undefined) return { type: 'opened', block }
  return blockOf(config, openNow(state, config))?.fewPeople === true ? { type: 'closed' } : undefined
}

/** What "back" does: the block before the last one, or everything closed, or nothing (the step is left). */
export function goingBack(state: SlidesState, config: SlidesConfig): SlidesEvent | undefined {
  if (state.last === undefined) return undefined
  const all = idsInOrder(config.blocks)
  const earlier = all.slice(0, Math.max(0, all.indexOf(state.last))).filter((id) => walked(config, id))
  const block = earlier.at(-1)
  return block === undefined ? { type: 'folded' } : { type: 'opened', block }
}

export function evolveSlides(state: SlidesState, event: SlidesEvent): void {
  switch (event.type) {
    case 'opened':
      state.open = event.block
      state.last = event.block
      return
    case 'closed':
      delete state.open
      return
    case 'folded':
      delete state.open
      delete state.last
      return
  }
}

function walked(config: SlidesConfig, id: string): boolean {
  const block = blockOf(config, id)
  return block !== undefined && block.fewPeople !== true && opens(block)
}
