import { HttpResponse, http } from 'msw'
import type { SetupServer } from 'msw/node'
import { Workspace } from '../drafts/workspace'
import type { Session, SessionContent } from '../sessions/api'
import { chooseKeeping } from '../sessions/choice'
import { Keeper } from '../sessions/keeper'
import { api } from './api'
import { languages, python } from './languages'

/** A service that keeps sessions as the real one does. */
export class Sessions {
  readonly all = new Map<string, Session>()
  readonly saves: string[] = []
  away = false

  constructor(server: SetupServer) {
    server.use(
      http.post(api('/sessions'), async ({ request }) => this.#answer(async () => this.#put(`s${this.all.size + 1}`, 1, await request.json()), 201)),
      http.put(api('/sessions/:id'), async ({ request, params }) => {
        const id = String(params['id'])
        const stored = this.all.get(id)
        if (!stored) return HttpResponse.json({ title: 'Gone', status: 404 }, { status: 404 })
        if (!this.away && request.headers.get('If-Match') !== `"${stored.version}"`) {
          return HttpResponse.json({ title: 'Stale', status: 412, currentVersion: stored.version }, { status: 412 })
        }
        return this.#answer(async () => this.#put(id, stored.version + 1, await request.json()))
      }),
      http.get(api('/sessions/:id'), ({ params }) => {
        const stored = this.all.get(String(params['id']))
        return this.#answer(async () => stored ?? HttpResponse.json({ title: 'Gone', status: 404 }, { status: 404 }))
      }),
    )
  }

  /** As another tab or device does. */
  saveElsewhere(id: string, change: Partial<SessionContent>): void {
    const stored = this.all.get(id)
    if (stored) this.all.set(id, { ...stored, ...change, version: stored.version + 1 })
  }

  #put(id: string, version: number, body: unknown): Session {
    const session = { savedAt: null, ...(body as SessionContent), id, version }
    this.all.set(id, session)
    this.saves.push(session.files[0]?.content ?? '')
    return session
  }

  async #answer(make: () => Promise<Session | Response>, status = 200) {
    if (this.away) return HttpResponse.error()
    const made = await make()
    return made instanceof Response ? made : HttpResponse.json(made, { status })
  }
}

let stop = () => {}
afterEach(() => {
  stop()
  vi.useRealTimers()
})

export function open(workspace = new Workspace()) {
  if (!workspace.state().language) workspace.open(python)
  const keeper = new Keeper(workspace, () => languages)
  stop = keeper.start()
  return { workspace, keeper }
}

export const type = (workspace: Workspace, code: string) => workspace.editFile(workspace.state().draft?.active ?? '', code)
export const phase = (keeper: Keeper) => keeper.state().phase

export async function saved(code: string) {
  chooseKeeping('server')
  const page = open()
  type(page.workspace, code)
  await page.keeper.flush()
  expect(phase(page.keeper)).toBe('saved')
  return page
}
