import * as v from 'valibot'
import { gateway, read } from '../api/http'
import { type WireBytes, toText, wireBytes } from '../api/text'
import type { SessionContent } from '../sessions/api'

const text = v.pipe(wireBytes, v.transform((value: WireBytes) => toText(value)))

const snapshot = {
  id: v.string(),
  title: v.string(),
  language: v.string(),
  files: v.array(v.object({ path: v.string(), content: text })),
  stdin: v.optional(text, ''),
  arguments: v.optional(v.array(v.string()), []),
  entryPoint: v.nullish(v.string(), ''),
  compilerArguments: v.optional(v.array(v.string()), []),
  languageVersion: v.optional(v.string(), ''),
  expiresAt: v.optional(v.nullable(v.string()), null),
}
const snapshotSchema = v.object(snapshot)
const sharedSchema = v.object({ ...snapshot, deleteToken: v.string() })

export type Snapshot = v.InferOutput<typeof snapshotSchema>
export type SharedSnapshot = v.InferOutput<typeof sharedSchema>

/** The same program is the same snapshot, however often it is shared; each sharing can be taken back by itself. */
export const createSnapshot = (content: SessionContent, timeToLiveSeconds: number | null): Promise<SharedSnapshot> =>
  read(sharedSchema, gateway.POST('/api/v1/snapshots', { body: { ...content, timeToLiveSeconds } }))

export const getSnapshot = (id: string, signal: AbortSignal | null): Promise<Snapshot> =>
  read(snapshotSchema, gateway.GET('/api/v1/snapshots/{id}', { params: { path: { id } }, signal }))

export async function deleteSnapshot(id: string, deleteToken: string): Promise<void> {
  await gateway.DELETE('/api/v1/snapshots/{id}', { params: { path: { id }, header: { 'X-Delete-Token': deleteToken } } })
}
