/** Files in one that every system opens, with their folders. */
export async function zip(files: readonly { path: string; content: string | Uint8Array }[]): Promise<Blob> {
  const { strToU8, zipSync } = await import('fflate')
  const contents = files.map(({ path, content }) => [path, typeof content === 'string' ? strToU8(content) : content] as const)
  // Copied: the library says nothing of what kind of memory its bytes are in.
  return new Blob([new Uint8Array(zipSync(Object.fromEntries(contents)))], { type: 'application/zip' })
}
