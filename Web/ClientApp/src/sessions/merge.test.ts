import { merge } from './merge'
import type { SessionContent } from './api'

const base: SessionContent = {
  title: 'Greeting', language: 'python', files: [{ path: 'main.py', content: '1' }, { path: 'lib.py', content: '2' }],
  stdin: '', arguments: [], entryPoint: 'main.py', compilerArguments: [], languageVersion: '',
}
const files = (main: string, lib?: string) => [{ path: 'main.py', content: main }, ...(lib === undefined ? [] : [{ path: 'lib.py', content: lib }])]

it('keeps what each side changed', () => {
  expect(merge(base, { ...base, files: files('mine', '2') }, { ...base, files: files('1', 'theirs'), title: 'Renamed' }))
    .toEqual({ ...base, files: files('mine', 'theirs'), title: 'Renamed' })
})

it('takes the same change once', () => {
  expect(merge(base, { ...base, files: files('both', '2') }, { ...base, files: files('both', '2') })).toEqual({ ...base, files: files('both', '2') })
})

it('keeps a new file, and lets a deleted one go that the other left alone', () => {
  const mine = { ...base, files: [...files('1', '2'), { path: 'new.py', content: '3' }] }
  expect(merge(base, mine, { ...base, files: files('1') })?.files.map((file) => file.path)).toEqual(['main.py', 'new.py'])
})

it.each<[what: string, mine: Partial<SessionContent>, theirs: Partial<SessionContent>]>([
  ['a file', { files: files('mine', '2') }, { files: files('theirs', '2') }],
  ['a file that the other deleted', { files: files('1', 'mine') }, { files: files('1') }],
  ['the arguments', { arguments: ['-a'] }, { arguments: ['-b'] }],
  ['the file to start with', { entryPoint: 'lib.py' }, { files: files('1') }],
])('asks when both changed %s', (_, mine, theirs) => {
  expect(merge(base, { ...base, ...mine }, { ...base, ...theirs })).toBeNull()
})
