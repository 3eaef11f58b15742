import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { useSyncExternalStore } from 'react'
import { Workspace } from '../drafts/workspace'
import { api, fakeApi } from '../testing/api'
import { languages, python } from '../testing/languages'
import { keepChoice } from './choice'
import Programs from './Programs'

const server = fakeApi()

const greeting = {
  id: 'abc', version: 5, title: 'Greeting', language: 'python', files: [{ path: 'main.py', content: 'print("theirs")' }],
  stdin: '', arguments: ['two words'], entryPoint: 'main.py', compilerArguments: [], languageVersion: '', savedAt: '2026-11-23T12:00:00Z',
}
const sorting = { ...greeting, id: 'def', title: 'Sorting', language: 'cpp' }

const list = (...sessions: object[]) => http.get(api('/sessions'), () => HttpResponse.json({ sessions, nextPageToken: '' }))

function show(workspace = new Workspace()) {
  workspace.open(python)
  const onClose = vi.fn()
  function Page() {
    const state = useSyncExternalStore(workspace.subscribe, workspace.state)
    return <Programs workspace={workspace} state={state} languages={languages} keeper={null} onClose={onClose} />
  }
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const page = render(<QueryClientProvider client={client}><Page /></QueryClientProvider>)
  return { workspace, onClose, page }
}

it('says what will be here while nothing is, and where programs are kept', async () => {
  server.use(list())
  show()
  expect(await screen.findByText(/stay in this browser/)).toBeVisible()
  await userEvent.click(screen.getByRole('checkbox', { name: /Keep my programs on the server/ }))
  expect(keepChoice()).toBe('server')
  expect(screen.getByText(/Nothing here yet/)).toBeVisible()
})

it('finds a program by its name or language, on later pages too', async () => {
  server.use(http.get(api('/sessions'), ({ request }) => {
    const isSecond = new URL(request.url).searchParams.get('pageToken') === 'next'
    return HttpResponse.json(isSecond ? { sessions: [sorting], nextPageToken: '' } : { sessions: [greeting], nextPageToken: 'next' })
  }))
  show()
  await screen.findByRole('button', { name: /^Greeting/ })
  expect(screen.queryByRole('button', { name: /^Sorting/ })).toBeNull()
  await userEvent.type(screen.getByRole('searchbox'), 'c++')
  expect(await screen.findByRole('button', { name: /^Sorting/ })).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Greeting/ })).toBeNull()
  await userEvent.type(screen.getByRole('searchbox'), 'nothing')
  expect(await screen.findByText('No program is called “c++nothing”.')).toBeVisible()
})

it('opens a program', async () => {
  server.use(list(greeting), http.get(api('/sessions/abc'), () => HttpResponse.json(greeting)))
  const { workspace, onClose } = show()
  await userEvent.click(await screen.findByRole('button', { name: /^Greeting/ }))
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(workspace.state().draft).toMatchObject({ arguments: "'two words'", saved: { id: 'abc', version: 5, title: 'Greeting' } })
})

it('renames in place: Enter takes the name, Escape does not', async () => {
  const names: unknown[] = []
  server.use(list(greeting), http.patch(api('/sessions/abc'), async ({ request }) => {
    names.push(await request.json())
    return HttpResponse.json({ ...greeting, files: [], version: 6, title: 'Better' })
  }))
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Rename Greeting' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'New name' }), 'Not this{Escape}')
  await userEvent.click(screen.getByRole('button', { name: 'Rename Greeting' }))
  await userEvent.clear(screen.getByRole('textbox', { name: 'New name' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'New name' }), 'Better{Enter}')
  await vi.waitFor(() => expect(names).toEqual([{ title: 'Better' }]))
})

it('duplicates', async () => {
  const titles: (string | null)[] = []
  server.use(list(greeting), http.post(api('/sessions/abc/copies'), ({ request }) => {
    titles.push(new URL(request.url).searchParams.get('title'))
    return HttpResponse.json({ ...greeting, id: 'copy', version: 1 }, { status: 201 })
  }))
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Duplicate Greeting' }))
  await vi.waitFor(() => expect(titles).toEqual(['Greeting (copy)']))
})

describe('deleting', () => {
  const deleted: string[] = []
  beforeEach(() => {
    deleted.length = 0
    server.use(list(greeting, sorting), http.delete(api('/sessions/:id'), ({ params }) => {
      deleted.push(String(params['id']))
      return new HttpResponse(null, { status: 204 })
    }))
  })

  it('can be undone', async () => {
    const { page } = show()
    await userEvent.click(await screen.findByRole('button', { name: 'Delete Greeting' }))
    expect(screen.queryByRole('button', { name: /^Greeting/ })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(screen.getByRole('button', { name: /^Greeting/ })).toBeVisible()
    page.unmount()
    expect(deleted).toEqual([])
  })

  it('is done when the list is closed, or the next is deleted', async () => {
    const { page } = show()
    await userEvent.click(await screen.findByRole('button', { name: 'Delete Greeting' }))
    expect(deleted).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Delete Sorting' }))
    await vi.waitFor(() => expect(deleted).toEqual(['abc']))
    page.unmount()
    await vi.waitFor(() => expect(deleted).toEqual(['abc', 'def']))
  })
})

it('tells what a program was and how it ran, and goes back', async () => {
  const run = { version: 4, outcome: 'nonzeroExit', exitCode: 3, compileFailed: false, wallTimeMs: 6.1, cpuTimeMs: 5, memoryPeakBytes: 9_437_184, ranAt: '2026-11-23T11:00:00Z' }
  server.use(
    list(greeting),
    http.get(api('/sessions/abc'), () => HttpResponse.json(greeting)),
    http.get(api('/sessions/abc/history'), () => HttpResponse.json({
      versions: [5, 4].map((version) => ({ version, title: 'Greeting', savedAt: '2026-11-23T12:00:00Z', contentBytes: 20 })),
      runs: [run, { ...run, outcome: 'wallTimeLimit', exitCode: null }],
    })),
    http.get(api('/sessions/abc/versions/4'), () => HttpResponse.json({ ...greeting, version: 4, files: [{ path: 'main.py', content: 'print("before")' }] })),
  )
  const { workspace, onClose } = show()
  await userEvent.click(await screen.findByRole('button', { name: 'History of Greeting' }))
  const rows = within(await screen.findByRole('table')).getAllByRole('row')
  expect(rows[1]).toHaveTextContent('Exit 36.1 ms9.0 MiB4')
  expect(rows[2]).toHaveTextContent('Time limit')
  const back = screen.getAllByRole('button', { name: /^Go back to it/ })
  expect(back).toHaveLength(1)
  await userEvent.click(back[0] as HTMLElement)
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled())
  // A change of the current version, to be saved as the next.
  expect(JSON.stringify(workspace.state().draft)).toContain('before')
  expect(workspace.state().draft?.saved).toMatchObject({ version: 5 })
})
