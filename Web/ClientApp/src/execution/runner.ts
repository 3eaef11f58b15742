import { problem, unreachable } from '../api/problem'
import { toBytesOrText } from '../api/text'
import type { TerminalChannel } from '../terminal/channel'
import type { Connect, Connection } from './connection'
import type { ExecutionResult, ProgramRequest, ServerFrame } from './frames'
import { describe } from './outcome'
import { type RunState, idle, isActive, phaseOfStage } from './runState'
import { Transcript } from './transcript'

/** A program that ignores SIGTERM for this long is killed. */
const patienceMs = 1_000
/** And when even that brings no result, the connection is closed, which kills it for sure. */
const lastResortMs = 3_000

const lost = problem('The connection was lost', 'The program was ended with it. Run it again when you are back online.')

/** One run at a time: from pressing Run to the result, with the terminal in between. */
export class Runner {
  readonly #terminal: TerminalChannel
  readonly #connect: Connect
  readonly #listeners = new Set<() => void>()
  #state: RunState = idle
  #connection: Connection | null = null
  #transcript = new Transcript()
  #timers: ReturnType<typeof setTimeout>[] = []

  constructor(terminal: TerminalChannel, connect: Connect) {
    this.#terminal = terminal
    this.#connect = connect
    terminal.onInput = (data) => {
      if (this.#state.phase === 'running') this.#connection?.send({ type: 'stdin', data })
    }
    terminal.onResize = (size) => this.#connection?.send({ type: 'resize', ...size })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): RunState => this.#state

  /** What the last run printed, for whoever explains it. */
  get transcript(): Transcript {
    return this.#transcript
  }

  start(execution: ProgramRequest): void {
    if (isActive(this.#state)) return

    this.#transcript = new Transcript()
    this.#terminal.clear()
    this.#enter({ ...idle, phase: 'connecting', language: execution.language })

    const connection = this.#connect({
      opened: () => connection.send({ type: 'start', execution, terminal: this.#terminal.size() }),
      received: (frame) => this.#receive(frame),
      closed: () => this.#closed(),
    })
    this.#connection = connection
  }

  /** Asks the program to end, then insists. */
  stop(): void {
    const { phase } = this.#state
    if (!isActive(this.#state) || phase === 'stopping') return

    this.#enter({ phase: 'stopping' })
    const connection = this.#connection
    // Before the program runs there is nobody to ask: leaving ends it.
    if (phase !== 'running') {
      connection?.close()
      return
    }
    connection?.send({ type: 'signal', signal: 'SIGTERM' })
    this.#timers = [
      setTimeout(() => connection?.send({ type: 'signal', signal: 'SIGKILL' }), patienceMs),
      setTimeout(() => connection?.close(), lastResortMs),
    ]
  }

  endInput(): void {
    this.#connection?.send({ type: 'endOfInput' })
  }

  #receive(frame: ServerFrame): void {
    switch (frame.type) {
      case 'accepted':
        this.#advance('queued')
        break
      case 'stage':
        this.#advance(phaseOfStage(frame.stage))
        if (frame.stage === 'compile') this.#terminal.write('\x1b[90mCompiling…\x1b[0m\r\n')
        else this.#terminal.focus()
        break
      case 'output': {
        const data = toBytesOrText(frame.data)
        this.#transcript.add(frame.stage, frame.stream, data)
        // A terminal ends its lines itself; pipes do not.
        this.#terminal.write(frame.stream === 'terminal' || typeof data !== 'string' ? data : data.replace(/\r?\n/g, '\r\n'))
        break
      }
      case 'stageResult':
        if (frame.stage === 'compile' && frame.result.outcome === 'succeeded' && this.#transcript.compile === '') {
          // Nothing to report: take "Compiling…" back, so that the program's output starts the screen.
          this.#terminal.write('\x1b[1A\x1b[2K\r')
        }
        break
      case 'result': {
        const result = this.#state.phase === 'stopping' ? asStopped(frame) : frame
        const verdict = describe(result)
        const last = verdict.stage === 'compile' ? this.#transcript.compile : this.#transcript.run
        const gap = last === '' || last.endsWith('\n') ? '' : '\r\n'
        const color = verdict.tone === 'bad' ? '1;31' : '90'
        this.#terminal.write(`${gap}\x1b[0;${color}m— ${verdict.headline}\x1b[0m\x1b[?25l\r\n`)
        this.#finish({ phase: 'finished', result, diagnostics: [...(result.compile?.diagnostics ?? []), ...(result.run?.diagnostics ?? [])] })
        break
      }
      case 'error':
        this.#finish({ phase: 'refused', problem: frame.problem })
        break
      case 'artifact':
        break
    }
  }

  /** While stopping, news of what the program still does must not look as if it went on. */
  #advance(phase: RunState['phase']): void {
    if (this.#state.phase !== 'stopping') this.#enter({ phase })
  }

  #closed(): void {
    if (!isActive(this.#state)) return

    if (this.#state.phase === 'stopping') this.#finish({ phase: 'stopped' })
    else this.#finish({ phase: 'refused', problem: this.#state.phase === 'connecting' ? unreachable : lost })
  }

  #finish(change: Partial<RunState>): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer)
    const connection = this.#connection
    this.#connection = null
    this.#enter(change)
    connection?.close()
  }

  #enter(change: Partial<RunState>): void {
    this.#state = { ...this.#state, phaseStartedAt: Date.now(), ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** Who pressed Stop wants to read that it stopped, not which signal did it. */
function asStopped(result: ExecutionResult): ExecutionResult {
  if (!result.run || (result.run.outcome !== 'signaled' && result.run.outcome !== 'cancelled')) return result
  return { ...result, outcome: 'cancelled', run: { ...result.run, outcome: 'cancelled', signal: null, message: null } }
}
