import { cpp, python } from '../testing/languages'
import { Workspace } from './workspace'

it('starts with the sample', () => {
  const workspace = new Workspace()
  workspace.open(python)
  expect(workspace.state().draft).toEqual({ code: python.sample, arguments: '', saved: null })
})

it('keeps a draft for each language when switching', () => {
  const workspace = new Workspace()
  workspace.open(python)
  workspace.edit({ code: 'print(1)' })
  workspace.open(cpp)
  workspace.edit({ code: 'int x;' })
  workspace.open(python)
  expect(workspace.state().draft?.code).toBe('print(1)')
  workspace.open(cpp)
  expect(workspace.state().draft?.code).toBe('int x;')
})

it('restores the draft and the language after a reload', () => {
  const before = new Workspace()
  before.open(cpp)
  before.edit({ code: 'int x;', arguments: '--fast' })
  before.flush()

  const after = new Workspace()
  expect(Workspace.rememberedLanguage()).toBe('cpp')
  after.open(cpp)
  expect(after.state().draft).toEqual({ code: 'int x;', arguments: '--fast', saved: null })
})

it('saves by itself shortly after typing', () => {
  vi.useFakeTimers()
  const workspace = new Workspace()
  workspace.open(python)
  workspace.edit({ code: 'print(2)' })
  vi.advanceTimersByTime(1_000)
  vi.useRealTimers()
  expect(localStorage.getItem('oc.draft.python')).toContain('print(2)')
})

it('does not let two tabs write over each other', () => {
  const workspace = new Workspace()
  workspace.open(python)
  workspace.edit({ code: 'of this tab' })
  workspace.flush()
  localStorage.setItem('oc.draft.python', JSON.stringify({ code: 'of the other tab' }))

  const reloaded = new Workspace()
  reloaded.open(python)
  expect(reloaded.state().draft?.code).toBe('of this tab')
})

it('starts with the sample when a stored draft cannot be read', () => {
  localStorage.setItem('oc.draft.python', '{"code":')
  const workspace = new Workspace()
  workspace.open(python)
  expect(workspace.state().draft?.code).toBe(python.sample)
})

it('says so when the browser refuses to store a draft', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const workspace = new Workspace()
  workspace.open(python)
  workspace.edit({ code: 'x' })
  workspace.flush()
  expect(workspace.state()).toMatchObject({ stored: false, draft: { code: 'x' } })
})

it('brings back code that was replaced', () => {
  const workspace = new Workspace()
  workspace.open(python)
  workspace.edit({ code: 'my own' })
  workspace.replace(python, { code: 'opened', arguments: '', saved: null })
  expect(workspace.state()).toMatchObject({ draft: { code: 'opened' }, replaced: { code: 'my own' } })
  workspace.bringBack()
  expect(workspace.state()).toMatchObject({ draft: { code: 'my own' }, replaced: null })
})

it('puts nothing aside when the sample was all there was', () => {
  const workspace = new Workspace()
  workspace.open(python)
  workspace.replace(python, { code: 'opened', arguments: '', saved: null })
  expect(workspace.state().replaced).toBeNull()
})
