/** Hands a text to the browser as a file to download. Works without a secure context. */
export function saveFile(name: string, html: string): void {
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download has its own hold on the blob once it has begun; an old Safari begins it late.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
