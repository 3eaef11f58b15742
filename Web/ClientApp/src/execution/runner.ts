import { type Problem, problem, unreachable } from '../api/problem'
import { toBytesOrText } from '../api/text'
import type { ArtifactFile } from '../artifacts/artifact'
import type { TerminalChannel } from '../terminal/channel'
import { t } from '../texts/texts'
import type { Connect } from './connection'
import type { ExecutionResult, ProgramRequest, ServerFrame } from './frames'
import { LastingConnection } from './lasting'
import { describe } from './outcome'
import { type RunState, idle, isActive, phaseOfStage } from './runState'
import { Transcript } from './transcript'

/** A program that ignores SIGTERM for this long is killed. */
const patienceMs = 1_000
/** And when even that brings no result, the connection is closed, which kills it for sure. */
const lastResortMs = 3_000

const lost = (): Problem => problem(t.run.lost, t.run.lostDetail)

/** Takes the files that a run leaves. */
export interface ArtifactSink {
  begin(files: ProgramRequest['files']): void
  add(file: ArtifactFile): void
}

/** One run at a time: from pressing Run to the result, with the terminal in between. */
export class Runner {
  readonly #terminal: TerminalChannel
  readonly #connect: Connect
  readonly #artifacts: ArtifactSink | undefined
  readonly #listeners = new Set<() => void>()
  #state: RunState = idle
  #connection: LastingConnection | null = null
  /** The run is another page's; what it has said so far comes again. */
  #isReattached = false
  /** And with it what the program asked the terminal then: it has its answer, until someone types. */
  #isReplayed = false
  #transcript = new Transcript()
  #typed = ''
  #timers: ReturnType<typeof setTimeout>[] = []

  constructor(terminal: TerminalChannel, connect: Connect, artifacts?: ArtifactSink) {
    this.#terminal = terminal
    this.#connect = connect
    this.#artifacts = artifacts
    terminal.onInput = (data) => {
      if (this.#state.phase !== 'running' || (this.#isReplayed && isReply(data))) return
      this.#isReplayed = false
      this.#typed += data
      this.#connection?.send({ type: 'stdin', data })
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

  /** The keys that the last run was sent. */
  get typed(): string {
    return this.#typed
  }

  start(execution: ProgramRequest): void {
    if (isActive(this.#state)) return

    this.#begin(execution, null, () => (
      this.#connection?.send({ type: 'start', execution, terminal: this.#terminal.size(), resumable: true })
    ))
  }

  /** Comes back to a run that an earlier page began, with everything it has said so far. */
  reattach({ token, language }: RunLeft): void {
    if (!isActive(this.#state)) this.#begin({ language, files: [] }, token, () => {})
  }

  /** What the page that comes after this one needs to come back; null when nothing runs. */
  get left(): RunLeft | null {
    const token = this.#connection?.token
    const { language, phase } = this.#state
    return token && language !== null && phase !== 'stopping' ? { token, language } : null
  }

  #begin({ language, files }: Pick<ProgramRequest, 'language' | 'files'>, token: string | null, opened: () => void): void {
    this.#transcript = new Transcript()
    this.#typed = ''
    this.#artifacts?.begin(files)
    this.#terminal.clear()
    this.#isReattached = token !== null
    this.#isReplayed = token !== null
    this.#enter({ ...idle, phase: 'connecting', language })
    this.#connection = new LastingConnection(this.#connect, {
      opened,
      received: (frame) => this.#receive(frame),
      closed: () => this.#closed(),
      interrupted: () => this.#enter({ interrupted: true }),
      resumed: () => {
        this.#enter({ interrupted: false })
        // The window may be another size now.
        this.#connection?.send({ type: 'resize', ...this.#terminal.size() })
      },
    }, token)
  }

  /** Asks the program to end, then insists. */
  stop(): void {
    const { phase, interrupted } = this.#state
    if (!isActive(this.#state) || phase === 'stopping') return

    this.#enter({ phase: 'stopping' })
    const connection = this.#connection
    // Before the program runs, and while it cannot be reached, there is nobody to ask: leaving ends it.
    if (phase !== 'running' || interrupted) {
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
        if (frame.stage === 'compile') this.#terminal.write(`\x1b[90m${t.run.compiling}\x1b[0m\r\n`)
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
        this.#terminal.settle()
        const color = verdict.tone === 'bad' ? '1;31' : '90'
        this.#terminal.write(`${gap}\x1b[0;${color}m— ${verdict.headline}\x1b[0m\x1b[?25l\r\n`)
        this.#finish({ phase: 'finished', result, diagnostics: [...(result.compile?.diagnostics ?? []), ...(result.run?.diagnostics ?? [])] })
        break
      }
      case 'missed':
        this.#terminal.write(`\x1b[0;90m${t.run.missed(frame.bytes)}\x1b[0m\r\n`)
        break
      case 'stopping':
        this.#terminal.write(`\r\n\x1b[0;33m${t.run.serviceStops(Math.ceil(frame.withinMs / 1000))}\x1b[0m\r\n`)
        break
      case 'error':
        this.#finish({ phase: 'refused', problem: isGone(frame.problem) ? (this.#isReattached ? problem(t.run.ended, t.run.endedAway) : lost()) : frame.problem })
        break
      case 'resumed':
        break
      case 'artifact':
        this.#artifacts?.add({ ...frame, content: toBytesOrText(frame.content) })
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
    else this.#finish({ phase: 'refused', problem: this.#state.phase === 'connecting' && !this.#isReattached ? unreachable : lost() })
  }

  #finish(change: Partial<RunState>): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer)
    const connection = this.#connection
    this.#connection = null
    this.#enter({ ...change, interrupted: false })
    connection?.close()
  }

  #enter(change: Partial<RunState>): void {
    this.#state = { ...this.#state, phaseStartedAt: Date.now(), ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** Needed to come back to a run; the token is a secret. */
export interface RunLeft {
  token: string
  language: string
}

/** What a terminal answers when it is asked what it is, where its cursor is, or which colours it has. */
const isReply = (data: string): boolean => /^\x1b(\[[?>]?[\d;]*[cnR]|[\]P].*)$/s.test(data)

const isGone = ({ type }: Problem): boolean => type.endsWith('/run-gone')

/** Who pressed Stop wants to read that it stopped, not which signal did it. */
function asStopped(result: ExecutionResult): ExecutionResult {
  if (!result.run || (result.run.outcome !== 'signaled' && result.run.outcome !== 'cancelled')) return result
  return { ...result, outcome: 'cancelled', run: { ...result.run, outcome: 'cancelled', signal: null, message: null } }
}
