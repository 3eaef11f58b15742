import type { TerminalSize } from '../execution/frames'
import type { Places } from './places'

/** What the lazily loaded terminal must be able to do. */
export interface TerminalView {
  write(data: string | Uint8Array): void
  clear(): void
  settle(): void
  focus(): void
  size(): TerminalSize
  text(): { selected: string; all: string }
  search(): void
}

const usualSize: TerminalSize = { columns: 80, rows: 24 }

/**
 * Stands between the program and the terminal, which may still be loading: what is written before it is there is kept
 * and handed over, and a program can start at once.
 */
export class TerminalChannel {
  #view: TerminalView | null = null
  #waiting: ((view: TerminalView) => void)[] = []
  /** Where the keyboard was when the terminal was to have it, and was not there yet. */
  #focusFrom: Element | null = null

  /** Keys typed, text pasted, and answers of the terminal itself. */
  onInput: (data: string) => void = () => {}
  onResize: (size: TerminalSize) => void = () => {}
  /** The program's files, for who reads their names in the output. */
  places: Places | null = null

  attach(view: TerminalView): () => void {
    this.#view = view
    for (const act of this.#waiting.splice(0)) act(view)
    // Who has gone elsewhere since stays there.
    if (this.#focusFrom && document.activeElement === this.#focusFrom) view.focus()
    this.#focusFrom = null
    this.onResize(view.size())
    return () => {
      if (this.#view === view) this.#view = null
    }
  }

  write(data: string | Uint8Array): void {
    this.#act((view) => view.write(data))
  }

  clear(): void {
    this.#waiting = []
    this.#view?.clear()
  }

  /** The program is over: takes back what it left switched on, so that its output can be read, selected and scrolled. */
  settle(): void {
    this.#act((view) => view.settle())
  }

  focus(): void {
    if (this.#view) this.#view.focus()
    else this.#focusFrom = document.activeElement
  }

  size(): TerminalSize {
    return this.#view?.size() ?? usualSize
  }

  /** What is selected, or else everything. */
  text(): string {
    const text = this.#view?.text()
    return text ? text.selected || text.all : ''
  }

  search(): void {
    this.#view?.search()
  }

  #act(act: (view: TerminalView) => void): void {
    if (this.#view) act(this.#view)
    else this.#waiting.push(act)
  }
}
