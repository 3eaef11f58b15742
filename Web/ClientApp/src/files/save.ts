/** Gives a file to whoever is at the page. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after this, and only once.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
