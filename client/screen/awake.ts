/** Keeps the projector's laptop from going dark, where the browser allows it (a secure context). Returns how to let it sleep. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined
  let over = false
  const hold = async () => {
    if (over || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    lock = await navigator.wakeLock.request('screen').catch(() => undefined)
  }
  const shown = () => void hold()
  document.addEventListener('visibilitychange', shown)
  void hold()
  return () => {
    over = true
    document.removeEventListener('visibilitychange', shown)
    void lock?.release()
  }
}
