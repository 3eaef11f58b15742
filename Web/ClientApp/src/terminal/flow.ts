/** What the writer needs of xterm. */
interface Sink {
  write(data: string | Uint8Array, written: () => void): void
}

/** Small enough to be drawn within a frame, whatever is in it. */
const pieceLength = 4 * 1024
/** Ahead of what is drawn, so that the terminal never waits for more. */
const maxAhead = 16

/**
 * Hands a flood over in pieces: between them the page has its turn, and what nobody waits for any more can be dropped. xterm takes
 * turns by itself, but between writes only, and one may be a megabyte.
 */
export class FlowWriter {
  readonly #sink: Sink
  readonly #onPiece: () => void
  #waiting: (string | Uint8Array)[] = []
  #next = 0
  #ahead = 0

  /** @param onPiece Before each piece is drawn. */
  constructor(sink: Sink, onPiece: () => void = () => {}) {
    this.#sink = sink
    this.#onPiece = onPiece
  }

  write(data: string | Uint8Array): void {
    for (let at = 0; at < data.length; at += pieceLength) {
      this.#waiting.push(typeof data === 'string' ? data.slice(at, at + pieceLength) : data.subarray(at, at + pieceLength))
    }
    this.#pump()
  }

  /** Forgets what is not yet handed over. */
  drop(): void {
    this.#waiting = []
    this.#next = 0
  }

  #pump(): void {
    while (this.#ahead < maxAhead) {
      const piece = this.#waiting[this.#next]
      if (piece === undefined) {
        this.drop()
        return
      }
      this.#next++
      this.#ahead++
      this.#sink.write(piece, () => {
        this.#ahead--
        this.#onPiece()
        this.#pump()
      })
    }
  }
}
