import * as v from 'valibot'
import { gateway, read } from '../api/http'
import { type WireBytes, toText, wireBytes } from '../api/text'
import type { Given, Schema } from '../api/types'

const text = v.pipe(wireBytes, v.transform((value: WireBytes) => toText(value)))

const snapshotSchema = v.object({
  id: v.string(),
  title: v.string(),
  language: v.string(),
  files: v.array(v.object({ path: v.string(), content: text })),
  arguments: v.optional(v.array(v.string()), []),
  entryPoint: v.optional(v.nullable(v.string()), ''),
})

export type Snapshot = v.InferOutput<typeof snapshotSchema>
export type SnapshotContent = Given<Schema<'SnapshotBody'>, 'title' | 'language' | 'files' | 'arguments' | 'entryPoint'>

/** The same program is the same snapshot, however often it is shared. */
export const createSnapshot = (content: SnapshotContent): Promise<Snapshot> =>
  read(snapshotSchema, gateway.POST('/api/v1/snapshots', { body: { ...content, stdin: '' } }))

export const getSnapshot = (id: string, signal: AbortSignal): Promise<Snapshot> =>
  read(snapshotSchema, gateway.GET('/api/v1/snapshots/{id}', { params: { path: { id } }, signal }))
