import { HttpResponse, http } from 'msw'
import { api, fakeApi } from '../testing/api'
import { FakeSocket } from '../testing/socket'
import { connect } from './connection'

const server = fakeApi()
const execution = { language: 'python', files: [{ path: 'main.py', content: 'print(1)' }], entryPoint: 'main.py', arguments: [] }
const start = { type: 'start' as const, execution, terminal: { columns: 80, rows: 24 }, resumable: true }

beforeEach(() => vi.stubGlobal('WebSocket', FakeSocket))
afterEach(() => vi.unstubAllGlobals())

function open() {
  const events = { opened: vi.fn(), received: vi.fn(), closed: vi.fn() }
  const connection = connect(events, true)
  FakeSocket.last.open()
  return { events, connection, socket: FakeSocket.last }
}

it('connects to the page it came from', () => {
  expect(open().socket.url).toBe('ws://localhost:3000/api/v1/executions/connect')
})

it('hands on the frames it knows and passes over the others', () => {
  const { events, socket } = open()
  socket.say({ type: 'stage', stage: 'run' }, { type: 'invention', value: 1 }, { type: 'stage', stage: 'lunch' })
  expect(events.received.mock.calls).toEqual([[{ type: 'stage', stage: 'run' }]])
})

it('sends nothing into a closed socket', () => {
  const { connection, socket } = open()
  socket.close()
  connection.send({ type: 'endOfInput' })
  expect(socket.sent).toEqual([])
})

describe('where no WebSocket comes through', () => {
  function refuse() {
    const events = { opened: vi.fn(), received: vi.fn(), closed: vi.fn() }
    const connection = connect(events, true)
    FakeSocket.last.close()
    return { events, connection }
  }

  it('runs the program all the same, and hands on what happens in the same frames', async () => {
    let asked: unknown
    server.use(http.post(api('/executions/stream'), async ({ request }) => {
      asked = await request.json()
      const text = 'event: accepted\ndata: {"id":"1"}\n\nevent: output\ndata: {"stage":"run","stream":"stdout","data":"1\\n"}\n\n'
      return new HttpResponse(text, { headers: { 'Content-Type': 'text/event-stream' } })
    }))
    const { events, connection } = refuse()
    expect(events.opened).toHaveBeenCalledOnce()
    connection.send(start)
    await vi.waitFor(() => expect(events.closed).toHaveBeenCalledOnce())
    expect(asked).toEqual(execution)
    expect(events.received.mock.calls).toEqual([[{ type: 'accepted', id: '1' }], [{ type: 'output', stage: 'run', stream: 'stdout', data: '1\n' }]])
  })

  it('says what went wrong, whether before the first event or after it', async () => {
    server.use(http.post(api('/executions/stream'), () => HttpResponse.json({ title: 'Too many' }, { status: 429 }), { once: true }))
    const before = refuse()
    before.connection.send(start)
    await vi.waitFor(() => expect(before.events.closed).toHaveBeenCalledOnce())
    expect(before.events.received.mock.calls).toEqual([[expect.objectContaining({ type: 'error', problem: expect.objectContaining({ title: 'Too many', status: 429 }) })]])

    server.use(http.post(api('/executions/stream'), () => new HttpResponse('event: error\ndata: {"title":"Gone"}\n\n')))
    const after = refuse()
    after.connection.send(start)
    await vi.waitFor(() => expect(after.events.closed).toHaveBeenCalledOnce())
    expect(after.events.received.mock.calls).toEqual([[expect.objectContaining({ type: 'error', problem: expect.objectContaining({ title: 'Gone' }) })]])
  })

  it.each([
    ['asked to', (connection: ReturnType<typeof connect>) => connection.send({ type: 'signal', signal: 'SIGTERM' })],
    ['left', (connection: ReturnType<typeof connect>) => connection.close()],
  ])('stops when it is %s', async (_, stop) => {
    server.use(http.post(api('/executions/stream'), () => new HttpResponse(new ReadableStream())))
    const { events, connection } = refuse()
    connection.send(start)
    stop(connection)
    await vi.waitFor(() => expect(events.closed).toHaveBeenCalledOnce())
    expect(events.received).not.toHaveBeenCalled()
  })

  it('does not run a program that was given up before', () => {
    const events = { opened: vi.fn(), received: vi.fn(), closed: vi.fn() }
    connect(events, true).close()
    expect(events.closed).toHaveBeenCalledOnce()
    expect(events.opened).not.toHaveBeenCalled()
  })
})

it('does not come back to a run by a way that cannot', () => {
  const events = { opened: vi.fn(), received: vi.fn(), closed: vi.fn() }
  connect(events, false)
  FakeSocket.last.close()
  expect(events.closed).toHaveBeenCalledOnce()
  expect(events.opened).not.toHaveBeenCalled()
})
