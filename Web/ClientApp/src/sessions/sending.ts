import { toProblem } from '../api/problem'
import { t } from '../texts/texts'
import { type Session, type SessionContent, createSession, saveSession } from './api'
import { isAway, statusOf } from './away'
import { keepChoice } from './choice'
import type { Desk } from './desk'
import { contentOf, fingerprint, forget, isSame, remember } from './known'
import { type Unsent, outbox } from './outbox'

const pauseMs = 1_200
/** Who never pauses is saved now and then all the same. */
const longestMs = 10_000
const firstRetryMs = 2_000
const longestRetryMs = 60_000

/** Sends what is in the editor and what was put aside: when it is time, one at a time, and again while the server is away. */
export class Sending {
  readonly #desk: Desk
  /** Somebody saved the session since it was read. */
  readonly #onDiffers: (id: string) => Promise<void>
  /** Tells this browser's other tabs which session was saved. */
  readonly #onSaved: (id: string) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #dirtySince = 0
  #retryMs = firstRetryMs
  #sending: Promise<void> | null = null

  constructor(desk: Desk, onDiffers: (id: string) => Promise<void>, onSaved: (id: string) => void) {
    this.#desk = desk
    this.#onDiffers = onDiffers
    this.#onSaved = onSaved
  }

  isBusy(): boolean {
    return this.#sending !== null
  }

  /** Nothing more is sent by itself. */
  rest(): void {
    clearTimeout(this.#timer)
  }

  /** There is nothing to send. */
  settle(): void {
    this.#dirtySince = 0
  }

  /** There is something to send, as soon as the person pauses. */
  plan(): void {
    this.#dirtySince ||= Date.now()
    const isOffline = this.#desk.keeping().phase === 'offline'
    const delay = isOffline ? this.#retryMs : Math.min(pauseMs, Math.max(0, this.#dirtySince + longestMs - Date.now()))
    this.#later(() => void this.send(), delay)
  }

  /** Sends what was put together, when all that is being done is done. */
  soon(): void {
    this.#later(() => void this.send(), 0)
  }

  async send(): Promise<void> {
    // One at a time; what was typed meanwhile goes with the next.
    while (this.#sending) await this.#sending
    const { seen } = this.#desk
    if (!seen || !this.#desk.isDirty()) return
    this.#sending = this.attempt(seen.content, () => (seen.id ? saveSession(seen.id, seen.version, seen.content) : createSession(seen.content)))
      .finally(() => {
        this.#sending = null
      })
    await this.#sending
  }

  async attempt(content: SessionContent, save: () => Promise<Session>): Promise<void> {
    this.rest()
    if (this.#desk.keeping().phase !== 'offline') this.#desk.enter({ phase: 'saving' })
    try {
      this.#saved(await save(), content)
      this.#retryMs = firstRetryMs
    } catch (error) {
      await this.failed(error)
    }
  }

  async failed(error: unknown): Promise<void> {
    const desk = this.#desk
    if (isAway(error)) {
      desk.enter({ phase: 'offline' })
      this.#timer = setTimeout(() => this.retryNow(), this.#retryMs)
      this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs)
    } else if (statusOf(error) === 412 && desk.seen?.id) {
      await this.#onDiffers(desk.seen.id)
    } else if (statusOf(error) === 404 && desk.seen?.id) {
      // Deleted elsewhere, or forgotten after its time: what is here is all there is.
      forget(desk.seen.id)
      desk.unmark()
    } else {
      if (desk.seen) desk.left = fingerprint(desk.seen.content)
      desk.enter({ phase: 'refused', problem: toProblem(error) })
    }
  }

  retryNow(): void {
    if (keepChoice() !== 'server') return
    this.#retryMs = firstRetryMs
    void this.sendOutbox()
    void this.send()
  }

  async sendOutbox(): Promise<void> {
    // What is being sent may be just what was put aside.
    if (this.#sending) await this.#sending
    const sent = ({ content, saved }: Unsent, session: Session) => {
      this.#onSaved(session.id)
      if (!saved && isSame(content, contentOf(session))) this.#desk.expect(content, session)
    }
    const done = await outbox.send((title) => t.sessions.myCopy(title), sent)
    if (!done) setTimeout(() => this.retryNow(), this.#retryMs)
  }

  #saved(session: Session, content: SessionContent): void {
    remember(session)
    this.#onSaved(session.id)
    this.settle()
    if (this.#desk.mark(session, content)) return
    outbox.drop(content)
    this.#desk.expect(content, session)
  }

  #later(act: () => void, delay: number): void {
    this.rest()
    this.#timer = setTimeout(act, delay)
  }
}
