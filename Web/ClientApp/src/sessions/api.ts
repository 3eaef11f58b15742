import * as v from 'valibot'
import { call, json, send } from '../api/http'
import { type WireBytes, toText, wireBytes } from '../api/text'

const text = v.pipe(wireBytes, v.transform((value: WireBytes) => toText(value)))

const sessionSchema = v.object({
  id: v.string(),
  version: v.number(),
  title: v.string(),
  language: v.string(),
  files: v.array(v.object({ path: v.string(), content: text })),
  arguments: v.optional(v.array(v.string()), []),
  entryPoint: v.optional(v.nullable(v.string()), ''),
  savedAt: v.optional(v.nullable(v.string()), null),
})

const sessionPageSchema = v.object({
  sessions: v.array(v.object({ id: v.string(), title: v.string(), language: v.string(), savedAt: v.optional(v.nullable(v.string()), null) })),
  nextPageToken: v.optional(v.nullable(v.string()), ''),
})

export type Session = v.InferOutput<typeof sessionSchema>
export type SessionSummary = v.InferOutput<typeof sessionPageSchema>['sessions'][number]

export interface SessionContent {
  title: string
  language: string
  files: { path: string; content: string }[]
  arguments: string[]
  entryPoint: string
}

const path = (id: string) => `/sessions/${encodeURIComponent(id)}`

export async function listSessions(pageToken: string, signal: AbortSignal): Promise<{ sessions: SessionSummary[]; nextPageToken: string }> {
  const query = new URLSearchParams({ pageSize: '50', ...(pageToken && { pageToken }) })
  const page = await call(sessionPageSchema, `/sessions?${query}`, { signal })
  return { sessions: page.sessions, nextPageToken: page.nextPageToken ?? '' }
}

export const getSession = (id: string): Promise<Session> => call(sessionSchema, path(id))

export const createSession = (content: SessionContent): Promise<Session> =>
  call(sessionSchema, '/sessions', json('POST', { ...content, stdin: '' }))

/** Refused with a 412 when the server holds another version than `version`. */
export const saveSession = (id: string, version: number, content: SessionContent): Promise<Session> =>
  call(sessionSchema, path(id), json('PUT', { ...content, stdin: '' }, { 'If-Match': `"${version}"` }))

export async function deleteSession(id: string): Promise<void> {
  await send(path(id), { method: 'DELETE' })
}
