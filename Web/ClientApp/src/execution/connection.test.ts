import { FakeSocket } from '../testing/socket'
import { connect } from './connection'

beforeEach(() => vi.stubGlobal('WebSocket', FakeSocket))
afterEach(() => vi.unstubAllGlobals())

function open() {
  const events = { opened: vi.fn(), received: vi.fn(), closed: vi.fn() }
  const connection = connect(events)
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

it('sends a long paste in messages the server takes, and cuts no character', () => {
  const { connection, socket } = open()
  const pasted = 'é😀x'.repeat(20_000)
  connection.send({ type: 'stdin', data: pasted })
  const parts = socket.sent.map((frame) => (frame.type === 'stdin' ? frame.data : ''))
  expect(parts.length).toBeGreaterThan(1)
  expect(parts.join('')).toBe(pasted)
  for (const part of parts) expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(64 * 1024)
})

it('sends nothing into a closed socket', () => {
  const { connection, socket } = open()
  socket.close()
  connection.send({ type: 'endOfInput' })
  expect(socket.sent).toEqual([])
})
