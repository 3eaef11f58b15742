import { Parts } from './parts'

const execution = { language: 'python', files: [{ path: 'main.py', content: '' }], entryPoint: 'main.py', arguments: [] }
const terminal = { columns: 80, rows: 24 }

it('gives a program without input a terminal to ask in', () => {
  const parts = new Parts()
  expect(parts.of({ type: 'start', execution, terminal, resumable: true })).toEqual([{ type: 'start', execution, terminal, resumable: true }])
  expect(parts.of({ type: 'stdin', data: 'typed' })).toEqual([{ type: 'stdin', data: 'typed' }])
})

it('hands input that was given over at once, with its end and no terminal', () => {
  const parts = new Parts()
  expect(parts.of({ type: 'start', execution: { ...execution, stdin: '1\n2\n' }, terminal, resumable: true })).toEqual([
    { type: 'start', execution, resumable: true },
    { type: 'stdin', data: '1\n2\n' },
    { type: 'endOfInput' },
  ])
})

it('lets nothing but a signal follow the end of input', () => {
  const parts = new Parts()
  parts.of({ type: 'start', execution: { ...execution, stdin: '1' }, terminal, resumable: true })
  expect(parts.of({ type: 'stdin', data: 'typed' })).toEqual([])
  expect(parts.of({ type: 'resize', ...terminal })).toEqual([])
  expect(parts.of({ type: 'signal', signal: 'SIGTERM' })).toEqual([{ type: 'signal', signal: 'SIGTERM' }])
})

it('sends a long paste in messages the server takes, and cuts no character', () => {
  const pasted = 'é😀x'.repeat(20_000)
  const data = new Parts().of({ type: 'stdin', data: pasted }).map((frame) => (frame.type === 'stdin' ? frame.data : ''))
  expect(data.length).toBeGreaterThan(1)
  expect(data.join('')).toBe(pasted)
  for (const part of data) expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(64 * 1024)
})
