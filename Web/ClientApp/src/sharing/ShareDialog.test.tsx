import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { Workspace } from '../drafts/workspace'
import { api, fakeApi } from '../testing/api'
import { python } from '../testing/languages'
import ShareDialog from './ShareDialog'

const server = fakeApi()

function show() {
  const workspace = new Workspace()
  workspace.open(python)
  workspace.edit({ code: 'print(1)', arguments: '-n "a b"' })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ShareDialog state={workspace.state()} onClose={() => {}} />
    </QueryClientProvider>,
  )
}

const shared = (body: object) => HttpResponse.json({ ...body, id: 'pZGm1Av0IEBK', stdin: '', createdAt: '2026-11-23T12:00:00Z', expiresAt: null }, { status: 201 })

it('makes a link to the program as it is, and copies it', async () => {
  let body: unknown
  server.use(http.post(api('/snapshots'), async ({ request }) => {
    body = await request.json()
    return shared(body as object)
  }))
  const user = userEvent.setup()
  show()
  const link = `${window.location.origin}/s/pZGm1Av0IEBK`
  expect(await screen.findByLabelText('Link to this program')).toHaveValue(link)
  expect(body).toEqual({
    title: 'Python program', language: 'python', files: [{ path: 'main.py', content: 'print(1)' }], stdin: '', arguments: ['-n', 'a b'], entryPoint: 'main.py',
  })
  await user.click(screen.getByRole('button', { name: 'Copy' }))
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await navigator.clipboard.readText()).toBe(link)
})

it('says why there is no link, and tries again', async () => {
  server.use(
    http.post(api('/snapshots'), () => HttpResponse.json({ title: 'The store is away', status: 503 }, { status: 503 }), { once: true }),
    http.post(api('/snapshots'), async ({ request }) => shared(await request.json() as object)),
  )
  show()
  expect(await screen.findByRole('alert')).toHaveTextContent('The store is away')
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByLabelText('Link to this program')).toBeVisible()
})
