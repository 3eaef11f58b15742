import { addTouchScroll } from './touchScroll'

function touch(type: string, ...ys: number[]): TouchEvent {
  const event = new Event(type, { cancelable: true })
  return Object.assign(event, { touches: ys.map((clientY) => ({ clientY })) }) as unknown as TouchEvent
}

function setUp() {
  const host = document.createElement('div')
  Object.defineProperty(host, 'clientHeight', { value: 200 })
  const scrollLines = vi.fn()
  const remove = addTouchScroll({ rows: 10, scrollLines }, host)
  return { host, scrollLines, remove }
}

it('scrolls a line for each line that the finger moves', () => {
  const { host, scrollLines } = setUp()
  host.dispatchEvent(touch('touchstart', 100))
  host.dispatchEvent(touch('touchmove', 55))
  host.dispatchEvent(touch('touchmove', 40))
  expect(scrollLines.mock.calls).toEqual([[2], [1]])
})

it('scrolls back', () => {
  const { host, scrollLines } = setUp()
  host.dispatchEvent(touch('touchstart', 100))
  host.dispatchEvent(touch('touchmove', 141))
  expect(scrollLines.mock.calls).toEqual([[-2]])
})

it('leaves two fingers to the browser', () => {
  const { host, scrollLines } = setUp()
  host.dispatchEvent(touch('touchstart', 100, 120))
  host.dispatchEvent(touch('touchmove', 0, 20))
  expect(scrollLines).not.toHaveBeenCalled()
})

it('stops listening', () => {
  const { host, scrollLines, remove } = setUp()
  remove()
  host.dispatchEvent(touch('touchstart', 100))
  host.dispatchEvent(touch('touchmove', 0))
  expect(scrollLines).not.toHaveBeenCalled()
})
