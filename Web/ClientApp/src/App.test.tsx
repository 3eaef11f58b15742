import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { App } from './App'
import { api, fakeApi } from './testing/api'
import { languages } from './testing/languages'
import { failedToCompile, ran } from './testing/results'
import { FakeSocket } from './testing/socket'

// Both measure text, which jsdom cannot; the whole-app browser test has the real ones.
vi.mock('./editor/CodeEditor', () => ({
  default: ({ initialCode, fileName, onEdit, documentId }: { initialCode: string; fileName: string; documentId: string; onEdit: (code: string) => void }) => (
    <textarea key={documentId} data-testid="editor" aria-label={`Code, ${fileName}`} defaultValue={initialCode} onChange={(event) => onEdit(event.target.value)} />
  ),
}))
vi.mock('./terminal/Terminal', () => ({ default: () => <div data-testid="terminal" tabIndex={0} /> }))

const server = fakeApi()

beforeEach(() => {
  server.use(http.get(api('/languages'), () => HttpResponse.json({ languages })))
  vi.stubGlobal('WebSocket', FakeSocket)
})
afterEach(() => vi.unstubAllGlobals())

async function showApp() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const page = render(<QueryClientProvider client={client}><App /></QueryClientProvider>)
  // Not the plain one that stands there until it has arrived, and that would be gone before an edit.
  await screen.findByTestId('editor')
  return { page, code: screen.getByRole('textbox', { name: 'Code, main.py' }) }
}

const say = (...frames: object[]) => act(() => FakeSocket.last.say(...frames))

