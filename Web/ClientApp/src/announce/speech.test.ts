import type { ConnectionEvents } from '../execution/connection'
import type { ServerFrame } from '../execution/frames'
import { Speech, plain } from './speech'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const silent = { send: () => {}, close: () => {}, drop: () => {} }

function listen() {
  const speech = new Speech()
  let events: ConnectionEvents | undefined
  const received = vi.fn()
  speech.overhear((given) => {
    events = given
    return silent
  })({ opened: () => {}, received, closed: () => {} }, true)
  const say = (frame: ServerFrame) => events?.received(frame)
  const print = (data: string) => say({ type: 'output', stage: 'run', stream: 'terminal', data })
  return { speech, say, print, received }
}

it('says what was printed once it is quiet, a question without an end of line too', () => {
  const { speech, print, received } = listen()
  print('Hello\r\n')
  print('Your name? ')
  expect(speech.said()).toBe('')
  vi.advanceTimersByTime(600)
  expect(speech.said()).toBe('Hello\nYour name?')
  expect(received).toHaveBeenCalledTimes(2)
})

it('says the first lines of a flood, and how many more there are', () => {
  const { speech, print } = listen()
  print(Array.from({ length: 2_000 }, (_, line) => `line ${line}\r\n`).join(''))
  vi.advanceTimersByTime(600)
  expect(speech.said().split('\n')).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4', 'line 5', '1,994 more lines.'])
})

it('says something now and then of a program that never rests', () => {
  const { speech, print } = listen()
  for (let line = 0; line < 25; line++) {
    print(`${line}\n`)
    vi.advanceTimersByTime(100)
  }
  expect(speech.said()).toContain('more lines.')
})

it('says at the end what is left, and starts the next run in silence', () => {
  const { speech, print, say } = listen()
  print('42\n')
  say({ type: 'error', problem: { type: '', title: 'x', status: 429, detail: null, errors: null, traceId: null, currentVersion: null } })
  expect(speech.said()).toBe('42')
  speech.overhear(() => silent)({ opened: () => {}, received: () => {}, closed: () => {} }, true)
  expect(speech.said()).toBe('')
})

it('leaves out what only a terminal understands', () => {
  expect(plain('\x1b[1;31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07\r\n10 %\r20 %\rdone\x07')).toBe('red link\ndone')
})
