import { toBytesOrText } from '../api/text'
import type { Connect } from '../execution/connection'
import { formatNumber } from '../texts/format'
import { t } from '../texts/texts'

/** Long enough to gather what a program prints at once, short enough for a question to be heard when it is asked. */
const quietMs = 500
/** A program that never stops printing is heard this often. */
const patienceMs = 2_000
const linesAtOnce = 6
const charactersAtOnce = 600

/**
 * What a program prints, for those who hear the page: the first lines of what came since the last time, and how many more
 * there are. A flood is a sentence, never a flood of speech.
 */
export class Speech {
  readonly #listeners = new Set<() => void>()
  #said = ''
  #text = ''
  #lines = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #waitingSince: number | null = null
  #decoder = new TextDecoder()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly said = (): string => this.#said

  /** Overhears a connection: what the program prints, not what the page writes into the terminal beside it. */
  readonly overhear = (connect: Connect): Connect => (events, mayBeOneWay) => {
    this.#begin()
    return connect({
      ...events,
      received: (frame) => {
        events.received(frame)
        if (frame.type === 'output') this.#hear(toBytesOrText(frame.data))
        else if (frame.type === 'result' || frame.type === 'error') this.#say()
      },
    }, mayBeOneWay)
  }

  #begin(): void {
    clearTimeout(this.#timer)
    this.#text = ''
    this.#lines = 0
    this.#waitingSince = null
    this.#decoder = new TextDecoder()
    this.#publish('')
  }

  #hear(data: string | Uint8Array): void {
    const heard = typeof data === 'string' ? data : this.#decoder.decode(data, { stream: true })
    this.#lines += heard.split('\n').length - 1
    if (this.#text.length < charactersAtOnce * 4) this.#text += heard
    this.#waitingSince ??= Date.now()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#say(), Math.max(0, Math.min(quietMs, this.#waitingSince + patienceMs - Date.now())))
  }

  #say(): void {
    clearTimeout(this.#timer)
    this.#waitingSince = null
    const lines = plain(this.#text).split('\n').map((line) => line.trimEnd()).filter(Boolean)
    const spoken = lines.slice(0, linesAtOnce).join('\n').slice(0, charactersAtOnce)
    const heard = Math.max(lines.length, this.#lines)
    const more = heard - spoken.split('\n').length
    this.#text = ''
    this.#lines = 0
    if (spoken !== '') this.#publish(more > 0 ? `${spoken}\n${t.announce.more(formatNumber(more), more === 1)}` : spoken)
  }

  #publish(said: string): void {
    this.#said = said
    for (const listener of this.#listeners) listener()
  }
}

/** Without colours, cursor movements and other signs for terminals alone; a line written over is its last form. */
export function plain(text: string): string {
  return text
    .replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g, '')
    .replace(/\r+\n/g, '\n')
    .replace(/^.*\r(?=[^\n])/gm, '')
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '')
}
