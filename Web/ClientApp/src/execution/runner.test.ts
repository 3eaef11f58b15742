import { TerminalChannel } from '../terminal/channel'
import { failedToCompile, ran, succeeded } from '../testing/results'
import type { ConnectionEvents } from './connection'
import type { ClientFrame, ProgramRequest, ServerFrame } from './frames'
import { Runner } from './runner'

const program: ProgramRequest = { language: 'cpp', files: [{ path: 'main.cpp', content: '' }], entryPoint: 'main.cpp', arguments: [] }

function start() {
  const terminal = new TerminalChannel()
  let screen = ''
  terminal.attach({
    write: (data) => { screen += typeof data === 'string' ? data : new TextDecoder().decode(data) },
    clear: () => { screen = '' },
    focus: () => {},
    size: () => ({ columns: 100, rows: 30 }),
  })
  const sent: ClientFrame[] = []
  let events: ConnectionEvents | undefined
  let closed = false
  const runner = new Runner(terminal, (given) => {
    events = given
    return {
      send: (frame) => sent.push(frame),
      close: () => {
        closed = true
        given.closed()
      },
    }
  })
  runner.start(program)
  return {
    runner,
    terminal,
    sent,
    screen: () => screen,
    isClosed: () => closed,
    open: () => events?.opened(),
    lose: () => events?.closed(),
    say: (...frames: ServerFrame[]) => frames.forEach((frame) => events?.received(frame)),
    phase: () => runner.state().phase,
  }
}

const running: ServerFrame[] = [{ type: 'accepted', id: '1' }, { type: 'stage', stage: 'run' }]

it('is honest about each step', () => {
  const run = start()
  const seen = [run.phase()]
  run.open()
  for (const frame of [{ type: 'accepted', id: '1' }, { type: 'stage', stage: 'compile' }, { type: 'stage', stage: 'run' }, ran()] as ServerFrame[]) {
    run.say(frame)
    seen.push(run.phase())
  }
  expect(seen).toEqual(['connecting', 'queued', 'compiling', 'running', 'finished'])
})

it('starts the program in a terminal of the size on the screen', () => {
  const run = start()
  run.open()
  expect(run.sent).toEqual([{ type: 'start', execution: program, terminal: { columns: 100, rows: 30 } }])
})

it('sends what is typed while the program runs, and nothing before or after', () => {
  const run = start()
  run.open()
  run.terminal.onInput('early')
  run.say(...running)
  run.terminal.onInput('Ada\r')
  run.say(ran())
  run.terminal.onInput('late')
  expect(run.sent.filter((frame) => frame.type === 'stdin')).toEqual([{ type: 'stdin', data: 'Ada\r' }])
})

it('sends a new size of the terminal', () => {
  const run = start()
  run.say(...running)
  run.terminal.onResize({ columns: 60, rows: 20 })
  expect(run.sent).toContainEqual({ type: 'resize', columns: 60, rows: 20 })
})

it('shows output as it comes, ending the lines of pipes as a terminal would', () => {
  const run = start()
  run.say({ type: 'stage', stage: 'run' }, { type: 'output', stage: 'run', stream: 'terminal', data: 'a\n' }, { type: 'output', stage: 'run', stream: 'stdout', data: 'b\n' })
  expect(run.screen()).toBe('a\nb\r\n')
})

it('shows bytes that are not UTF-8', () => {
  const run = start()
  run.say({ type: 'stage', stage: 'run' }, { type: 'output', stage: 'run', stream: 'terminal', data: { base64: btoa('a\xffb') } })
  expect(run.screen()).toBe('a�b')
})

it('shows a failed compilation as such, with its places', () => {
  const run = start()
  run.say(
    { type: 'stage', stage: 'compile' },
    { type: 'output', stage: 'compile', stream: 'stderr', data: 'main.cpp:7:28: error: no\n' },
    { type: 'stageResult', stage: 'compile', result: { ...succeeded, outcome: 'nonzeroExit', exitCode: 1 } },
    failedToCompile({ diagnostics: [{ file: 'main.cpp', line: 7, column: 28, severity: 'error', message: 'no' }] }),
  )
  expect(run.screen()).toMatch(/Compiling….*main\.cpp:7:28.*— Compilation failed/s)
  expect(run.runner.state().diagnostics).toEqual([{ file: 'main.cpp', line: 7, column: 28, severity: 'error', message: 'no' }])
})

it('takes "Compiling…" back when the compiler had nothing to say', () => {
  const run = start()
  run.say({ type: 'stage', stage: 'compile' }, { type: 'stageResult', stage: 'compile', result: succeeded })
  expect(run.screen()).toMatch(/\x1b\[1A\x1b\[2K\r$/)
})

it('keeps the refusal of the service', () => {
  const run = start()
  run.say({ type: 'error', problem: { type: 'x', title: 'Too many requests', status: 429, detail: null, errors: null, traceId: null, currentVersion: null } })
  expect(run.runner.state()).toMatchObject({ phase: 'refused', problem: { title: 'Too many requests' } })
})

it('says when there was no connection at all', () => {
  const run = start()
  run.lose()
  expect(run.runner.state()).toMatchObject({ phase: 'refused', problem: { title: 'The service cannot be reached' } })
})

it('says when the connection was lost', () => {
  const run = start()
  run.say(...running)
  run.lose()
  expect(run.runner.state()).toMatchObject({ phase: 'refused', problem: { title: 'The connection was lost' } })
})

describe('stopping', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('asks the program, then insists, then leaves', () => {
    const run = start()
    run.say(...running)
    run.runner.stop()
    expect(run.phase()).toBe('stopping')
    expect(run.sent).toEqual([{ type: 'signal', signal: 'SIGTERM' }])
    vi.advanceTimersByTime(1_000)
    expect(run.sent).toContainEqual({ type: 'signal', signal: 'SIGKILL' })
    vi.advanceTimersByTime(2_000)
    expect(run.isClosed()).toBe(true)
    expect(run.phase()).toBe('stopped')
  })

  it('leaves at once while the program still waits or compiles', () => {
    const run = start()
    run.say({ type: 'accepted', id: '1' })
    run.runner.stop()
    expect(run.phase()).toBe('stopped')
  })

  it('shows the result when the program ended in time', () => {
    const run = start()
    run.say(...running)
    run.runner.stop()
    run.say(ran({ outcome: 'signaled', exitCode: null, signal: 'SIGTERM' }))
    expect(run.runner.state()).toMatchObject({ phase: 'finished', result: { outcome: 'cancelled', run: { signal: null } } })
    vi.advanceTimersByTime(5_000)
    expect(run.sent).toEqual([{ type: 'signal', signal: 'SIGTERM' }])
  })
})
