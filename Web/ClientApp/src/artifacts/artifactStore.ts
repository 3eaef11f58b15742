import { type Artifact, type ArtifactFile, kindOf } from './artifact'

/** What the last run left. Its files live as long as they are shown: a new run takes their place. */
export class ArtifactStore {
  readonly #listeners = new Set<() => void>()
  #artifacts: readonly Artifact[] = []
  #given = new Map<string, string>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): readonly Artifact[] => this.#artifacts

  /** A new run begins, with these files; what it gives back as it was given is no news. */
  begin(files: readonly { path: string; content: unknown }[]): void {
    for (const { url } of this.#artifacts) URL.revokeObjectURL(url)
    this.#given = new Map(files.flatMap(({ path, content }) => (typeof content === 'string' ? [[path, content]] : [])))
    this.#set([])
  }

  add(file: ArtifactFile): void {
    if (this.#given.get(file.path) === file.content) return
    const [kind, mediaType] = kindOf(file.path) ?? ['other', file.mediaType]
    const blob = new Blob([file.content as BlobPart], { type: mediaType })
    const added: Artifact = { ...file, mediaType, kind, bytes: blob.size, url: URL.createObjectURL(blob) }
    this.#set([...this.#artifacts, added].sort(byName))
  }

  #set(artifacts: readonly Artifact[]): void {
    this.#artifacts = artifacts
    for (const listener of this.#listeners) listener()
  }
}

/** plot10 comes after plot9. */
const byName = (a: Artifact, b: Artifact): number => a.path.localeCompare(b.path, undefined, { numeric: true })
