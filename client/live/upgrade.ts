/** After an upgrade of the server an open page is out of date: it reloads itself once. Drafts and outbox are on the device by then. */
const KEY = 'gw/reloaded'
/** Reloading again within this time would only repeat it. */
const ONCE = 60_000

/** Reloads, unless that was just tried. Returns false if it was, so that the page can say so. */
export function reloadOnce(now: number): boolean {
  try {
    if (now - Number(sessionStorage.getItem(KEY) ?? 0) < ONCE) return false
    sessionStorage.setItem(KEY, String(now))
  } catch {
    return false
  }
  location.reload()
  return true
}
