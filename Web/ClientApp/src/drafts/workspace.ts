import type { Language } from '../languages/languages'
import { type Draft, type DraftFile, isWorthKeeping, readDraft, sampleOf } from './draft'
import { type DeletedFile, addFile, changeFile, deleteFile, mergeFiles, renameFile, restoreFile } from './files'

export { type Draft, type DraftFile, type SavedProgram, isModified, isWorthKeeping } from './draft'

export interface WorkspaceState {
  language: Language | null
  draft: Draft | null
  /** Changes when another program takes the place of this one. */
  revision: number
  /** The draft that the last replacement put aside. */
  replaced: Draft | null
  /** The file that was deleted last. */
  deleted: DeletedFile | null
  /** False when the browser refused to store the draft: private mode, or storage is full. */
  stored: boolean
}

const languageKey = 'oc.language'
const draftKey = (languageId: string) => `oc.draft.${languageId}`
const saveDelayMs = 400

/**
 * A draft for each language. They are kept for the tab first, so that two tabs do not write over each other, and for the
 * browser, so that a new tab continues where the last one was.
 */
export class Workspace {
  readonly #listeners = new Set<() => void>()
  readonly #documents = new Map<string, string>()
  #state: WorkspaceState = { language: null, draft: null, revision: 0, replaced: null, deleted: null, stored: true }
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastDocument = 0

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): WorkspaceState => this.#state

  static rememberedLanguage(): string | null {
    return read(languageKey)
  }

  /** Names what the editor keeps of a file: the same after a rename, another once its text came from elsewhere. */
  documentOf(path: string): string {
    const key = this.#documentKey(path)
    const document = this.#documents.get(key) ?? `${this.#state.language?.id}/${++this.#lastDocument}`
    this.#documents.set(key, document)
    return document
  }

  /** Shows the draft of a language, or its sample when there is none. */
  open(language: Language): void {
    this.flush()
    const sameLanguage = this.#state.language?.id === language.id
    const draft = sameLanguage && this.#state.draft ? this.#state.draft : load(language)
    const { replaced, deleted } = sameLanguage ? this.#state : { replaced: null, deleted: null }
    this.#set({ language, draft, replaced, deleted })
    write(languageKey, language.id)
  }

  /** Changes what the program is run with; its files have their own ways below. */
  edit(change: Partial<Omit<Draft, 'files'>>): void {
    if (this.#state.draft) this.#change({ ...this.#state.draft, ...change })
  }

  /** What was typed into a file. */
  editFile(path: string, content: string): void {
    if (this.#state.draft) this.#change(changeFile(this.#state.draft, path, content))
  }

  addFile(file: DraftFile): void {
    if (!this.#state.draft) return
    this.#documents.delete(this.#documentKey(file.path))
    this.#change(addFile(this.#state.draft, file))
  }

  renameFile(from: string, to: string): void {
    if (!this.#state.draft || from === to) return
    const document = this.documentOf(from)
    this.#documents.delete(this.#documentKey(from))
    this.#documents.set(this.#documentKey(to), document)
    this.#change(renameFile(this.#state.draft, from, to))
  }

  deleteFile(path: string): void {
    const gone = this.#state.draft && deleteFile(this.#state.draft, path)
    if (!gone) return
    this.#set({ deleted: gone.deleted })
    this.#change(gone.draft)
  }

  restoreFile(): void {
    const { draft, deleted } = this.#state
    if (!draft || !deleted) return
    this.#set({ deleted: null })
    this.#change(restoreFile(draft, deleted))
  }

  dismissDeleted(): void {
    this.#set({ deleted: null })
  }

  /** Takes files from outside; what they replace can be brought back. */
  bring(files: readonly DraftFile[]): void {
    const { language, draft } = this.#state
    if (!language || !draft) return
    const merged = mergeFiles(draft, files, language)
    const loses = draft.files.some(({ path, content }) => merged.files.find((file) => file.path === path)?.content !== content)
    if (loses) this.replace(language, merged)
    else this.#change(merged)
  }

  /** Puts another program into the editor; the draft that was there can be brought back. */
  replace(language: Language, draft: Draft): void {
    this.open(language)
    const replaced = this.#state.draft && isWorthKeeping(this.#state.draft, language) ? this.#state.draft : null
    this.#startAnew(draft, replaced)
  }

  bringBack(): void {
    if (this.#state.replaced) this.#startAnew(this.#state.replaced, null)
  }

  dismissReplaced(): void {
    this.#set({ replaced: null })
  }

  /** Writes what is not yet stored; also when the page is about to go. */
  flush(): void {
    clearTimeout(this.#timer)
    const { language, draft } = this.#state
    if (!language || !draft) return
    const stored = write(draftKey(language.id), JSON.stringify(draft))
    if (stored !== this.#state.stored) this.#set({ stored })
  }

  #documentKey(path: string): string {
    return `${this.#state.language?.id}/${path}`
  }

  #startAnew(draft: Draft, replaced: Draft | null): void {
    const ofThisLanguage = this.#documentKey('')
    for (const key of this.#documents.keys()) if (key.startsWith(ofThisLanguage)) this.#documents.delete(key)
    this.#set({ draft, replaced, deleted: null, revision: this.#state.revision + 1 })
    this.flush()
  }

  #change(draft: Draft): void {
    this.#set({ draft })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), saveDelayMs)
  }

  #set(change: Partial<WorkspaceState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function load(language: Language): Draft {
  try {
    const draft = readDraft(JSON.parse(read(draftKey(language.id)) ?? ''), language)
    if (draft) return draft
  } catch {
    // No draft, or one that cannot be read: the sample is a good start.
  }
  return sampleOf(language)
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key) ?? localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): boolean {
  try {
    sessionStorage.setItem(key, value)
    localStorage.setItem(key, value)
    return true
  } catch {
    return false
  }
}
