/** How a file that a program left is shown. */
export type ArtifactKind = 'image' | 'page' | 'table' | 'text' | 'other'

/** A file that a program left, as it came. */
export interface ArtifactFile {
  path: string
  mediaType: string
  content: string | Uint8Array
}

export interface Artifact extends ArtifactFile {
  kind: ArtifactKind
  bytes: number
  /** Of this page alone, for as long as the file is shown. */
  url: string
}

/** By the name first: the server looks at the content only where the name tells nothing. */
const known: Record<string, [kind: ArtifactKind, mediaType: string]> = {
  png: ['image', 'image/png'],
  jpg: ['image', 'image/jpeg'],
  jpeg: ['image', 'image/jpeg'],
  gif: ['image', 'image/gif'],
  webp: ['image', 'image/webp'],
  svg: ['image', 'image/svg+xml'],
  html: ['page', 'text/html'],
  htm: ['page', 'text/html'],
  csv: ['table', 'text/csv'],
  tsv: ['table', 'text/tab-separated-values'],
  txt: ['text', 'text/plain'],
  json: ['text', 'application/json'],
  pdf: ['other', 'application/pdf'],
}

/** What every run is asked to hand back, wherever below its folder a program left it. */
export const collected: readonly string[] = Object.keys(known).map((extension) => `**/*.${extension}`)

export function kindOf(path: string): [kind: ArtifactKind, mediaType: string] | undefined {
  return known[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export function textOf({ content }: ArtifactFile): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}
