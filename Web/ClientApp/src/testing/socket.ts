import type { ClientFrame } from '../execution/frames'

/** The other end of the WebSocket. */
export class FakeSocket extends EventTarget {
  static readonly OPEN = 1
  static last: FakeSocket
  readonly url: string
  readonly sent: ClientFrame[] = []
  readyState = 0

  constructor(url: string | URL) {
    super()
    this.url = String(url)
    FakeSocket.last = this
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame)
  }

  close(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.dispatchEvent(new CloseEvent('close'))
  }

  open(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }

  /** What the server says. */
  say(...frames: object[]): void {
    for (const frame of frames) this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
}
