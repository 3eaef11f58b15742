import type { TerminalSize } from '../execution/frames'

/** What the lazily loaded terminal must be able to do. */
export interface TerminalView {
  write(data: string | Uint8Array): void
  clear(): void
  focus(): void
  size(): TerminalSize
}

const usualSize: TerminalSize = { columns: 80, rows: 24 }

/**
 * Stands between the program and the terminal, which may still be loading: what is written before it is there is kept
 * and handed over, and a program can start at once.
 */
export class TerminalChannel {
  #view: TerminalView | null = null
  #waiting: (string | Uint8Array)[] = []
  #wantsFocus = false

  /** Keys typed, text pasted, and answers of the terminal itself. */
  onInput: (data: string) => void = () => {}
  onResize: (size: TerminalSize) => void = () => {}

  attach(view: TerminalView): () => void {
    this.#view = view
    for (const data of this.#waiting.splice(0)) view.write(data)
    if (this.#wantsFocus) view.focus()
    this.onResize(view.size())
    return () => {
      if (this.#view === view) this.#view = null
    }
  }

  write(data: string | Uint8Array): void {
    if (this.#view) this.#view.write(data)
    else this.#waiting.push(data)
  }

  clear(): void {
    this.#waiting = []
    this.#view?.clear()
  }

  focus(): void {
    this.#wantsFocus = true
    this.#view?.focus()
  }

  size(): TerminalSize {
    return this.#view?.size() ?? usualSize
  }
}
