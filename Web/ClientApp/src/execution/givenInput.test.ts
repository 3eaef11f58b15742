import { HttpResponse, http } from 'msw'
import { api, fakeApi } from '../testing/api'
import { FakeSocket } from '../testing/socket'
import { connect } from './connection'
import { LastingConnection } from './lasting'

const server = fakeApi()
const program = { language: 'python', files: [{ path: 'main.py', content: '' }], entryPoint: 'main.py', arguments: [] }
const start = { type: 'start' as const, execution: { ...program, stdin: '1\n2\n' }, terminal: { columns: 80, rows: 24 }, resumable: true }

function converse() {
  const events = { opened: () => connection.send(start), received: vi.fn(), closed: vi.fn(), interrupted: vi.fn(), resumed: vi.fn() }
  const connection: LastingConnection = new LastingConnection(connect, events)
  return { connection, events }
}

beforeEach(() => vi.stubGlobal('WebSocket', FakeSocket))
afterEach(() => vi.unstubAllGlobals())

it('goes to the program over the socket', () => {
  const { connection } = converse()
  FakeSocket.last.open()
  connection.send({ type: 'stdin', data: 'typed' })
  expect(FakeSocket.last.sent).toEqual([{ type: 'start', execution: program, resumable: true }, { type: 'stdin', data: '1\n2\n' }, { type: 'endOfInput' }])
})

it('goes along where no WebSocket comes through', async () => {
  const asked: unknown[] = []
  server.use(http.post(api('/executions/stream'), async ({ request }) => {
    asked.push(await request.json())
    return new HttpResponse('', { headers: { 'Content-Type': 'text/event-stream' } })
  }))
  const { events } = converse()
  FakeSocket.last.close()
  await vi.waitFor(() => expect(events.closed).toHaveBeenCalledOnce())
  expect(asked).toEqual([{ ...program, stdin: '1\n2\n' }])
})
