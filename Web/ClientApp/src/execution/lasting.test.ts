import { problem } from '../api/problem'
import type { ConnectionEvents } from './connection'
import type { ClientFrame, ServerFrame } from './frames'
import { LastingConnection } from './lasting'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

const program: ClientFrame = {
  type: 'start', execution: { language: 'python', files: [], entryPoint: 'main.py', arguments: [] }, terminal: { columns: 80, rows: 24 }, resumable: true,
}

/** A service that counts what it takes, and connections to it that can break at any moment. */
class FakeService {
  readonly taken: ClientFrame[] = []
  readonly resumedFrom: number[] = []
  connections: { events: ConnectionEvents; broken: boolean }[] = []
  /** While false, what is sent is lost on the way. */
  arrives = true
  isDone = false

  readonly connect = (events: ConnectionEvents) => {
    const connection = { events, broken: false }
    this.connections.push(connection)
    return {
      send: (frame: ClientFrame) => {
        if (connection.broken || !this.arrives) return
        if (frame.type === 'resume') {
          this.resumedFrom.push(frame.position)
          this.say({ type: 'resumed', id: '1', inputs: this.taken.length })
        } else if (frame.type !== 'start') {
          this.taken.push(frame)
        }
      },
      close: () => { this.isDone = true; connection.events.closed() },
      drop: () => connection.events.closed(),
    }
  }

  open(): void {
    this.connections.at(-1)?.events.opened()
  }

  say(...frames: ServerFrame[]): void {
    for (const frame of frames) this.connections.at(-1)?.events.received(frame)
  }

  break(): void {
    const connection = this.connections.at(-1)
    if (!connection) return
    connection.broken = true
    connection.events.closed()
  }

  typed(): string {
    return this.taken.map((frame) => (frame.type === 'stdin' ? frame.data : `<${frame.type}>`)).join('')
  }
}

function begin(token: string | null = null) {
  const service = new FakeService()
  const events = { opened: vi.fn(), received: vi.fn(), closed: vi.fn(), interrupted: vi.fn(), resumed: vi.fn() }
  const connection = new LastingConnection(service.connect, events, token)
  return { service, events, connection }
}

function running() {
  const run = begin()
  run.service.open()
  run.connection.send(program)
  run.service.say({ type: 'accepted', id: '1', resume: { token: 'secret', withinMs: 30_000 }, position: 1, inputs: 0 })
  return run
}

it('sends what was typed once, whether it was lost on the way, came late or arrived', () => {
  const { service, connection } = running()
  connection.send({ type: 'stdin', data: 'a' })
  service.say({ type: 'output', stage: 'run', stream: 'terminal', data: 'a', position: 2, inputs: 1 })
  connection.send({ type: 'stdin', data: 'b' })
  service.arrives = false
  connection.send({ type: 'stdin', data: 'c' })
  service.break()
  connection.send({ type: 'stdin', data: 'd' })
  service.arrives = true
  vi.advanceTimersByTime(500)
  service.open()
  connection.send({ type: 'stdin', data: 'e' })
  expect(service.typed()).toBe('abcde')
  expect(service.resumedFrom).toEqual([2])
})

it('tries again, slower and slower, and at once when the browser is online again', () => {
  const { service, events } = running()
  service.break()
  for (let attempt = 0; attempt < 3; attempt++) {
    vi.advanceTimersByTime(10_000)
    service.break()
  }
  expect(events.interrupted).toHaveBeenCalledOnce()
  const tried = service.connections.length
  vi.advanceTimersByTime(100)
  expect(service.connections.length).toBe(tried)
  window.dispatchEvent(new Event('online'))
  expect(service.connections.length).toBe(tried + 1)
  service.open()
  expect(events.resumed).toHaveBeenCalledOnce()
  expect(events.closed).not.toHaveBeenCalled()
})

it('does not wait for the socket to notice that the browser is offline', () => {
  const { events } = running()
  window.dispatchEvent(new Event('offline'))
  expect(events.interrupted).toHaveBeenCalledOnce()
})

it('gives up when nobody would have kept the run so long', () => {
  const { service, events } = running()
  service.break()
  for (let second = 0; second < 90; second++) {
    vi.advanceTimersByTime(1_000)
    service.break()
  }
  expect(events.closed).toHaveBeenCalledOnce()
  const tried = service.connections.length
  vi.advanceTimersByTime(60_000)
  expect(service.connections.length).toBe(tried)
})

it('looks for the run when the way to it failed, and says why when it is gone', () => {
  const { service, events } = running()
  const why = problem('A service that this needs is not available.', null, 503)
  service.say({ type: 'error', problem: why })
  service.break()
  expect(events.interrupted).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(500)
  service.say({ type: 'error', problem: { ...problem('gone', null, 410), type: 'https://onlinecompiler.dev/problems/run-gone' } })
  expect(events.received).toHaveBeenLastCalledWith({ type: 'error', problem: why })
})

it('does not fight for a run that another connection has taken over', () => {
  const { service, events } = running()
  const taken: ServerFrame = { type: 'error', problem: { ...problem('taken', null, 409), type: 'https://onlinecompiler.dev/problems/run-taken-over' } }
  service.say(taken)
  service.break()
  vi.advanceTimersByTime(60_000)
  expect(events.received).toHaveBeenLastCalledWith(taken)
  expect(service.connections.length).toBe(1)
})

it('comes back to the run of an earlier page, and counts on from there', () => {
  const { service, events, connection } = begin('secret')
  service.taken.push({ type: 'endOfInput' }, { type: 'endOfInput' })
  connection.send({ type: 'stdin', data: 'x' })
  service.open()
  expect(events.resumed).toHaveBeenCalledOnce()
  service.break()
  vi.advanceTimersByTime(500)
  service.open()
  expect(service.typed()).toBe('<endOfInput><endOfInput>x')
  expect(service.resumedFrom).toEqual([0, 0])
})

it('ends a run that cannot be come back to with its connection', () => {
  const { service, events } = begin()
  service.open()
  service.say({ type: 'accepted', id: '1' })
  service.break()
  expect(events.closed).toHaveBeenCalledOnce()
  expect(events.interrupted).not.toHaveBeenCalled()
})

it('ends a run that it leaves while it is lost as soon as it is found', () => {
  const { service, events, connection } = running()
  service.break()
  connection.close()
  expect(events.closed).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(500)
  service.open()
  expect(service.isDone).toBe(true)
  expect(events.closed).toHaveBeenCalledOnce()
})
