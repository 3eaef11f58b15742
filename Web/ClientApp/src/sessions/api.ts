import * as v from 'valibot'
import { gateway, read } from '../api/http'
import { type WireBytes, toText, wireBytes } from '../api/text'
import type { ProgramContent } from '../drafts/content'

const text = v.pipe(wireBytes, v.transform((value: WireBytes) => toText(value)))

const sessionSchema = v.object({
  id: v.string(),
  version: v.number(),
  title: v.string(),
  language: v.string(),
  files: v.array(v.object({ path: v.string(), content: text })),
  stdin: v.optional(text, ''),
  arguments: v.optional(v.array(v.string()), []),
  entryPoint: v.nullish(v.string(), ''),
  compilerArguments: v.optional(v.array(v.string()), []),
  languageVersion: v.optional(v.string(), ''),
  savedAt: v.optional(v.nullable(v.string()), null),
})

const sessionPageSchema = v.object({
  sessions: v.array(v.object({ id: v.string(), version: v.number(), title: v.string(), language: v.string(), savedAt: v.optional(v.nullable(v.string()), null) })),
  nextPageToken: v.optional(v.nullable(v.string()), ''),
})

const historySchema = v.object({
  versions: v.array(v.object({ version: v.number(), title: v.string(), savedAt: v.string(), contentBytes: v.number() })),
  runs: v.array(v.object({
    version: v.number(),
    outcome: v.string(),
    exitCode: v.nullable(v.number()),
    compileFailed: v.boolean(),
    wallTimeMs: v.number(),
    memoryPeakBytes: v.number(),
    ranAt: v.string(),
  })),
})

export type Session = v.InferOutput<typeof sessionSchema>
export type SessionSummary = v.InferOutput<typeof sessionPageSchema>['sessions'][number]
export type History = v.InferOutput<typeof historySchema>

export interface RunNote {
  version: number
  outcome: string
  exitCode: number | null
  compileFailed: boolean
  wallTimeMs: number
  cpuTimeMs: number
  memoryPeakBytes: number
}

/** All that the service keeps of a program. */
export type SessionContent = ProgramContent

const byId = (id: string) => ({ path: { id } })

export async function listSessions(pageToken: string, signal: AbortSignal): Promise<{ sessions: SessionSummary[]; nextPageToken: string }> {
  const query = { pageSize: '50', ...(pageToken && { pageToken }) }
  const page = await read(sessionPageSchema, gateway.GET('/api/v1/sessions', { params: { query }, signal }))
  return { sessions: page.sessions, nextPageToken: page.nextPageToken ?? '' }
}

export const getSession = (id: string): Promise<Session> => read(sessionSchema, gateway.GET('/api/v1/sessions/{id}', { params: byId(id) }))

export const createSession = (content: SessionContent): Promise<Session> =>
  read(sessionSchema, gateway.POST('/api/v1/sessions', { body: content }))

/** Refused with a 412 when the server holds another version than `version`. */
export const saveSession = (id: string, version: number, content: SessionContent): Promise<Session> => {
  const params = { ...byId(id), header: { 'If-Match': `"${version}"` } }
  return read(sessionSchema, gateway.PUT('/api/v1/sessions/{id}', { params, body: content }))
}

export const renameSession = (id: string, title: string): Promise<Session> =>
  read(sessionSchema, gateway.PATCH('/api/v1/sessions/{id}', { params: byId(id), body: { title } }))

export const copySession = (id: string, title: string): Promise<Session> =>
  read(sessionSchema, gateway.POST('/api/v1/sessions/{id}/copies', { params: { ...byId(id), query: { title } } }))

export async function deleteSession(id: string): Promise<void> {
  // Also while the page is closing.
  await gateway.DELETE('/api/v1/sessions/{id}', { params: byId(id), keepalive: true })
}

export const getHistory = (id: string, signal: AbortSignal): Promise<History> =>
  read(historySchema, gateway.GET('/api/v1/sessions/{id}/history', { params: byId(id), signal }))

export const getVersion = (id: string, version: number): Promise<Session> =>
  read(sessionSchema, gateway.GET('/api/v1/sessions/{id}/versions/{version}', { params: { path: { id, version: String(version) } } }))

export async function noteRun(id: string, run: RunNote): Promise<void> {
  await gateway.POST('/api/v1/sessions/{id}/runs', { params: byId(id), body: run })
}
