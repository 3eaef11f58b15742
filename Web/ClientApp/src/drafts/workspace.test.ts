import { cpp, python } from '../testing/languages'
import { contentOf, singleFile } from './draft'
import { Workspace } from './workspace'

function opened(language = python) {
  const workspace = new Workspace()
  workspace.open(language)
  return workspace
}

const shown = (workspace: Workspace) => {
  const { draft } = workspace.state()
  return draft && contentOf(draft, draft.active)
}

const paths = (workspace: Workspace) => workspace.state().draft?.files.map(({ path }) => path)

it('starts with the sample', () => {
  expect(opened().state().draft).toEqual(singleFile('main.py', python.sample))
})

it('keeps a draft for each language when switching', () => {
  const workspace = opened()
  workspace.editFile('main.py', 'print(1)')
  workspace.open(cpp)
  workspace.editFile('main.cpp', 'int x;')
  workspace.open(python)
  expect(shown(workspace)).toBe('print(1)')
  workspace.open(cpp)
  expect(shown(workspace)).toBe('int x;')
})

it('restores the whole draft and the language after a reload', () => {
  const before = opened(cpp)
  before.editFile('main.cpp', 'int x;')
  before.addFile({ path: 'a/b.h', content: '' })
  before.editFile('a/b.h', '#define B')
  before.edit({ arguments: '--fast', stdin: '1\n', compilerArguments: '-O2', version: '12', active: 'a/b.h' })
  before.flush()
  const draft = before.state().draft

  expect(Workspace.rememberedLanguage()).toBe('cpp')
  expect(opened(cpp).state().draft).toEqual(draft)
})

it('reads what an earlier page stored, and loses nothing of it', () => {
  const saved = { id: 'abc', version: 3, title: 'Mine', code: 'older', arguments: '-x' }
  localStorage.setItem('oc.draft.python', JSON.stringify({ code: 'typed once', arguments: '-y', saved }))
  expect(opened().state().draft).toEqual({
    ...singleFile('main.py', 'typed once'),
    arguments: '-y',
    saved: { id: 'abc', version: 3, title: 'Mine', files: [{ path: 'main.py', content: 'older' }], entryPoint: 'main.py', arguments: '-x', stdin: '', compilerArguments: '', languageVersion: '' },
  })
  localStorage.setItem('oc.draft.python', JSON.stringify({ code: 'only code' }))
  sessionStorage.clear()
  expect(shown(opened())).toBe('only code')
})

it('shows a file that is there, whatever a stored draft names', () => {
  localStorage.setItem('oc.draft.python', JSON.stringify({ files: [{ path: 'a.py', content: '1' }], entryPoint: 'gone.py', active: 'gone.py' }))
  expect(opened().state().draft).toMatchObject({ entryPoint: 'a.py', active: 'a.py' })
})

it('saves by itself shortly after typing', () => {
  vi.useFakeTimers()
  opened().editFile('main.py', 'print(2)')
  vi.advanceTimersByTime(1_000)
  vi.useRealTimers()
  expect(localStorage.getItem('oc.draft.python')).toContain('print(2)')
})

it('does not let two tabs write over each other', () => {
  const workspace = opened()
  workspace.editFile('main.py', 'of this tab')
  workspace.flush()
  localStorage.setItem('oc.draft.python', JSON.stringify({ code: 'of the other tab' }))
  expect(shown(opened())).toBe('of this tab')
})

it('starts with the sample when a stored draft cannot be read', () => {
  localStorage.setItem('oc.draft.python', '{"code":')
  expect(shown(opened())).toBe(python.sample)
})

it('says so when the browser refuses to store a draft', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const workspace = opened()
  workspace.editFile('main.py', 'x')
  workspace.flush()
  expect(workspace.state().stored).toBe(false)
  expect(shown(workspace)).toBe('x')
})

it('brings back a program that was replaced, all of it', () => {
  const workspace = opened()
  workspace.addFile({ path: 'util.py', content: 'my own' })
  const mine = workspace.state().draft
  workspace.replace(python, singleFile('main.py', 'opened'))
  expect(workspace.state()).toMatchObject({ draft: { files: [{ content: 'opened' }] }, replaced: mine })
  workspace.bringBack()
  expect(workspace.state()).toMatchObject({ draft: mine, replaced: null })
})

it('puts nothing aside when the sample was all there was', () => {
  const workspace = opened()
  workspace.replace(python, singleFile('main.py', 'opened'))
  expect(workspace.state().replaced).toBeNull()
})

describe('what the editor keeps of a file', () => {
  it('stays with it under a new name', () => {
    const workspace = opened()
    const before = workspace.documentOf('main.py')
    workspace.renameFile('main.py', 'app.py')
    expect(workspace.documentOf('app.py')).toBe(before)
    expect(workspace.state().draft).toMatchObject({ entryPoint: 'app.py', active: 'app.py' })
  })

  it('is not what a new file of an old name gets', () => {
    const workspace = opened()
    const before = workspace.documentOf('main.py')
    workspace.renameFile('main.py', 'app.py')
    workspace.addFile({ path: 'main.py', content: '' })
    expect(workspace.documentOf('main.py')).not.toBe(before)
  })

  it('comes back with a file whose deletion is undone', () => {
    const workspace = opened()
    workspace.addFile({ path: 'util.py', content: 'x' })
    const before = workspace.documentOf('util.py')
    workspace.deleteFile('util.py')
    workspace.restoreFile()
    expect(workspace.documentOf('util.py')).toBe(before)
  })

  it('is given up when the program is replaced', () => {
    const workspace = opened()
    const before = workspace.documentOf('main.py')
    workspace.replace(python, singleFile('main.py', 'opened'))
    expect(workspace.documentOf('main.py')).not.toBe(before)
  })
})

it('undoes a deletion: the file is where it was, and starts the program again', () => {
  const workspace = opened()
  workspace.addFile({ path: 'util.py', content: 'x' })
  workspace.deleteFile('main.py')
  expect(workspace.state().draft).toMatchObject({ entryPoint: 'util.py', active: 'util.py' })
  workspace.restoreFile()
  expect(paths(workspace)).toEqual(['main.py', 'util.py'])
  expect(workspace.state()).toMatchObject({ draft: { entryPoint: 'main.py', active: 'main.py' }, deleted: null })
})

it('does not delete the last file', () => {
  const workspace = opened()
  workspace.deleteFile('main.py')
  expect(paths(workspace)).toEqual(['main.py'])
})

describe('files from outside', () => {
  it('replace an untouched sample when one of them can be run', () => {
    const workspace = opened()
    workspace.bring([{ path: 'data.txt', content: '1' }, { path: 'solve.py', content: '2' }])
    expect(workspace.state().draft).toMatchObject({ entryPoint: 'solve.py', active: 'solve.py' })
    expect(paths(workspace)).toEqual(['data.txt', 'solve.py'])
  })

  it('come beside what somebody wrote', () => {
    const workspace = opened()
    workspace.editFile('main.py', 'mine')
    workspace.bring([{ path: 'solve.py', content: '2' }])
    expect(paths(workspace)).toEqual(['main.py', 'solve.py'])
    expect(workspace.state()).toMatchObject({ draft: { entryPoint: 'main.py', active: 'solve.py' }, replaced: null })
  })

  it('of the same name can be taken back', () => {
    const workspace = opened()
    workspace.editFile('main.py', 'mine')
    workspace.bring([{ path: 'main.py', content: 'theirs' }])
    expect(shown(workspace)).toBe('theirs')
    workspace.bringBack()
    expect(shown(workspace)).toBe('mine')
  })
})
