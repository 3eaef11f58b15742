import { textOrBytes } from './bytes.js'
import { readEvent } from './events.js'
import type { ExecutionEvent, ExecutionRequest } from './executions.js'
import { isObject } from './problems.js'

export type ProgramSignal = 'SIGINT' | 'SIGQUIT' | 'SIGTERM' | 'SIGKILL'

/** 1-1000 each. */
export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** As text or Base64 well below what the service takes in one frame, 1 MiB. */
const maxInputBytes = 64 * 1024

/** A program to talk with. Closing it before the program has ended kills the program. */
export class InteractiveExecution {
  readonly #socket: WebSocket
  readonly #messages: unknown[] = []
  #isOver = false
  #wake: () => void = () => {}

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.#messages.push(typeof data === 'string' ? JSON.parse(data) : undefined)
      this.#wake()
    })
    socket.addEventListener('close', () => {
      this.#isOver = true
      this.#wake()
    })
  }

  /** Connects and starts the program; rejects when the server cannot be reached or refuses the connection. */
  static async start(socket: WebSocket, execution: ExecutionRequest, terminal?: TerminalSize): Promise<InteractiveExecution> {
    const program = new InteractiveExecution(socket)
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true })
      socket.addEventListener('error', () => reject(new Error(`Cannot connect to ${socket.url}.`)), { once: true })
    })
    program.#send({ type: 'start', execution, terminal })
    return program
  }

  /** What happens as it happens; ends after `result`. */
  async *events(): AsyncGenerator<ExecutionEvent> {
    try {
      while (true) {
        const message = await this.#next()
        const event = isObject(message) ? readEvent(message['type'], message) : undefined
        if (event) yield event
        if (event?.type === 'result') return
      }
    } finally {
      this.close()
    }
  }

  /** Types, or writes to standard input. */
  sendInput(data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    for (let start = 0; start < bytes.length; start += maxInputBytes)
      this.#send({ type: 'stdin', data: textOrBytes(bytes.subarray(start, start + maxInputBytes)) })
  }

  /** Closes standard input; on a terminal, types the end-of-file character. */
  endInput(): void {
    this.#send({ type: 'endOfInput' })
  }

  /** Sends a signal to the program. */
  signal(signal: ProgramSignal): void {
    this.#send({ type: 'signal', signal })
  }

  /** Tells the program that its terminal has another size now. */
  resize({ columns, rows }: TerminalSize): void {
    this.#send({ type: 'resize', columns, rows })
  }

  close(): void {
    this.#socket.close()
  }

  async #next(): Promise<unknown> {
    while (this.#messages.length === 0) {
      if (this.#isOver) throw new Error('The connection was lost before the program had ended.')
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    return this.#messages.shift()
  }

  // What is sent after the program has ended has no reader.
  #send(frame: object): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame))
  }
}
