/**
 * Puts a field's text on the clipboard. Over plain HTTP there is no clipboard API: then the field is selected and copied the old
 * way, and stays selected, so that a person's own keys can do it. False: only the latter is left.
 */
export async function copyFrom(field: HTMLInputElement): Promise<boolean> {
  try {
    if (window.isSecureContext && navigator.clipboard !== undefined) {
      await navigator.clipboard.writeText(field.value)
      return true
    }
  } catch {
    // Not allowed to this page: the old way.
  }
  field.focus()
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  }
}
