import type { WorkspaceState } from '../drafts/workspace'
import { type CaseContent, type CaseFile, type Comparison, type TestCase, readCases, usualComparison, writeCases } from './cases'

export interface CaseBookState {
  cases: readonly TestCase[]
  comparison: Comparison
  /** False when the browser refused to store them. */
  stored: boolean
}

type Opened = Pick<WorkspaceState, 'language' | 'draft' | 'revision'>

const saveDelayMs = 400
const keyOf = ({ language, draft }: Opened): string | null =>
  language && (draft?.saved ? `oc.tests.saved.${draft.saved.id}` : `oc.tests.${language.id}`)

/** The cases of the program in the editor, kept in this browser beside its draft. */
export class CaseBook {
  readonly #listeners = new Set<() => void>()
  #opened: Opened | null = null
  #state: CaseBookState = { cases: [], comparison: usualComparison, stored: true }
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): CaseBookState => this.#state

  /** Another program may be in the editor now: its cases take the place of the others. */
  open(opened: Opened): void {
    const before = this.#opened
    const key = keyOf(opened)
    this.#opened = opened
    if (!key || (before && keyOf(before) === key)) return
    this.flush(before)
    const kept = read(key)
    // A draft that was just saved is the same program under another name.
    const isSameProgram = before?.language?.id === opened.language?.id && before?.revision === opened.revision
    if (!kept && isSameProgram) this.flush()
    else this.#set({ cases: (kept?.cases ?? []).map(withId), comparison: kept?.comparison ?? usualComparison })
  }

  /** Adds a case and says which. */
  add(content: Partial<CaseContent> = {}, after?: string): string {
    const added = withId({ name: '', input: '', expected: '', ...content })
    const at = this.#state.cases.findIndex(({ id }) => id === after)
    this.#change({ cases: at < 0 ? [...this.#state.cases, added] : this.#state.cases.toSpliced(at + 1, 0, added) })
    return added.id
  }

  addAll({ cases, comparison }: CaseFile): void {
    this.#change({ cases: [...this.#state.cases, ...cases.map(withId)], comparison: comparison ?? this.#state.comparison })
  }

  edit(id: string, change: Partial<CaseContent>): void {
    this.#change({ cases: this.#state.cases.map((each) => (each.id === id ? { ...each, ...change } : each)) })
  }

  remove(id: string): void {
    this.#change({ cases: this.#state.cases.filter((each) => each.id !== id) })
  }

  /** Up by one with -1, down with 1. */
  move(id: string, by: -1 | 1): void {
    const from = this.#state.cases.findIndex((each) => each.id === id)
    const moved = this.#state.cases[from]
    const to = from + by
    if (!moved || to < 0 || to >= this.#state.cases.length) return
    this.#change({ cases: this.#state.cases.toSpliced(from, 1).toSpliced(to, 0, moved) })
  }

  compareBy(change: Partial<Comparison>): void {
    this.#change({ comparison: { ...this.#state.comparison, ...change } })
  }

  /** Writes what is not yet stored; also when the page is about to go. */
  flush(of: Opened | null = this.#opened): void {
    if (of === this.#opened || this.#timer !== undefined) this.#write(of)
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #write(of: Opened | null): void {
    const key = of && keyOf(of)
    if (!key) return
    const { cases, comparison } = this.#state
    try {
      if (cases.length === 0) localStorage.removeItem(key)
      else localStorage.setItem(key, writeCases(cases, comparison))
      if (!this.#state.stored) this.#set({ stored: true })
    } catch {
      this.#set({ stored: false })
    }
  }

  #change(change: Partial<CaseBookState>): void {
    this.#set(change)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), saveDelayMs)
  }

  #set(change: Partial<CaseBookState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

let lastId = 0
const withId = (content: CaseContent): TestCase => ({ ...content, id: String(++lastId) })

function read(key: string): CaseFile | null {
  try {
    return readCases(localStorage.getItem(key) ?? '')
  } catch {
    return null
  }
}
