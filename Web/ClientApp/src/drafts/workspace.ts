import * as v from 'valibot'
import type { Language } from '../languages/languages'

const savedSchema = v.object({ id: v.string(), version: v.number(), title: v.string(), code: v.string(), arguments: v.string() })

const draftSchema = v.object({
  code: v.string(),
  arguments: v.optional(v.string(), ''),
  /** The saved program this draft came from, as the server last knew it. */
  saved: v.optional(v.nullable(savedSchema), null),
})

export type SavedProgram = v.InferOutput<typeof savedSchema>
export type Draft = v.InferOutput<typeof draftSchema>

export interface WorkspaceState {
  language: Language | null
  draft: Draft | null
  /** Changes when the code was replaced from outside the editor; the editor then starts anew. */
  revision: number
  /** The draft that the last replacement put aside. */
  replaced: Draft | null
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
  #state: WorkspaceState = { language: null, draft: null, revision: 0, replaced: null, stored: true }
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): WorkspaceState => this.#state

  static rememberedLanguage(): string | null {
    return read(languageKey)
  }

  /** Shows the draft of a language, or its sample when there is none. */
  open(language: Language): void {
    this.flush()
    const draft = this.#state.language?.id === language.id && this.#state.draft ? this.#state.draft : load(language)
    const sameLanguage = this.#state.language?.id === language.id
    this.#set({ language, draft, replaced: sameLanguage ? this.#state.replaced : null })
    write(languageKey, language.id)
  }

  edit(change: Partial<Pick<Draft, 'code' | 'arguments' | 'saved'>>): void {
    if (!this.#state.draft) return
    this.#set({ draft: { ...this.#state.draft, ...change } })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), saveDelayMs)
  }

  /** Puts other code into the editor; the draft that was there can be brought back. */
  replace(language: Language, draft: Draft): void {
    this.open(language)
    const replaced = this.#state.draft && isWorthKeeping(this.#state.draft, language) ? this.#state.draft : null
    this.#set({ draft, replaced, revision: this.#state.revision + 1 })
    this.flush()
  }

  bringBack(): void {
    const { replaced, revision } = this.#state
    if (!replaced) return
    this.#set({ draft: replaced, replaced: null, revision: revision + 1 })
    this.flush()
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

  #set(change: Partial<WorkspaceState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** True when the draft holds something that neither the sample nor a saved program has. */
export function isWorthKeeping(draft: Draft, language: Language): boolean {
  if (draft.saved) return isModified(draft)
  return draft.code.trim() !== '' && draft.code !== language.sample
}

export function isModified(draft: Draft): boolean {
  return draft.saved !== null && (draft.code !== draft.saved.code || draft.arguments !== draft.saved.arguments)
}

function load(language: Language): Draft {
  try {
    const parsed = v.safeParse(draftSchema, JSON.parse(read(draftKey(language.id)) ?? ''))
    if (parsed.success) return parsed.output
  } catch {
    // No draft, or one that cannot be read: the sample is a good start.
  }
  return { code: language.sample, arguments: '', saved: null }
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
