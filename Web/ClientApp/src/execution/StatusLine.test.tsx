import { render, screen } from '@testing-library/react'
import { ran } from '../testing/results'
import { StatusLine } from './StatusLine'
import { idle } from './runState'

it('tells outcome, time, memory and exit code', () => {
  render(<StatusLine run={{ ...idle, phase: 'finished', result: ran() }} note={null} />)
  expect(screen.getByRole('status')).toHaveTextContent('Finished')
  expect(screen.getByTestId('status')).toHaveTextContent('exit0time6.1 mscpu4.9 msmemory9.0 MiB')
})

it('explains the limit that was reached', () => {
  const result = ran({ outcome: 'wallTimeLimit', exitCode: null, message: 'Stopped: it ran longer than the wall-time limit of 10 s.' })
  render(<StatusLine run={{ ...idle, phase: 'finished', result }} note={null} />)
  expect(screen.getByRole('status')).toHaveTextContent('Stopped: it ran longer than 10 sPerhaps a loop that never ends')
})

it.each([
  ['connecting', 'Connecting…'],
  ['queued', 'Waiting for a free sandbox…'],
  ['compiling', 'Compiling…'],
  ['running', 'Running…'],
  ['stopping', 'Stopping…'],
] as const)('announces politely that it is %s', (phase, words) => {
  render(<StatusLine run={{ ...idle, phase }} note={null} />)
  expect(screen.getByRole('status')).toHaveTextContent(words)
  expect(screen.getByTestId('status')).toHaveAttribute('data-phase', phase)
})

it.each([
  ['process', 'Weaker sandbox: no namespaces'],
  ['withoutCgroups', 'Weaker sandbox: limits of single processes only'],
  ['newerThanThisPage', 'Weaker sandbox'],
])('marks a run whose isolation was %s', (isolation, words) => {
  render(<StatusLine run={{ ...idle, phase: 'finished', result: { ...ran(), isolation } }} note={null} />)
  expect(screen.getByText(words)).toBeInTheDocument()
})

it('says nothing about the full sandbox', () => {
  render(<StatusLine run={{ ...idle, phase: 'finished', result: ran() }} note={null} />)
  expect(screen.getByTestId('status')).not.toHaveTextContent('Weaker sandbox')
})
