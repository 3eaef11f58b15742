import type { Stage } from './frames'

/** Enough for every error message there is; a flood before it is dropped. */
const maxCharacters = 64 * 1024

/** The end of what a run printed, as text. */
export class Transcript {
  #text: Record<Stage, string> = { compile: '', run: '' }
  #decoders = new Map<string, TextDecoder>()

  add(stage: Stage, stream: string, data: string | Uint8Array): void {
    this.#text[stage] = (this.#text[stage] + this.#decode(`${stage}/${stream}`, data)).slice(-maxCharacters)
  }

  get compile(): string {
    return this.#text.compile
  }

  get run(): string {
    return this.#text.run
  }

  #decode(key: string, data: string | Uint8Array): string {
    if (typeof data === 'string') return data
    const decoder = this.#decoders.get(key) ?? new TextDecoder()
    this.#decoders.set(key, decoder)
    return decoder.decode(data, { stream: true })
  }
}
