import type { ExecutionEvent } from './executions.js'
import { isObject, OnlineCompilerError, problemFrom } from './problems.js'

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

/** Server-sent events of a body, as far as this API uses them: a name and one line of data. */
export async function* readServerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ExecutionEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const text of events) {
      const fields = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]))
      const data = fields.get('data')
      const event = data === undefined ? undefined : readEvent(fields.get('event'), JSON.parse(data))
      if (event) yield event
    }
  }
}
