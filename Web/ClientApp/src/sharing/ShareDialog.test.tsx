import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { Workspace } from '../drafts/workspace'
import { api, fakeApi } from '../testing/api'
import { python } from '../testing/languages'
import ShareDialog from './ShareDialog'
import { addShare, myShares } from './mine'

const server = fakeApi()

function show() {
  const workspace = new Workspace()
  workspace.open(python)
  workspace.editFile('main.py', 'print(1)')
  workspace.edit({ arguments: '-n "a b"', stdin: '7\n' })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ShareDialog state={workspace.state()} onClose={() => {}} />
    </QueryClientProvider>,
  )
}

const shared = (body: object) =>
  HttpResponse.json({ ...body, id: 'pZGm1Av0IEBK', createdAt: '2026-11-23T12:00:00Z', expiresAt: null, deleteToken: 'secret' }, { status: 201 })

it('makes a link only when asked to, for as long as asked, and copies it', async () => {
  let body: unknown
  server.use(http.post(api('/snapshots'), async ({ request }) => {
    body = await request.json()
    return shared(body as object)
  }))
  const user = userEvent.setup()
  show()
  expect(screen.getByText(/Nothing is uploaded before/)).toBeVisible()
  await user.selectOptions(screen.getByLabelText('The link works'), 'for a week')
  await user.click(screen.getByRole('button', { name: 'Make a link' }))
  const link = `${window.location.origin}/s/pZGm1Av0IEBK`
  expect(await screen.findByLabelText('Link to this program')).toHaveValue(link)
  expect(body).toMatchObject({
    title: 'Python program', language: 'python', files: [{ path: 'main.py', content: 'print(1)' }], stdin: '7\n', arguments: ['-n', 'a b'], entryPoint: 'main.py', timeToLiveSeconds: 604_800,
  })
  await user.click(screen.getAllByRole('button', { name: 'Copy' })[0] as HTMLElement)
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await navigator.clipboard.readText()).toBe(link)
  expect(screen.getByLabelText('Code to embed it in a page')).toHaveValue(
    `<script async src="${window.location.origin}/embed.js"></script>\n<online-compiler src="${window.location.origin}/embed/pZGm1Av0IEBK"></online-compiler>`,
  )
})

it('takes a link back, now and later', async () => {
  const tokens: (string | null)[] = []
  server.use(
    http.post(api('/snapshots'), async ({ request }) => shared(await request.json() as object)),
    http.delete(api('/snapshots/pZGm1Av0IEBK'), ({ request }) => {
      tokens.push(request.headers.get('X-Delete-Token'))
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const user = userEvent.setup()
  addShare({ id: 'pZGm1Av0IEBK', title: 'Earlier', deleteToken: 'older', expiresAt: null })
  show()
  await user.click(screen.getByRole('button', { name: 'Make a link' }))
  await user.click(await screen.findByRole('button', { name: 'Take it back' }))
  expect(await screen.findByText('The link does not work any more.')).toBeVisible()

  await user.click(screen.getByText('Links I made in this browser'))
  await user.click(screen.getByRole('button', { name: 'Take it back: Earlier' }))
  await vi.waitFor(() => expect(myShares()).toEqual([]))
  expect(tokens).toEqual(['secret', 'older'])
})

it('says why there is no link, and tries again', async () => {
  server.use(
    http.post(api('/snapshots'), () => HttpResponse.json({ title: 'The store is away', status: 503 }, { status: 503 }), { once: true }),
    http.post(api('/snapshots'), async ({ request }) => shared(await request.json() as object)),
  )
  show()
  await userEvent.click(screen.getByRole('button', { name: 'Make a link' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The store is away')
  await userEvent.click(screen.getByRole('button', { name: 'Make a link' }))
  expect(await screen.findByLabelText('Link to this program')).toBeVisible()
})
