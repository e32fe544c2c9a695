/**
 * The first of the phone's code to come and to run, in a file of its own (vite.config.ts): the server answers at the door while all that
 * draws is still on its way. So it imports the little that this needs.
 */
import { forgetOld } from '../live/device.ts'
import { browserStorage } from '../live/storage.ts'
import { knock, type Knocked } from './knock.ts'

export interface First {
  /** What the page's link carries; empty: nothing. */
  readonly linked: string
  /** The knocking with it, under way since the page began; undefined without a link. */
  readonly answer?: Promise<Knocked>
  /** What has come of it, once something has. */
  knocked?: Knocked
}

export const storage = browserStorage()
// Before anything asks who this phone is: what is too old to be kept is nobody's way in.
forgetOld(storage, Date.now())

export const first = begin(location.hash.slice(1))

function begin(linked: string): First {
  if (linked === '') return { linked }
  const answer = knock(storage, { token: linked })
  const beginning: First = { linked, answer }
  void answer.then((knocked) => (beginning.knocked = knocked))
  return beginning
}
