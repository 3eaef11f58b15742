import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { Workspace } from '../drafts/workspace'
import { idle } from '../execution/runState'
import { Transcript } from '../execution/transcript'
import { api, fakeApi } from '../testing/api'
import { cpp } from '../testing/languages'
import { failedToCompile, ran } from '../testing/results'
import { AssistantOffer } from './AssistantOffer'

// It measures text, which jsdom cannot.
vi.mock('./Proposal', () => ({ Proposal: ({ after }: { after: string }) => <pre>{after}</pre> }))

const server = fakeApi()

const known = vi.fn()
beforeEach(() => isConfigured('a-model'))

function isConfigured(model: string | null) {
  known.mockClear()
  server.use(http.get(api('/ai'), () => {
    known()
    return HttpResponse.json({ model })
  }))
}

function show(result = failedToCompile()) {
  const workspace = new Workspace()
  workspace.open(cpp)
  workspace.editFile('main.cpp', 'int main() { nam; }')
  const transcript = new Transcript()
  transcript.add('compile', 'stderr', 'main.cpp:1:14: error: no')
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AssistantOffer run={{ ...idle, phase: 'finished', language: 'cpp', result }} transcript={transcript} workspace={workspace} />
    </QueryClientProvider>,
  )
  return workspace
}

function answers(kind: 'explain' | 'fix', ...events: [name: string, data: object][]) {
  const asked = vi.fn()
  server.use(http.post(api(`/ai/${kind}`), async ({ request }) => {
    asked(await request.json())
    const body = events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('')
    return new HttpResponse(body, { headers: { 'Content-Type': 'text/event-stream' } })
  }))
  return asked
}

it('offers nothing where no model is configured', async () => {
  isConfigured(null)
  show()
  await waitFor(() => expect(known).toHaveBeenCalled())
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.queryByRole('textbox')).toBeNull()
})

it('answers a question about a program that went well, which has nothing to be fixed', async () => {
  const asked = answers('explain', ['text', { text: 'It ends at once.' }], ['completion', { model: 'a-model' }])
  show(ran())
  await userEvent.type(await screen.findByRole('textbox', { name: 'Ask about the program' }), ' Why so fast? ')
  expect(screen.queryByRole('button', { name: 'Fix it' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Ask' }))
  expect(await screen.findByText('It ends at once.')).toBeVisible()
  expect(screen.getByText('Why so fast?')).toBeVisible()
  expect(asked).toHaveBeenCalledWith(expect.objectContaining({ question: 'Why so fast?' }))
})

it('explains a failure with what the compiler said', async () => {
  const asked = answers('explain', ['text', { text: 'It is **`nam`**' }], ['text', { text: ', not `name`.' }], ['completion', { model: 'a-model', inputTokens: 1, outputTokens: 2 }])
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Explain' }))
  expect(await screen.findByText('Written by a-model. It can be wrong.')).toBeVisible()
  expect(screen.getByRole('group', { name: 'Answer' })).toHaveTextContent(/, not name\./)
  expect(asked).toHaveBeenCalledWith(expect.objectContaining({
    program: { language: 'cpp', files: [{ path: 'main.cpp', content: 'int main() { nam; }' }], entryPoint: 'main.cpp', arguments: [] },
    lastRun: { outcome: 'nonzeroExit', compilerOutput: 'main.cpp:1:14: error: no', stdout: '', stderr: '', exitCode: 1, message: null },
  }))
})

it('says whether the fix was proved, uses it, and keeps the code that was there', async () => {
  answers('fix', ['text', { text: 'Declared it.' }], ['fixed', { files: [{ path: 'main.cpp', content: 'int main() {}' }] }], ['proof', { passed: true, run: null }])
  const workspace = show()
  await userEvent.click(await screen.findByRole('button', { name: 'Fix it' }))
  expect(await screen.findByText('It was run, and it works.')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Use this code' }))
  expect(workspace.state()).toMatchObject({ draft: { files: [{ content: 'int main() {}' }] }, replaced: { files: [{ content: 'int main() { nam; }' }] } })
})

it('says what to set when the model is refused', async () => {
  server.use(http.post(api('/ai/explain'), () => HttpResponse.json(
    { type: 'https://onlinecompiler.dev/problems/ai-not-configured', title: 'No model is configured', status: 503, detail: 'Set Ai:Model.' }, { status: 503 },
  )))
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Explain' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('No model is configuredSet Ai:Model.')
})

it('shows an error that comes in the middle of the answer', async () => {
  answers('explain', ['text', { text: 'It is' }], ['error', { title: 'The model stopped answering', status: 502 }])
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Explain' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The model stopped answering')
  expect(screen.getByRole('group', { name: 'Answer' })).toHaveTextContent('It is')
})
