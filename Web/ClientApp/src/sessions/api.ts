import * as v from 'valibot'
import { gateway, read } from '../api/http'
import { type WireBytes, toText, wireBytes } from '../api/text'
import type { Given, Schema } from '../api/types'

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

export type SessionContent = Given<Schema<'SessionBody'>, 'title' | 'language' | 'files' | 'arguments' | 'entryPoint'>

const byId = (id: string) => ({ path: { id } })

export async function listSessions(pageToken: string, signal: AbortSignal): Promise<{ sessions: SessionSummary[]; nextPageToken: string }> {
  const query = { pageSize: '50', ...(pageToken && { pageToken }) }
  const page = await read(sessionPageSchema, gateway.GET('/api/v1/sessions', { params: { query }, signal }))
  return { sessions: page.sessions, nextPageToken: page.nextPageToken ?? '' }
}

export const getSession = (id: string): Promise<Session> => read(sessionSchema, gateway.GET('/api/v1/sessions/{id}', { params: byId(id) }))

export const createSession = (content: SessionContent): Promise<Session> =>
  read(sessionSchema, gateway.POST('/api/v1/sessions', { body: { ...content, stdin: '' } }))

/** Refused with a 412 when the server holds another version than `version`. */
export const saveSession = (id: string, version: number, content: SessionContent): Promise<Session> => {
  const params = { ...byId(id), header: { 'If-Match': `"${version}"` } }
  return read(sessionSchema, gateway.PUT('/api/v1/sessions/{id}', { params, body: { ...content, stdin: '' } }))
}

export async function deleteSession(id: string): Promise<void> {
  await gateway.DELETE('/api/v1/sessions/{id}', { params: byId(id) })
}
