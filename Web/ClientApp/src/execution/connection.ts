import * as v from 'valibot'
import { type ClientFrame, type ServerFrame, serverFrameSchema } from './frames'
import { connectOneWay } from './oneWay'

export interface ConnectionEvents {
  opened(): void
  received(frame: ServerFrame): void
  /** Once, and last, however it ended. */
  closed(): void
}

export interface Connection {
  send(frame: ClientFrame): void
  /** Kills the program, too. */
  close(): void
  /** Leaves a program that can be come back to as it is. */
  drop(): void
}

/** Any status that is not "done"; from the range that applications may use. */
const droppedStatus = 4000

export type Connect = (events: ConnectionEvents, mayBeOneWay: boolean) => Connection

/** Opens `/executions/connect` beside the page; where no WebSocket comes through, the program runs without a conversation. */
export const connect: Connect = (events, mayBeOneWay) => {
  let oneWay: Connection | null = null
  let opened = false
  let left = false
  const url = new URL('/api/v1/executions/connect', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url)
  socket.addEventListener('open', () => {
    opened = true
    events.opened()
  })
  socket.addEventListener('close', () => {
    if (opened || left || !mayBeOneWay) {
      events.closed()
      return
    }
    oneWay = connectOneWay(events, parseFrame)
    events.opened()
  })
  socket.addEventListener('message', (message) => {
    const frame = parseFrame(message.data)
    if (frame) events.received(frame)
  })
  return {
    send: (frame) => {
      oneWay?.send(frame)
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    },
    close: () => {
      left = true
      oneWay?.close()
      socket.close(1000)
    },
    drop: () => {
      left = true
      oneWay?.drop()
      socket.close(droppedStatus)
    },
  }
}

/** Frames of a newer server that this page does not know are passed over. */
function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null
  try {
    const parsed = v.safeParse(serverFrameSchema, JSON.parse(data))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
