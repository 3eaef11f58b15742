import * as v from 'valibot'
import { type ClientFrame, type ServerFrame, serverFrameSchema } from './frames'
import { connectOneWay } from './oneWay'

/** The server takes at most 64 KiB of input a message; a character may be four bytes. */
const maxInputCharacters = 16 * 1024

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
}

export type Connect = (events: ConnectionEvents) => Connection

/** Opens `/executions/connect` beside the page; where no WebSocket comes through, the program runs without a conversation. */
export const connect: Connect = (events) => {
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
    if (opened || left) {
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
      if (socket.readyState !== WebSocket.OPEN) return
      for (const part of split(frame)) socket.send(JSON.stringify(part))
    },
    close: () => {
      left = true
      oneWay?.close()
      socket.close(1000)
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

function* split(frame: ClientFrame): Generator<ClientFrame> {
  if (frame.type !== 'stdin' || frame.data.length <= maxInputCharacters) {
    yield frame
    return
  }
  const characters = Array.from(frame.data)
  for (let start = 0; start < characters.length; start += maxInputCharacters) {
    yield { type: 'stdin', data: characters.slice(start, start + maxInputCharacters).join('') }
  }
}
