import { fakeApi } from '../testing/api'
import { Sessions, phase, saved, type } from '../testing/sessions'
import { outbox } from './outbox'

const server = fakeApi()

it('puts changes of two sides together where they do not touch', async () => {
  const sessions = new Sessions(server)
  const { workspace, keeper } = await saved('one')
  sessions.saveElsewhere('s1', { title: 'Renamed elsewhere', arguments: ['-v'] })
  type(workspace, 'mine')
  await keeper.flush()
  await vi.waitFor(() => expect(phase(keeper)).toBe('saved'))

  expect(sessions.all.get('s1')).toMatchObject({ version: 3, title: 'Renamed elsewhere', arguments: ['-v'], files: [{ content: 'mine' }] })
  expect(workspace.state().draft).toMatchObject({ arguments: '-v', saved: { version: 3, title: 'Renamed elsewhere' } })
})

describe('when both sides changed the same', () => {
  async function conflict() {
    const sessions = new Sessions(server)
    const { workspace, keeper } = await saved('one')
    sessions.saveElsewhere('s1', { files: [{ path: 'main.py', content: 'theirs' }] })
    type(workspace, 'mine')
    await keeper.flush()
    expect(keeper.state()).toMatchObject({ phase: 'conflict', theirs: { version: 2 } })
    expect(workspace.state().draft?.saved?.version).toBe(1)
    // Going on does not overwrite it.
    type(workspace, 'mine!')
    await keeper.flush()
    expect(sessions.all.get('s1')?.files[0]?.content).toBe('theirs')
    return { sessions, workspace, keeper }
  }
  const code = (sessions: Sessions, id: string) => sessions.all.get(id)?.files[0]?.content

  it('keeps mine as a copy', async () => {
    const { sessions, workspace, keeper } = await conflict()
    await keeper.keepMineAsCopy()
    expect(phase(keeper)).toBe('saved')
    expect([code(sessions, 's1'), code(sessions, 's2')]).toEqual(['theirs', 'mine!'])
    expect(outbox.list()).toEqual([])
    expect(workspace.state().draft?.saved).toMatchObject({ id: 's2', title: 'Python program (my copy)' })
  })

  it('takes theirs, and mine can be brought back', async () => {
    const { sessions, workspace, keeper } = await conflict()
    keeper.takeTheirs()
    await keeper.flush()
    expect(phase(keeper)).toBe('saved')
    expect(workspace.state()).toMatchObject({ draft: { files: [{ content: 'theirs' }] }, replaced: { files: [{ content: 'mine!' }] } })
    expect(sessions.all.get('s1')?.version).toBe(2)
  })

  it('replaces theirs', async () => {
    const { sessions, keeper } = await conflict()
    await keeper.replaceTheirs()
    expect(phase(keeper)).toBe('saved')
    expect([code(sessions, 's1'), sessions.all.get('s1')?.version]).toEqual(['mine!', 3])
  })
})

it('follows what was saved elsewhere while nothing was changed here', async () => {
  const sessions = new Sessions(server)
  const { workspace } = await saved('one')
  sessions.saveElsewhere('s1', { files: [{ path: 'main.py', content: 'theirs' }] })
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(workspace.state()).toMatchObject({ draft: { files: [{ content: 'theirs' }], saved: { version: 2 } }, replaced: null }))
})

it('saves anew what was forgotten on the server', async () => {
  const sessions = new Sessions(server)
  const { workspace, keeper } = await saved('one')
  sessions.all.delete('s1')
  type(workspace, 'two')
  await keeper.flush()
  await keeper.flush()
  expect(phase(keeper)).toBe('saved')
  expect(sessions.saves).toEqual(['one', 'two'])
})

it('does not bring back what was deleted on purpose before it is changed', async () => {
  const sessions = new Sessions(server)
  const { workspace, keeper } = await saved('one')
  keeper.discarded('s1')
  await keeper.flush()
  expect(keeper.state()).toEqual({ phase: 'here', asks: false })
  expect(sessions.saves).toEqual(['one'])

  type(workspace, 'two')
  await keeper.flush()
  expect(sessions.saves).toEqual(['one', 'two'])
})

it('keeps what the editor has no place for', async () => {
  const sessions = new Sessions(server)
  const { workspace, keeper } = await saved('one')
  sessions.saveElsewhere('s1', { compilerArguments: ['-O2'], languageVersion: '3.11' })
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(workspace.state().draft?.saved?.version).toBe(2))
  type(workspace, 'two')
  await keeper.flush()
  expect(sessions.all.get('s1')).toMatchObject({ compilerArguments: ['-O2'], languageVersion: '3.11', files: [{ content: 'two' }] })
})
