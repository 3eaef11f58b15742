import { TerminalChannel, type TerminalView } from './channel'

function view() {
  const written: unknown[] = []
  const made: TerminalView = { write: (data) => written.push(data), clear: vi.fn(), focus: vi.fn(), size: () => ({ columns: 90, rows: 20 }) }
  return { made, written }
}

it('keeps what is written until the terminal is there', () => {
  const channel = new TerminalChannel()
  const { made, written } = view()
  channel.write('early ')
  channel.attach(made)
  channel.write('late')
  expect(written).toEqual(['early ', 'late'])
})

it('tells the size of the terminal that arrives during a run', () => {
  const channel = new TerminalChannel()
  channel.onResize = vi.fn()
  expect(channel.size()).toEqual({ columns: 80, rows: 24 })
  channel.attach(view().made)
  expect(channel.onResize).toHaveBeenCalledWith({ columns: 90, rows: 20 })
})

it('gives the focus to a terminal that arrives later', () => {
  const channel = new TerminalChannel()
  const { made } = view()
  channel.focus()
  channel.attach(made)
  expect(made.focus).toHaveBeenCalled()
})
