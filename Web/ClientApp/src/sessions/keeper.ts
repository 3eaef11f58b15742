import type { Workspace } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import { type RunNote, type Session, type SessionContent, noteRun } from './api'
import { keepChoice, subscribeToChoice } from './choice'
import { Desk, type Keeping, type Seen } from './desk'
import { recall, remember } from './known'
import { Merging } from './merging'
import { outbox } from './outbox'
import { Sending } from './sending'

/** Saves what is in the editor, by itself, and sees to it that nothing is lost when somebody else did, or nobody is there to save it. */
export class Keeper {
  readonly #desk: Desk
  readonly #sending: Sending
  readonly #merging: Merging
  /** This browser's other tabs. */
  #channel: BroadcastChannel | null = null

  constructor(workspace: Workspace, languages: () => readonly Language[]) {
    this.#desk = new Desk(workspace, languages)
    this.#sending = new Sending(this.#desk, (id) => this.#merging.reconcile(id), (id) => this.#channel?.postMessage(id))
    this.#merging = new Merging(this.#desk, this.#sending, () => this.#look())
    this.subscribe = this.#desk.subscribe
    this.state = this.#desk.keeping
  }

  readonly subscribe: (listener: () => void) => () => void

  readonly state: () => Keeping

  /** Begins to look after the workspace, until the function it returns is called. */
  start(): () => void {
    const look = () => this.#look()
    const online = () => this.#sending.retryNow()
    const seen = () => {
      if (document.visibilityState === 'visible') void this.#merging.refresh()
      else void this.flush()
    }
    const unsubscribe = [this.#desk.workspace.subscribe(look), subscribeToChoice(look)]
    window.addEventListener('online', online)
    document.addEventListener('visibilitychange', seen)
    const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('oc.sessions') : null
    channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === this.#desk.seen?.id) void this.#merging.refresh()
    })
    this.#channel = channel
    this.#look()
    if (keepChoice() === 'server') void this.#sending.sendOutbox()
    void this.#merging.refresh()
    return () => {
      for (const end of unsubscribe) end()
      window.removeEventListener('online', online)
      document.removeEventListener('visibilitychange', seen)
      this.#sending.rest()
      channel?.close()
      this.#channel = null
    }
  }

  /** Saves now what is not yet saved, and says which version that is; null when it could not. */
  async flush(): Promise<{ id: string; version: number } | null> {
    if (this.#desk.isDirty()) await this.#sending.send()
    const { draft } = this.#desk.workspace.state()
    return this.state().phase === 'saved' && draft?.saved ? { id: draft.saved.id, version: draft.saved.version } : null
  }

  /** Adds a run to the program's history; without the server it is simply not there. */
  async note(saving: Promise<{ id: string; version: number } | null>, run: Omit<RunNote, 'version'>): Promise<void> {
    const saved = await saving
    if (saved) await noteRun(saved.id, { version: saved.version, ...run }).catch(() => undefined)
  }

  /** It was deleted on purpose: what is still in the editor is not saved anew before it is changed. */
  discarded(id: string): void {
    this.#merging.discarded(id)
  }

  /** What is in the editor is somebody else's program, as long as it is not changed. */
  leave(title: string): void {
    const { revision, draft } = this.#desk.workspace.state()
    if (draft?.saved) return
    this.#desk.leave(title, revision)
    this.#look()
  }

  /** It is theirs now, changed or not. */
  takeUp(): void {
    this.#desk.left = null
    this.#look()
    void this.flush()
  }

  /** After the session of the editor was changed from elsewhere in the page, as by a new name. */
  changed({ id, version, title }: Pick<Session, 'id' | 'version' | 'title'>): void {
    const { workspace } = this.#desk
    const { draft } = workspace.state()
    if (draft?.saved?.id !== id) return
    const known = recall(id, draft.saved.version)
    // The answer itself is without files.
    if (known) remember({ savedAt: null, ...known.content, id, version, title })
    workspace.edit({ saved: { ...draft.saved, version, title } })
  }

  /** Mine becomes another program, and theirs stays as it is. */
  keepMineAsCopy(): Promise<void> {
    return this.#merging.keepMineAsCopy()
  }

  /** Theirs comes into the editor; mine is put aside, and can be brought back. */
  takeTheirs(): void {
    this.#merging.takeTheirs()
  }

  /** Theirs stays in the program's history. */
  replaceTheirs(): Promise<void> {
    return this.#merging.replaceTheirs()
  }

  /** What the editor holds, with what it has no place for as it was kept. */
  current(): SessionContent | null {
    return this.#desk.seen?.content ?? null
  }

  #look(): void {
    const desk = this.#desk
    const before = desk.seen
    const seen = desk.see()
    if (before && keepChoice() === 'server') this.#putAside(before, seen)
    this.#sending.rest()
    if (!seen) return
    const { phase } = desk.keeping()
    if (keepChoice() !== 'server') {
      const asks = keepChoice() === null && !desk.isLeft(seen.content)
      return desk.enter(seen.worth || seen.id ? { phase: 'here', asks } : { phase: 'nothing' })
    }
    if (!desk.isDirty()) {
      this.#sending.settle()
      if (!desk.isLeft(seen.content)) desk.enter(seen.id ? { phase: 'saved' } : { phase: 'nothing' })
      else if (phase !== 'refused') desk.enter({ phase: 'here', asks: false })
      return
    }
    if (this.#isOpenConflict(seen)) return
    if (phase !== 'offline') desk.enter({ phase: 'saving' })
    this.#sending.plan()
  }

  #isOpenConflict(seen: Seen): boolean {
    const keeping = this.state()
    return keeping.phase === 'conflict' && keeping.theirs.id === seen.id
  }

  /** The editor turned to another program before this one was saved. */
  #putAside(before: Seen, now: Seen | null): void {
    const isSameProgram = now?.language === before.language && (before.id ? now.id === before.id : now.revision === before.revision)
    if (isSameProgram || !this.#desk.needsSaving(before)) return
    outbox.put({ saved: before.id ? { id: before.id, version: before.version } : null, base: before.base, content: before.content })
    void this.#sending.sendOutbox()
  }
}
