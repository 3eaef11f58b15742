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
    settle: () => {},
    text: () => ({ selected: '', all: screen }),
    search: () => {},
  })
  const sent: ClientFrame[] = []
  let events: ConnectionEvents | undefined
  let closed = false
  const artifacts = { begin: vi.fn(), add: vi.fn() }
  const runner = new Runner(terminal, (given) => {
    events = given
    return {
      send: (frame) => sent.push(frame),
      close: () => {
        closed = true
        given.closed()
      },
      drop: () => given.closed(),
    }
  }, artifacts)
  runner.start(program)
  return {
    runner,
    artifacts,
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
  expect(run.sent).toEqual([{ type: 'start', execution: program, terminal: { columns: 100, rows: 30 }, resumable: true }])
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

it('remembers what was typed into this run', () => {
  const run = start()
  run.say(...running)
  run.terminal.onInput('Ada\r')
  run.say(ran())
  run.terminal.onInput('late')
  expect(run.runner.typed).toBe('Ada\r')
  run.runner.start(program)
  expect(run.runner.typed).toBe('')
})

it('hands on the files that a run leaves', () => {
  const run = start()
  expect(run.artifacts.begin).toHaveBeenCalledWith(program.files)
  run.say(...running, { type: 'artifact', path: 'a.png', mediaType: 'image/png', content: { base64: 'AP8=' } })
  expect(run.artifacts.add).toHaveBeenCalledWith(expect.objectContaining({ path: 'a.png', mediaType: 'image/png', content: Uint8Array.of(0, 255) }))
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

describe('a run that outlives its connection', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  const kept: ServerFrame[] = [
    { type: 'accepted', id: '1', resume: { token: 'secret', withinMs: 30_000 }, position: 1, inputs: 0 },
    { type: 'stage', stage: 'run', position: 2, inputs: 0 },
  ]

  it('is looked for while the page says so, and goes on', () => {
    const run = start()
    run.say(...kept)
    run.lose()
    expect(run.runner.state()).toMatchObject({ phase: 'running', interrupted: true, problem: null })
    vi.advanceTimersByTime(1_000)
    run.open()
    expect(run.sent.at(-1)).toEqual({ type: 'resume', token: 'secret', position: 2 })
    run.say({ type: 'resumed', id: '1', inputs: 0 }, { type: 'output', stage: 'run', stream: 'terminal', data: 'missed', position: 8, inputs: 0 })
    expect(run.runner.state()).toMatchObject({ phase: 'running', interrupted: false })
    expect(run.screen()).toBe('missed')
  })

  it('can be stopped while it is not reached: at once for its user, and as soon as it is found', () => {
    const run = start()
    run.say(...kept)
    run.lose()
    run.runner.stop()
    expect(run.phase()).toBe('stopped')
    expect(run.isClosed()).toBe(false)
    vi.advanceTimersByTime(1_000)
    run.open()
    run.say({ type: 'resumed', id: '1', inputs: 0 })
    expect(run.isClosed()).toBe(true)
  })

  it('says that it is over when the page that comes back is too late', () => {
    const run = start()
    run.say(ran())
    run.runner.reattach({ token: 'secret', language: 'python' })
    run.open()
    expect(run.sent.at(-1)).toEqual({ type: 'resume', token: 'secret', position: 0 })
    run.say({ type: 'error', problem: { type: 'https://onlinecompiler.dev/problems/run-gone', title: 'x', status: 410, detail: null, errors: null, traceId: null, currentVersion: null } })
    expect(run.runner.state()).toMatchObject({ phase: 'refused', problem: { title: 'The program is over' } })
    expect(run.runner.left).toBeNull()
  })

  it('does not answer again what the program asked the terminal before the page was loaded again', () => {
    const run = start()
    run.say(ran())
    run.runner.reattach({ token: 'secret', language: 'python' })
    run.open()
    run.say({ type: 'resumed', id: '1', inputs: 1 }, ...kept)
    for (const data of ['\x1b[?1;2c', '\x1b[24;80R', '\x1b]11;rgb:0000/0000/0000\x1b\\', '\x1b[A', '\x1b[24;80R']) run.terminal.onInput(data)
    expect(run.sent.flatMap((frame) => (frame.type === 'stdin' ? [frame.data] : []))).toEqual(['\x1b[A', '\x1b[24;80R'])
  })

  it('leaves what the next page needs to come back, and nothing else', () => {
    const run = start()
    expect(run.runner.left).toBeNull()
    run.say(...kept)
    expect(run.runner.left).toEqual({ token: 'secret', language: 'cpp' })
    run.say(ran())
    expect(run.runner.left).toBeNull()
  })

  it('says what is missing, and that its service stops', () => {
    const run = start()
    run.say(...kept, { type: 'missed', bytes: 2_048 }, { type: 'stopping', withinMs: 59_100 })
    expect(run.screen()).toMatch(/2 KiB of older output.*ended in 60 s at the latest/s)
  })
})
