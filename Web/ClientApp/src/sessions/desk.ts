import type { Problem } from '../api/problem'
import { fromContent, toContent } from '../drafts/content'
import { type Workspace, isWorthKeeping } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import type { Session, SessionContent } from './api'
import { keepChoice } from './choice'
import { fingerprint, isSame, recall, remember, toSaved } from './known'
import { titleOf } from './title'

/** Where the program in the editor is, and never better than it is. */
export type Keeping =
  /** Nothing but the sample, or nothing at all. */
  | { phase: 'nothing' }
  /** In this browser, because the person wants it so, or has not been asked yet. */
  | { phase: 'here'; asks: boolean }
  | { phase: 'saving' }
  | { phase: 'saved' }
  /** The server is away; it is tried again. */
  | { phase: 'offline' }
  /** Both sides changed the same. */
  | { phase: 'conflict'; theirs: Session }
  | { phase: 'refused'; problem: Problem }

/** What the editor held when it was looked at last. */
export interface Seen {
  language: string
  revision: number
  id: string | null
  content: SessionContent
  version: number
  base: SessionContent | null
  worth: boolean
}

/** What is in the editor, and what is known of it: all that saving and merging share. */
export class Desk {
  readonly workspace: Workspace
  /** Null while the workspace is being told something that is no change of the person's: nothing is to be put aside. */
  seen: Seen | null = null
  /** What was refused, deleted on purpose, or is only looked at: not sent as it is. */
  left: string | null = null
  readonly #languages: () => readonly Language[]
  readonly #listeners = new Set<() => void>()
  /** New programs that were sent while the editor had turned to another language. */
  readonly #createdFor = new Map<string, { content: SessionContent; session: Session }>()
  #keeping: Keeping = { phase: 'nothing' }
  /** What a program from elsewhere was called there, and in which revision it came. */
  #shared: { title: string; revision: number } | null = null

  constructor(workspace: Workspace, languages: () => readonly Language[]) {
    this.workspace = workspace
    this.#languages = languages
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly keeping = (): Keeping => this.#keeping

  enter(keeping: Keeping): void {
    if (this.#keeping.phase === keeping.phase && keeping.phase !== 'here' && keeping.phase !== 'refused' && keeping.phase !== 'conflict') return
    this.#keeping = keeping
    for (const listener of this.#listeners) listener()
  }

  /** Looks at the editor anew. */
  see(): Seen | null {
    this.seen = this.#look()
    return this.seen
  }

  isDirty(): boolean {
    return this.seen !== null && keepChoice() === 'server' && this.needsSaving(this.seen)
  }

  needsSaving({ id, worth, base, content }: Seen): boolean {
    if (this.isLeft(content)) return false
    if (!id) return worth
    return !base || !isSame(base, content)
  }

  isLeft(content: SessionContent): boolean {
    return this.left !== null && this.left === fingerprint(content)
  }

  /** It is somebody else's, as long as it is not changed. */
  leave(title: string, revision: number): void {
    this.#shared = { title, revision }
    const seen = this.see()
    this.left = seen && fingerprint(seen.content)
  }

  /** It may come back into the editor, which does not know yet where it is kept. */
  expect(content: SessionContent, session: Session): void {
    this.#createdFor.set(session.language, { content, session })
  }

  /** The server has it. Says whether the editor still shows it. */
  mark(session: Session, content: SessionContent): boolean {
    const { seen } = this
    if (!seen || seen.language !== session.language || (seen.id !== session.id && seen.id !== null && !isSame(seen.content, content))) return false
    const { draft } = this.workspace.state()
    // With the arguments as the person wrote them: the same can be quoted in many ways.
    const asWritten = draft && isSame(seen.content, content) && { arguments: draft.arguments, compilerArguments: draft.compilerArguments }
    this.seen = null
    // The workspace tells of it, and what was typed meanwhile is found to be different.
    this.workspace.edit({ saved: { ...toSaved(session), ...asWritten } })
    return true
  }

  /** Nobody keeps it any more. */
  unmark(): void {
    this.seen = null
    this.workspace.edit({ saved: null })
  }

  /** Brings it into the editor. */
  show(session: Session, content: SessionContent, keepAside: boolean): void {
    remember(session)
    const language = this.#languages().find(({ id }) => id === content.language)
    const { seen } = this
    if (!language || !seen) return
    const saved = toSaved(session)
    const isShown = isSame({ ...seen.content, title: '' }, { ...content, title: '' })
    // What is put aside must not be sent as if it were still to be saved.
    this.seen = null
    if (isShown) return this.workspace.edit({ saved })
    this.workspace.replace(language, { ...this.workspace.state().draft, ...fromContent(content), saved })
    if (!keepAside) this.workspace.dismissReplaced()
  }

  #look(): Seen | null {
    const state = this.workspace.state()
    const { language, draft, revision } = state
    if (!language || !draft) return null
    const { saved } = draft
    const known = saved && recall(saved.id, saved.version)
    // What the editor has no place for stays as it was.
    const content = { ...known?.content, ...toContent(state, saved?.title ?? '') }
    if (!saved) content.title = this.#shared?.revision === revision ? this.#shared.title : titleOf(content, language)
    const created = saved ? undefined : this.#createdFor.get(language.id)
    if (created && fingerprint(created.content) === fingerprint(content)) {
      this.#createdFor.delete(language.id)
      queueMicrotask(() => this.workspace.edit({ saved: toSaved(created.session) }))
    }
    return {
      language: language.id,
      revision,
      id: saved?.id ?? null,
      version: saved?.version ?? 0,
      content,
      base: known?.content ?? null,
      worth: isWorthKeeping({ ...draft, saved: null }, language),
    }
  }
}
