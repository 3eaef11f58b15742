import { chooseTexts } from '../texts/texts'
import { failedToCompile, ran } from '../testing/results'
import { describe as describeRun, formatBytes, formatTime } from './outcome'

it('says that a program finished', () => {
  expect(describeRun(ran())).toMatchObject({ tone: 'good', headline: 'Finished', explanation: null })
})

it('names the exit code', () => {
  expect(describeRun(ran({ outcome: 'nonzeroExit', exitCode: 3 }))).toMatchObject({ tone: 'bad', headline: 'Exited with code 3' })
})

it('explains a signal', () => {
  expect(describeRun(ran({ outcome: 'signaled', exitCode: null, signal: 'SIGSEGV' }))).toMatchObject({
    headline: 'Ended by SIGSEGV',
    explanation: 'It touched memory that is not its own',
  })
})

it.each([
  ['memoryLimit', 'Stopped: it needed more than the memory limit of 256 MiB.', 'Stopped: it used more than 256 MiB of memory', 'Perhaps something that keeps growing'],
  ['cpuTimeLimit', 'Stopped: it used more than the CPU-time limit of 5 s.', 'Stopped: it computed for more than 5 s', 'Perhaps a loop that never ends'],
  ['wallTimeLimit', 'Stopped: it ran longer than the wall-time limit of 0.5 s. 2 files were left out.', 'Stopped: it ran longer than 0.5 s', '2 files were left out.'],
  ['outputLimit', 'Stopped: it printed more than the output limit of 1 MiB.', 'Stopped: it printed more than 1 MiB', 'Perhaps a loop that prints and never ends'],
  ['workspaceLimit', 'It filled the workspace, whose limit is 64 MiB in 4096 files.', 'Its files took more than 64 MiB', null],
  ['wallTimeLimit', 'Closed: nothing was typed for 300 s.', 'Closed: nothing was typed for 300 s', null],
  ['memoryLimit', 'Words of a newer service.', 'Stopped: it used more than its share of memory', 'Words of a newer service.'],
] as const)('explains %s to a beginner: %s', (outcome, message, headline, explanation) => {
  expect(describeRun(ran({ outcome, exitCode: null, message }))).toMatchObject({ tone: 'bad', headline, explanation })
})

it('says so in the language of the page', async () => {
  await chooseTexts(['de'])
  try {
    expect(describeRun(ran({ outcome: 'memoryLimit', exitCode: null, message: 'Stopped: it needed more than the memory limit of 256 MiB.' })).headline)
      .toBe('Angehalten: Es brauchte mehr Speicher als 256 MiB')
  } finally {
    await chooseTexts(['en'])
  }
})

it('calls a failed compilation so, whatever the exit code', () => {
  expect(describeRun(failedToCompile())).toMatchObject({ stage: 'compile', headline: 'Compilation failed', explanation: null })
})

it('says which limit a compilation reached', () => {
  expect(describeRun(failedToCompile({ outcome: 'wallTimeLimit', message: 'Stopped: it ran longer than the wall-time limit of 15 s.' })).explanation)
    .toBe('Compiling took longer than 15 s')
})

it.each([[0.42, '0.4 ms'], [6.1, '6.1 ms'], [372.4, '372 ms'], [4123, '4.12 s'], [60_000, '60.0 s']])('writes %d ms as %s', (ms, expected) => {
  expect(formatTime(ms)).toBe(expected)
})

it.each([[62, '62 B'], [4096, '4 KiB'], [9_437_184, '9.0 MiB'], [268_435_456, '256 MiB']])('writes %d bytes as %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected)
})
