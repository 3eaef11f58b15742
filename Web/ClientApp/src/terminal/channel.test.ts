import { TerminalChannel, type TerminalView } from './channel'

function view() {
  const written: unknown[] = []
  const made: TerminalView = { write: (data) => written.push(data), clear: vi.fn(), settle: vi.fn(), focus: vi.fn(), search: vi.fn(), size: () => ({ columns: 90, rows: 20 }), text: () => ({ selected: '', all: 'everything' }) }
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

it('leaves the focus to who has gone elsewhere since', () => {
  const channel = new TerminalChannel()
  channel.focus()
  const field = document.body.appendChild(document.createElement('input'))
  field.focus()
  const { made } = view()
  channel.attach(made)
  expect(made.focus).not.toHaveBeenCalled()
  field.remove()
})

it('gives the focus to a terminal that arrives later', () => {
  const channel = new TerminalChannel()
  const { made } = view()
  channel.focus()
  channel.attach(made)
  expect(made.focus).toHaveBeenCalled()
})

it('settles what a program left only after its output, even when the terminal arrives later', () => {
  const channel = new TerminalChannel()
  const { made, written } = view()
  made.settle = () => written.push('settled')
  channel.write('output')
  channel.settle()
  channel.write('verdict')
  channel.attach(made)
  expect(written).toEqual(['output', 'settled', 'verdict'])
})

it('copies what is selected, and everything when nothing is', () => {
  const channel = new TerminalChannel()
  const { made } = view()
  expect(channel.text()).toBe('')
  channel.attach(made)
  expect(channel.text()).toBe('everything')
  made.text = () => ({ selected: 'this', all: 'everything' })
  expect(channel.text()).toBe('this')
})
