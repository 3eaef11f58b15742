import type { Problem } from '../api/problem'
import type { Connect, Connection, ConnectionEvents } from './connection'
import type { ClientFrame, ServerFrame } from './frames'
import { Parts } from './parts'

const firstDelayMs = 250
const longestDelayMs = 5_000
/** The service may learn later than we do that the connection is gone; its time begins then. */
const slackMs = 30_000

export interface LastingEvents extends ConnectionEvents {
  /** The connection is lost, and the run is not: it is being looked for. */
  interrupted(): void
  /** What was missed comes next. */
  resumed(): void
}

/**
 * A conversation that outlives its connections. It counts what arrived and what the service has taken, as the service does, so that after a
 * loss both sides go on where they were: nothing is shown twice, and what was typed in the meantime arrives, once.
 */
export class LastingConnection implements Connection {
  readonly #connect: Connect
  readonly #events: LastingEvents
  readonly #parts = new Parts()
  #connection: Connection | null = null
  #token: string | null
  #withinMs = 0
  #position = 0
  /** Frames that the service is not known to have taken, oldest first; null where it does not count. */
  #untaken: ClientFrame[] | null = []
  /** How many it has taken; null until it says so, of a run that another page began. */
  #taken: number | null = 0
  #phase: 'open' | 'lost' | 'leaving' | 'over' = 'open'
  #lostAt = 0
  #attempts = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Why it was lost, if the service has said so. */
  #problem: Problem | null = null

  /** @param token Of a run that goes on; else the first thing to send is `start`. */
  constructor(connect: Connect, events: LastingEvents, token: string | null = null) {
    this.#connect = connect
    this.#events = events
    this.#token = token
    window.addEventListener('online', this.#hurry)
    window.addEventListener('offline', this.#drop)
    if (token === null) {
      this.#open(() => events.opened(), false)
    } else {
      this.#taken = null
      this.#lostAt = Date.now()
      this.#phase = 'lost'
      this.#resume()
    }
  }

  /** For the page that comes after this one; null where there is nothing to come back to. */
  get token(): string | null {
    return this.#phase === 'open' || this.#phase === 'lost' ? this.#token : null
  }

  send(frame: ClientFrame): void {
    for (const part of this.#parts.of(frame)) {
      if (part.type !== 'start') this.#untaken?.push(part)
      if (this.#phase === 'open') this.#connection?.send(part)
    }
  }

  /** Ends the program: now, or as soon as it is found again. */
  close(): void {
    if (this.#phase === 'open') {
      this.#phase = 'leaving'
      this.#connection?.close()
    } else if (this.#phase === 'lost') {
      this.#phase = 'leaving'
      this.#events.closed()
    }
  }

  /** Gives the connection up, but not the run. */
  drop(): void {
    this.#connection?.drop()
  }

  #open(opened: () => void, mayBeOneWay: boolean): void {
    let isCurrent = true
    let connection: Connection | null = null
    // What an abandoned connection still says is of the past.
    const isOurs = () => isCurrent && (connection === null || connection === this.#connection)
    connection = this.#connect({
      opened: () => { if (isOurs()) opened() },
      received: (frame) => { if (isOurs()) this.#receive(frame) },
      closed: () => {
        if (!isOurs()) return
        isCurrent = false
        this.#closed()
      },
    }, !mayBeOneWay)
    if (isCurrent) this.#connection = connection
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === 'resumed') {
      this.#found(frame.inputs ?? 0)
      return
    }
    if (frame.type === 'error' && this.#outlives(frame.problem)) return
    if (frame.type === 'accepted') this.#keep(frame.resume ?? null)
    this.#position = frame.position ?? this.#position
    if (typeof frame.inputs === 'number') this.#count(frame.inputs)
    if (frame.type === 'result' || frame.type === 'error') this.#finish()
    this.#events.received(frame.type === 'error' && this.#problem ? { ...frame, problem: this.#problem } : frame)
  }

  #keep(offer: { token: string; withinMs: number } | null): void {
    this.#token = offer?.token ?? null
    this.#withinMs = offer?.withinMs ?? 0
    if (!offer) this.#untaken = null
  }

  #count(taken: number): void {
    if (this.#taken !== null && this.#untaken) this.#untaken.splice(0, taken - this.#taken)
    this.#taken = taken
  }

  /** An error of the network's or a replaced service's may not be one of the run's. */
  #outlives(problem: Problem): boolean {
    if (this.#token === null) return false
    if (problem.status !== 429 && (problem.status ?? 500) < 500) return false
    if (this.#phase === 'open') this.#problem = problem
    // It closes the connection too, and that is what is answered.
    return true
  }

  #closed(): void {
    this.#connection = null
    if (this.#phase === 'over') return
    const hasLeft = this.#phase === 'leaving' && this.#lostAt === 0
    if (this.#token !== null && !hasLeft) {
      this.#lose()
      return
    }
    this.#finish()
    this.#events.closed()
  }

  #lose(): void {
    if (this.#phase === 'open') {
      this.#phase = 'lost'
      this.#lostAt = Date.now()
      this.#events.interrupted()
    }
    const isHopeless = this.#withinMs > 0 && Date.now() - this.#lostAt > this.#withinMs + slackMs
    if (isHopeless) {
      const wasLeaving = this.#phase === 'leaving'
      this.#finish()
      if (!wasLeaving) this.#events.closed()
      return
    }
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** this.#attempts) * (0.75 + Math.random() / 2)
    this.#attempts++
    this.#timer = setTimeout(() => this.#resume(), delay)
  }

  #resume(): void {
    clearTimeout(this.#timer)
    const token = this.#token
    if (token === null || this.#phase === 'over') return
    this.#open(() => this.#connection?.send({ type: 'resume', token, position: this.#position }), true)
  }

  #found(taken: number): void {
    this.#attempts = 0
    this.#problem = null
    this.#count(taken)
    if (this.#phase === 'leaving') {
      this.#finish()
      this.#connection?.close()
      return
    }
    this.#phase = 'open'
    this.#lostAt = 0
    for (const frame of this.#untaken ?? []) this.#connection?.send(frame)
    this.#events.resumed()
  }

  readonly #hurry = (): void => {
    if (this.#connection !== null || (this.#phase !== 'lost' && this.#phase !== 'leaving')) return
    this.#attempts = 0
    this.#resume()
  }

  /** The browser knows before the socket does. */
  readonly #drop = (): void => {
    const connection = this.#connection
    if (connection === null || this.#phase !== 'open' || this.#token === null) return
    this.#connection = null
    connection.drop()
    this.#lose()
  }

  #finish(): void {
    this.#phase = 'over'
    clearTimeout(this.#timer)
    window.removeEventListener('online', this.#hurry)
    window.removeEventListener('offline', this.#drop)
  }
}
