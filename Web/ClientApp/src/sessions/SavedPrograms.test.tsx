import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { useSyncExternalStore } from 'react'
import { Workspace } from '../drafts/workspace'
import { api, fakeApi } from '../testing/api'
import { languages, python } from '../testing/languages'
import SavedPrograms from './SavedPrograms'

const server = fakeApi()

const theirs = {
  id: 'abc', version: 5, title: 'Greeting', language: 'python', files: [{ path: 'main.py', content: 'print("theirs")' }],
  stdin: '', arguments: ['two words'], entryPoint: 'main.py', savedAt: '2026-11-23T12:00:00Z',
}

const list = (...sessions: object[]) => http.get(api('/sessions'), () => HttpResponse.json({ sessions, nextPageToken: '' }))

function show(workspace = new Workspace()) {
  workspace.open(python)
  const onClose = vi.fn()
  function Page() {
    const state = useSyncExternalStore(workspace.subscribe, workspace.state)
    return <SavedPrograms workspace={workspace} state={state} languages={languages} onClose={onClose} />
  }
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(<QueryClientProvider client={client}><Page /></QueryClientProvider>)
  return { workspace, onClose }
}

it('says what will be here while nothing is', async () => {
  server.use(list())
  show()
  expect(await screen.findByText(/Nothing saved yet/)).toBeVisible()
})

it('saves the program under a name', async () => {
  let body: unknown
  server.use(list(), http.post(api('/sessions'), async ({ request }) => {
    body = await request.json()
    return HttpResponse.json({ ...theirs, ...(body as object), version: 1 }, { status: 201 })
  }))
  const { workspace } = show()
  act(() => workspace.edit({ code: 'print(1)', arguments: '-n "a b"' }))
  await userEvent.type(screen.getByLabelText('Name of this program'), 'Mine')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByRole('button', { name: 'Saved' })).toBeDisabled()
  expect(body).toEqual({
    title: 'Mine', language: 'python', files: [{ path: 'main.py', content: 'print(1)' }], stdin: '', arguments: ['-n', 'a b'], entryPoint: 'main.py',
  })
  expect(workspace.state().draft?.saved).toMatchObject({ id: 'abc', version: 1, title: 'Mine' })
})

it('opens a saved program and keeps the code that was there', async () => {
  server.use(list(theirs), http.get(api('/sessions/abc'), () => HttpResponse.json(theirs)))
  const { workspace, onClose } = show()
  act(() => workspace.edit({ code: 'my own' }))
  await userEvent.click(await screen.findByRole('button', { name: /^Greeting/ }))
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(workspace.state()).toMatchObject({
    draft: { code: 'print("theirs")', arguments: "'two words'", saved: { version: 5 } },
    replaced: { code: 'my own' },
  })
})

it('deletes only after asking', async () => {
  const deleted = vi.fn()
  server.use(list(theirs), http.delete(api('/sessions/abc'), () => {
    deleted()
    return new HttpResponse(null, { status: 204 })
  }))
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Greeting' }))
  expect(deleted).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }))
  await vi.waitFor(() => expect(deleted).toHaveBeenCalled())
})

describe('when it was saved elsewhere meanwhile', () => {
  const saves: (string | null)[] = []

  beforeEach(() => {
    saves.length = 0
    server.use(
      list(theirs),
      http.get(api('/sessions/abc'), () => HttpResponse.json(theirs)),
      http.put(api('/sessions/abc'), async ({ request }) => {
        saves.push(request.headers.get('If-Match'))
        const current = request.headers.get('If-Match') === '"5"'
        return current
          ? HttpResponse.json({ ...theirs, ...(await request.json() as object), version: 6 })
          : HttpResponse.json({ title: 'Stale version', status: 412, currentVersion: 5 }, { status: 412 })
      }),
      http.post(api('/sessions'), async ({ request }) => HttpResponse.json({ ...theirs, ...(await request.json() as object), id: 'new', version: 1 }, { status: 201 })),
    )
  })

  async function saveStale() {
    const workspace = new Workspace()
    workspace.open(python)
    workspace.edit({ code: 'mine', saved: { id: 'abc', version: 2, title: 'Greeting', code: 'older', arguments: '' } })
    show(workspace)
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('saved elsewhere meanwhile')
    expect(saves).toEqual(['"2"'])
    return workspace
  }

  it('replaces theirs only when told to', async () => {
    const workspace = await saveStale()
    await userEvent.click(screen.getByRole('button', { name: 'Replace theirs' }))
    await vi.waitFor(() => expect(workspace.state().draft?.saved).toMatchObject({ version: 6, code: 'mine' }))
    expect(saves).toEqual(['"2"', '"5"'])
  })

  it('saves mine beside theirs', async () => {
    const workspace = await saveStale()
    await userEvent.click(screen.getByRole('button', { name: 'Save mine as a new program' }))
    await vi.waitFor(() => expect(workspace.state().draft?.saved).toMatchObject({ id: 'new', code: 'mine' }))
  })

  it('opens theirs and puts mine aside', async () => {
    const workspace = await saveStale()
    await userEvent.click(screen.getByRole('button', { name: 'Open theirs' }))
    await vi.waitFor(() => expect(workspace.state()).toMatchObject({ draft: { code: 'print("theirs")' }, replaced: { code: 'mine' } }))
  })
})
