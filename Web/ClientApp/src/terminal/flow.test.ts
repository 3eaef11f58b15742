import { FlowWriter } from './flow'

function setUp() {
  const taken: (string | Uint8Array)[] = []
  const drawn: (() => void)[] = []
  const writer = new FlowWriter({
    write: (data, written) => {
      taken.push(data)
      drawn.push(written)
    },
  })
  return { writer, taken, draw: () => drawn.shift()?.(), text: () => taken.join('') }
}

it('hands over a flood in small pieces, a few ahead of what is drawn, and loses nothing', () => {
  const { writer, taken, draw, text } = setUp()
  const flood = Array.from({ length: 60_000 }, (_, index) => index).join(',')
  writer.write(flood)
  writer.write('end')
  expect(taken.length).toBeLessThanOrEqual(16)
  for (let turns = 0; text().length < flood.length + 3 && turns < 1_000; turns++) draw()
  expect(text()).toBe(`${flood}end`)
  expect(Math.max(...taken.map((piece) => piece.length))).toBeLessThanOrEqual(4096)
})

it('cuts bytes as well as text', () => {
  const { writer, taken } = setUp()
  writer.write(new Uint8Array(5_000))
  expect(taken.map((piece) => piece.length)).toEqual([4096, 904])
})

it('drops what is not yet handed over, and goes on with what comes then', () => {
  const { writer, taken, draw } = setUp()
  writer.write('a'.repeat(1_000_000))
  writer.drop()
  writer.write('b')
  const ahead = taken.length
  for (let turn = 0; turn <= ahead; turn++) draw()
  expect(taken.length).toBe(ahead + 1)
  expect(taken.at(-1)).toBe('b')
})
