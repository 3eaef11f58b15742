import { HttpResponse, http } from 'msw'
import { singleFile } from '../drafts/draft'
import { api, fakeApi } from '../testing/api'
import { cpp } from '../testing/languages'
import { Sessions, open, phase, saved, type } from '../testing/sessions'
import { chooseKeeping } from './choice'
import { fingerprint } from './known'
import { outbox } from './outbox'

const server = fakeApi()

it('uploads nothing before the person has said so', async () => {
  const sessions = new Sessions(server)
  const { workspace, keeper } = open()
  expect(keeper.state()).toEqual({ phase: 'nothing' })

  type(workspace, 'print(1)')
  await keeper.flush()
  expect(keeper.state()).toEqual({ phase: 'here', asks: true })

  chooseKeeping('browser')
  await keeper.flush()
  expect(keeper.state()).toEqual({ phase: 'here', asks: false })
  expect(sessions.saves).toEqual([])

  chooseKeeping('server')
  await keeper.flush()
  expect(phase(keeper)).toBe('saved')
  expect(sessions.saves).toEqual(['print(1)'])
})

it('saves by itself when the person pauses, and is saved only when it is', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  const sessions = new Sessions(server)
  chooseKeeping('server')
  const { workspace, keeper } = open()

  type(workspace, 'a')
  type(workspace, 'ab')
  expect(phase(keeper)).toBe('saving')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sessions.saves).toEqual([])
  await vi.advanceTimersByTimeAsync(300)
  vi.useRealTimers()

  await vi.waitFor(() => expect(phase(keeper)).toBe('saved'))
  expect(sessions.saves).toEqual(['ab'])
  type(workspace, 'abc')
  expect(phase(keeper)).toBe('saving')
  expect(await keeper.flush()).toEqual({ id: 's1', version: 2 })
})

it('does not save the sample', async () => {
  const sessions = new Sessions(server)
  chooseKeeping('server')
  const { keeper } = open()
  expect(await keeper.flush()).toBeNull()
  expect(sessions.saves).toEqual([])
})

it('says when the service is away, and saves when it is back', async () => {
  const sessions = new Sessions(server)
  const { workspace, keeper } = await saved('one')
  sessions.away = true
  type(workspace, 'two')
  await keeper.flush()
  expect(phase(keeper)).toBe('offline')
  type(workspace, 'three')
  expect(phase(keeper)).toBe('offline')

  sessions.away = false
  window.dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(phase(keeper)).toBe('saved'))
  expect(sessions.saves).toEqual(['one', 'three'])
})

it('keeps what was left while the service was away, and sends it later', async () => {
  const sessions = new Sessions(server)
  const { workspace, keeper } = await saved('one')
  sessions.away = true
  type(workspace, 'two')
  await keeper.flush()
  // Another program takes its place.
  workspace.replace(cpp, singleFile('main.cpp', 'int main() { return 1; }'))
  await keeper.flush()
  expect(outbox.list()).toMatchObject([{ saved: { id: 's1', version: 1 }, content: { files: [{ content: 'two' }] } }])

  sessions.away = false
  window.dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(outbox.list()).toEqual([]))
  expect(sessions.all.get('s1')?.files[0]?.content).toBe('two')
  await vi.waitFor(() => expect(phase(keeper)).toBe('saved'))
})

it('has nothing to save after a new name alone', async () => {
  const sessions = new Sessions(server)
  const { workspace, keeper } = await saved('one')
  sessions.saveElsewhere('s1', { title: 'Better' })
  // As the service answers a new name: without files.
  const answer = { ...sessions.all.get('s1'), id: 's1', version: 2, title: 'Better', files: [] }
  keeper.changed(answer)
  expect(phase(keeper)).toBe('saved')
  expect(await keeper.flush()).toEqual({ id: 's1', version: 2 })
  expect(workspace.state().draft?.saved?.title).toBe('Better')
  expect(sessions.saves).toEqual(['one'])
})

it('makes nobody the owner of a program that they only look at', async () => {
  const sessions = new Sessions(server)
  chooseKeeping('server')
  const { workspace, keeper } = open()
  type(workspace, 'shared')
  keeper.leave('Theirs')
  await keeper.flush()
  expect(sessions.saves).toEqual([])

  keeper.takeUp()
  await vi.waitFor(() => expect(phase(keeper)).toBe('saved'))
  expect(sessions.all.get('s1')?.title).toBe('Theirs')
})

it('says why the server does not take it, and tries again when it is changed', async () => {
  server.use(http.post(api('/sessions'), () => HttpResponse.json({ title: 'Too large', status: 413 }, { status: 413 })))
  chooseKeeping('server')
  const { workspace, keeper } = open()
  type(workspace, 'one')
  await keeper.flush()
  expect(keeper.state()).toMatchObject({ phase: 'refused', problem: { title: 'Too large' } })

  const sessions = new Sessions(server)
  type(workspace, 'two')
  await keeper.flush()
  expect(phase(keeper)).toBe('saved')
  expect(sessions.saves).toEqual(['two'])
})

it('knows the same program by whatever order it comes in', () => {
  const [a, b] = [{ path: 'a', content: '1' }, { path: 'b', content: '2' }]
  const content = { title: 'x', language: 'python', arguments: [], entryPoint: 'a', stdin: '', compilerArguments: [], languageVersion: '' }
  expect(fingerprint({ ...content, files: [a, b] })).toBe(fingerprint({ files: [b, a], ...content }))
})
