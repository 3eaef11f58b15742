import { type PathProblem, findFile, findPathProblem, freePath } from './files'

const files = [{ path: 'main.py', content: '' }, { path: 'lib/util.py', content: '' }]

it.each<[path: string, problem: PathProblem | null]>([
  ['util.py', null],
  ['lib/more.py', null],
  ['.env', null],
  ['ein Name.txt', null],
  ['', 'empty'],
  ['/etc/passwd', 'absolute'],
  ['../x.py', 'segments'],
  ['a//b', 'segments'],
  ['./a', 'segments'],
  ['a/', 'segments'],
  ['a\\b', 'backslash'],
  ['a\nb', 'control'],
  ['ü'.repeat(128), 'long'],
  ['main.py', 'taken'],
  ['lib', 'folder'],
  ['main.py/x', 'folder'],
])('judges the path %j: %s', (path, problem) => {
  expect(findPathProblem(path, files)).toBe(problem)
})

it('lets a file keep its own name', () => {
  expect(findPathProblem('main.py', files, 'main.py')).toBeNull()
})

it('finds a name that is free', () => {
  expect(freePath('new.py', files)).toBe('new.py')
  expect(freePath('main.py', files)).toBe('main2.py')
  expect(freePath('lib', files)).toBe('lib2')
})

it.each([
  ['main.py', 'main.py'],
  ['./main.py', 'main.py'],
  ['/workspace/lib/util.py', 'lib/util.py'],
  ['file:///workspace/main.py', 'main.py'],
  ['util.py', 'lib/util.py'],
  ['other.py', null],
  ['/usr/lib/python3/main.py', null],
  ['', null],
])('knows which file %j means', (named, path) => {
  expect(findFile(named, files.map((file) => file.path))).toBe(path)
})

it('does not guess between files of the same name', () => {
  expect(findFile('x.c', ['a/x.c', 'b/x.c'])).toBeNull()
})