it('runs what is in the editor, with its arguments, on Ctrl-Enter from anywhere', async () => {
  const { code } = await showApp()
  fireEvent.change(code, { target: { value: 'print(1)' } })
  await userEvent.click(screen.getByRole('button', { name: 'Run options' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Arguments' }), '-n 3{Control>}{Enter}{/Control}')
  act(() => FakeSocket.last.open())
  expect(FakeSocket.last.sent[0]).toMatchObject({
    type: 'start',
    execution: { language: 'python', files: [{ path: 'main.py', content: 'print(1)' }], entryPoint: 'main.py', arguments: ['-n', '3'] },
  })
})

it('turns Run into Stop while a program runs, and back', async () => {
  await showApp()
  await userEvent.click(screen.getByRole('button', { name: 'Run' }))
  say({ type: 'accepted', id: '1' }, { type: 'stage', stage: 'run' })
  expect(screen.getByRole('button', { name: 'Stop' })).toBeEnabled()
  expect(screen.getByRole('status')).toHaveTextContent('Running…')
  say(ran())
  expect(screen.getByRole('button', { name: 'Run' })).toBeEnabled()
  expect(screen.getByRole('status')).toHaveTextContent('Finished')
})

it('lists the problems of a failed compilation', async () => {
  localStorage.setItem('oc.language', 'cpp')
  const client = new QueryClient()
  render(<QueryClientProvider client={client}><App /></QueryClientProvider>)
  await screen.findByRole('textbox', { name: 'Code, main.cpp' })
  await userEvent.click(screen.getByRole('button', { name: 'Run' }))
  const missing = { file: 'main.cpp', line: 1, column: 5, severity: 'error' as const, message: "expected ';'" }
  say({ type: 'stage', stage: 'compile' }, failedToCompile({ diagnostics: [missing] }))
  expect(screen.getByRole('region', { name: 'Problems' })).toHaveTextContent("Compilation failed 1 errorerror: expected ';'main.cpp:1:5")
})

it('keeps code when the language is switched and the page reloaded', async () => {
  const { page, code } = await showApp()
  fireEvent.change(code, { target: { value: 'print("kept")' } })
  await userEvent.click(screen.getByTestId('language-picker'))
  await userEvent.click(screen.getByRole('option', { name: /C\+\+/ }))
  expect(screen.getByRole('textbox', { name: 'Code, main.cpp' })).toHaveValue('int main() {}\n')
  await userEvent.click(screen.getByTestId('language-picker'))
  await userEvent.click(screen.getByRole('option', { name: /Python/ }))
  expect(screen.getByRole('textbox', { name: 'Code, main.py' })).toHaveValue('print("kept")')

  page.unmount()
  const { code: again } = await showApp()
  expect(again).toHaveValue('print("kept")')
})

it('shows why a run was refused', async () => {
  await showApp()
  await userEvent.click(screen.getByRole('button', { name: 'Run' }))
  say({ type: 'error', problem: { title: 'Too many programs are running', status: 429, detail: 'Try again in 2 seconds.' } })
  expect(screen.getByRole('alert')).toHaveTextContent('Too many programs are runningTry again in 2 seconds.')
})

it('says when the languages cannot be had, and tries again', async () => {
  server.use(http.get(api('/languages'), () => HttpResponse.json({ title: 'Starting up', status: 503 }, { status: 503 }), { once: true }))
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(<QueryClientProvider client={client}><App /></QueryClientProvider>)
  expect(await screen.findByRole('alert')).toHaveTextContent('Starting up')
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('textbox', { name: 'Code, main.py' })).toBeVisible()
})

it('paints from the list seen last while the service does not answer', async () => {
  localStorage.setItem('oc.languages', JSON.stringify({ languages }))
  server.use(http.get(api('/languages'), () => HttpResponse.error()))
  const { code } = await showApp()
  expect(code).toHaveValue('print(input())\n')
})

describe('a link', () => {
  afterEach(() => window.history.replaceState(null, '', '/'))

  const snapshot = { id: 'abc', title: 'Shared', language: 'cpp', files: [{ path: 'main.cpp', content: 'int main() { return 7; }' }], stdin: '', arguments: ['-x'], entryPoint: 'main.cpp', createdAt: '2026-11-23T12:00:00Z', expiresAt: null }

  function open(address: string) {
    window.history.replaceState(null, '', address)
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    return render(<QueryClientProvider client={client}><App /></QueryClientProvider>)
  }

  it('opens what was shared, and keeps what was there', async () => {
    localStorage.setItem('oc.draft.cpp', JSON.stringify({ code: 'my own' }))
    let answer = () => {}
    const asked = new Promise<void>((resolve) => { answer = resolve })
    server.use(http.get(api('/snapshots/abc'), () => asked.then(() => HttpResponse.json(snapshot))))
    const page = open('/s/abc')
    expect(await screen.findByText('Opening what was shared…')).toBeVisible()
    answer()
    expect(await screen.findByRole('textbox', { name: 'Code, main.cpp' })).toHaveValue('int main() { return 7; }')
    expect(screen.getByRole('textbox', { name: 'Arguments' })).toHaveValue('-x')
    expect(screen.getByText('Your earlier code was put aside.')).toBeVisible()
    expect(window.location.pathname).toBe('/')

    // It is theirs now.
    page.unmount()
    open('/')
    expect(await screen.findByRole('textbox', { name: 'Code, main.cpp' })).toHaveValue('int main() { return 7; }')
  })

  it('says when there is nothing behind it, and opens the rest', async () => {
    server.use(http.get(api('/snapshots/gone'), () => HttpResponse.json({ title: 'There is nothing here.', status: 404 }, { status: 404 })))
    open('/s/gone')
    expect(await screen.findByRole('alert')).toHaveTextContent('There is nothing here.')
    expect(await screen.findByRole('textbox', { name: 'Code, main.py' })).toHaveValue('print(input())\n')
  })

  it('opens a language by any of its names', async () => {
    open('/c++')
    expect(await screen.findByRole('textbox', { name: 'Code, main.cpp' })).toHaveValue('int main() {}\n')
  })

  it('carries a program', async () => {
    open('/py#code=print(%22hi%22)')
    expect(await screen.findByRole('textbox', { name: 'Code, main.py' })).toHaveValue('print("hi")')
    expect(window.location.hash).toBe('')
  })

  it('names a language that is not known', async () => {
    open('/klingon')
    expect(await screen.findByRole('alert')).toHaveTextContent('This server does not know klingon')
  })
})
