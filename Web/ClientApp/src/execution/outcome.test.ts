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

it('explains a limit in the words of the service', () => {
  expect(describeRun(ran({ outcome: 'memoryLimit', exitCode: null, message: 'The program needed more than 256 MiB.' }))).toMatchObject({
    headline: 'Memory limit reached',
    explanation: 'The program needed more than 256 MiB.',
  })
})

it('calls a failed compilation so, whatever the exit code', () => {
  expect(describeRun(failedToCompile())).toMatchObject({ stage: 'compile', headline: 'Compilation failed', explanation: null })
})

it('says which limit a compilation reached', () => {
  expect(describeRun(failedToCompile({ outcome: 'wallTimeLimit', message: 'Compiling took longer than 15 s.' })).explanation)
    .toBe('Time limit reached: Compiling took longer than 15 s.')
})

it.each([[0.42, '0.4 ms'], [6.1, '6.1 ms'], [372.4, '372 ms'], [4123, '4.12 s'], [60_000, '60.0 s']])('writes %d ms as %s', (ms, expected) => {
  expect(formatTime(ms)).toBe(expected)
})

it.each([[4096, '4 KiB'], [9_437_184, '9.0 MiB'], [268_435_456, '256 MiB']])('writes %d bytes as %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected)
})
