import { render, screen } from '@testing-library/react'
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

function show(result = failedToCompile()) {
  const workspace = new Workspace()
  workspace.open(cpp)
  workspace.edit({ code: 'int main() { nam; }' })
  const transcript = new Transcript()
  transcript.add('compile', 'stderr', 'main.cpp:1:14: error: no')
  render(<AssistantOffer run={{ ...idle, phase: 'finished', language: 'cpp', result }} transcript={transcript} workspace={workspace} />)
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

it('offers nothing after a run that went well', () => {
  show(ran())
  expect(screen.queryByRole('button')).toBeNull()
})

it('explains a failure with what the compiler said', async () => {
  const asked = answers('explain', ['text', { text: 'It is **`nam`**' }], ['text', { text: ', not `name`.' }], ['completion', { model: 'a-model', inputTokens: 1, outputTokens: 2 }])
  show()
  await userEvent.click(screen.getByRole('button', { name: 'Explain' }))
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
  await userEvent.click(screen.getByRole('button', { name: 'Fix it' }))
  expect(await screen.findByText('It was run, and it works.')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Use this code' }))
  expect(workspace.state()).toMatchObject({ draft: { code: 'int main() {}' }, replaced: { code: 'int main() { nam; }' } })
})

it('says what to set when no model is configured', async () => {
  server.use(http.post(api('/ai/explain'), () => HttpResponse.json(
    { type: 'https://onlinecompiler.dev/problems/ai-not-configured', title: 'No model is configured', status: 503, detail: 'Set Ai:Model.' }, { status: 503 },
  )))
  show()
  await userEvent.click(screen.getByRole('button', { name: 'Explain' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('No model is configuredSet Ai:Model.')
})

it('shows an error that comes in the middle of the answer', async () => {
  answers('explain', ['text', { text: 'It is' }], ['error', { title: 'The model stopped answering', status: 502 }])
  show()
  await userEvent.click(screen.getByRole('button', { name: 'Explain' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The model stopped answering')
  expect(screen.getByRole('group', { name: 'Answer' })).toHaveTextContent('It is')
})
