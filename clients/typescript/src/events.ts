import type { ExecutionEvent } from './executions.js'
import { isObject, OnlineCompilerError, problemFrom } from './problems.js'
import type { Submission } from './submissions.js'

const known: ReadonlySet<unknown> = new Set(['accepted', 'stage', 'output', 'stageResult', 'artifact', 'result'])

/** The event of its JSON; undefined for one of a newer service. */
export function readEvent(type: unknown, data: unknown): ExecutionEvent | undefined {
  if (type === 'error' && isObject(data)) {
    // A frame holds its problem, an event of a stream is one.
    const problem = isObject(data['problem']) ? data['problem'] : data
    throw new OnlineCompilerError(problemFrom(problem, typeof problem['status'] === 'number' ? problem['status'] : 0))
  }
  return known.has(type) && isObject(data) ? ({ ...data, type } as ExecutionEvent) : undefined
}

/** A submission's state of its JSON; undefined for an event of a newer service. */
export function readState(type: unknown, data: unknown): Submission | undefined {
  // An error is told alike in all streams.
  if (type === 'error') readEvent(type, data)
  return type === 'state' && isObject(data) ? (data as unknown as Submission) : undefined
}

/** Server-sent events of a body, as far as this API uses them: a name and one line of data. */
export async function* readServerEvents<T>(body: ReadableStream<Uint8Array>, read: (type: unknown, data: unknown) => T | undefined): AsyncGenerator<T> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const text of events) {
      const fields = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]))
      const data = fields.get('data')
      const event = data === undefined ? undefined : read(fields.get('event'), JSON.parse(data))
      if (event) yield event
    }
  }
}
