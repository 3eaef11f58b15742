import { readEvents } from '../api/eventStream'
import { gateway } from '../api/http'
import { toProblem } from '../api/problem'
import type { Connection, ConnectionEvents } from './connection'
import type { ProgramRequest, ServerFrame } from './frames'

/**
 * The same run by `/executions/stream`: what happens comes as it does over a WebSocket, all at once where something between holds
 * it back, and the program is given no input but what was there before. Stopping it is leaving.
 */
export function connectOneWay(events: ConnectionEvents, parseFrame: (data: string) => ServerFrame | null): Connection {
  const leaving = new AbortController()

  const run = async (execution: ProgramRequest) => {
    try {
      const { data: answer } = await gateway.POST('/api/v1/executions/stream', { body: execution, signal: leaving.signal, parseAs: 'stream' })
      if (answer) for await (const { name, data } of readEvents(answer)) {
        // The name is the frame's type; an error's data is its problem.
        const said = JSON.parse(data) as object
        const frame = parseFrame(JSON.stringify(name === 'error' ? { type: name, problem: said } : { ...said, type: name }))
        if (frame) events.received(frame)
      }
    } catch (error) {
      if (!leaving.signal.aborted) events.received({ type: 'error', problem: toProblem(error) })
    }
    events.closed()
  }

  let waiting: ProgramRequest | null = null
  return {
    send: (frame) => {
      // Without a terminal its input comes first, and can go along.
      if (frame.type === 'start' && !frame.terminal) waiting = frame.execution
      else if (frame.type === 'start') void run(frame.execution)
      else if (frame.type === 'stdin' && waiting) waiting = { ...waiting, stdin: (waiting.stdin ?? '') + frame.data }
      else if (frame.type === 'endOfInput' && waiting) {
        void run(waiting)
        waiting = null
      }
      else if (frame.type === 'signal') leaving.abort()
    },
    close: () => leaving.abort(),
    drop: () => leaving.abort(),
  }
}
