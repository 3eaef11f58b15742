import type { ClientFrame } from './frames'

/** The server takes at most 64 KiB of input a message; a character may be four bytes. */
const maxInputCharacters = 16 * 1024

/**
 * What has to be sent for what this page says. Input given beforehand goes after the start, with its end, and then nothing typed
 * follows it: a program with pipes in place of a terminal.
 */
export class Parts {
  #inputEnded = false

  of(frame: ClientFrame): ClientFrame[] {
    if (frame.type === 'start') {
      const { terminal: _, ...start } = frame
      const { stdin, ...execution } = frame.execution
      if (!stdin) return [frame]
      this.#inputEnded = true
      return [{ ...start, execution }, ...inputParts(stdin), { type: 'endOfInput' }]
    }
    if (this.#inputEnded && frame.type !== 'signal') return []
    return frame.type === 'stdin' ? inputParts(frame.data) : [frame]
  }
}

function inputParts(data: string): ClientFrame[] {
  if (data.length <= maxInputCharacters) return [{ type: 'stdin', data }]
  const characters = Array.from(data)
  const parts = Math.ceil(characters.length / maxInputCharacters)
  return Array.from({ length: parts }, (_, part) => ({
    type: 'stdin', data: characters.slice(part * maxInputCharacters, (part + 1) * maxInputCharacters).join(''),
  }))
}
