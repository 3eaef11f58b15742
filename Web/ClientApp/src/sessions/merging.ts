import { type Session, createSession, getSession, saveSession } from './api'
import { statusOf } from './away'
import { keepChoice } from './choice'
import type { Desk } from './desk'
import { contentOf, fingerprint, forget, isSame, remember } from './known'
import { merge } from './merge'
import type { Sending } from './sending'
import { t } from '../texts/texts'

/** What becomes of a program that somebody else, or another tab, saved as well. */
export class Merging {
  readonly #desk: Desk
  readonly #sending: Sending
  readonly #look: () => void

  constructor(desk: Desk, sending: Sending, look: () => void) {
    this.#desk = desk
    this.#sending = sending
    this.#look = look
  }

  /** Somebody saved it since: both changes go together where they can, else the person decides. */
  async reconcile(id: string): Promise<void> {
    const theirs = await getSession(id).catch((error: unknown) => this.#sending.failed(error))
    const { seen } = this.#desk
    if (!theirs || seen?.id !== id) return
    const content = contentOf(theirs)
    const merged = seen.base ? merge(seen.base, seen.content, content) : isSame(seen.content, content) ? content : null
    if (!merged) return this.#desk.enter({ phase: 'conflict', theirs })
    this.#desk.show(theirs, merged, false)
    this.#sending.soon()
  }

  /** Another tab or device may have saved it; without changes of its own the editor follows. */
  async refresh(): Promise<void> {
    const desk = this.#desk
    const id = desk.seen?.id
    if (!id || keepChoice() !== 'server' || desk.isDirty() || this.#sending.isBusy()) return
    const session = await getSession(id).catch((error: unknown) => (statusOf(error) === 404 ? 'gone' as const : null))
    const { seen } = desk
    if (!session || seen?.id !== id) return
    if (session === 'gone') {
      // Not saved anew unasked: it may have been deleted on purpose.
      this.discarded(id)
    } else if (session.version > seen.version) {
      if (desk.isDirty()) await this.reconcile(id)
      else desk.show(session, contentOf(session), false)
    } else if (!seen.base) {
      remember(session)
      this.#look()
    }
  }

  discarded(id: string): void {
    forget(id)
    const { seen } = this.#desk
    if (seen?.id !== id) return
    this.#desk.left = fingerprint(seen.content)
    this.#desk.workspace.edit({ saved: null })
  }

  async keepMineAsCopy(): Promise<void> {
    const { seen } = this.#desk
    if (!seen) return
    const copy = { ...seen.content, title: t.sessions.myCopy(seen.content.title) }
    await this.#sending.attempt(seen.content, () => createSession(copy))
  }

  takeTheirs(): void {
    const theirs = this.#theirs()
    if (theirs) this.#desk.show(theirs, contentOf(theirs), true)
  }

  async replaceTheirs(): Promise<void> {
    const [{ seen }, theirs] = [this.#desk, this.#theirs()]
    if (seen && theirs) await this.#sending.attempt(seen.content, () => saveSession(theirs.id, theirs.version, seen.content))
  }

  #theirs(): Session | null {
    const keeping = this.#desk.keeping()
    return keeping.phase === 'conflict' ? keeping.theirs : null
  }
}
