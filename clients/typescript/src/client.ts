import { readServerEvents } from './events.js'
import type { ExecutionEvent, ExecutionRequest, ExecutionResult } from './executions.js'
import { InteractiveExecution, type TerminalSize } from './interactive.js'
import type { Language } from './languages.js'
import { isObject, OnlineCompilerError, problemFrom } from './problems.js'

export interface ClientOptions {
  /** An API key, `oc_…`, or somebody's token: of every call. A page shows its own user's token, never a key of others. */
  readonly apiKey?: string
  /** Of every call but `connect`, for browsers send none with a WebSocket; e.g. a trace. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Calls OnlineCompiler's native API. Calls take as long as the programs they run: abort them by their signal, which kills the
 * program. None is retried, for running a program twice is not the same as running it once.
 */
export class OnlineCompilerClient {
  readonly #base: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #protocols: string[]

  /** @param address Where the Gateway is, e.g. "http://localhost:8080". */
  constructor(address: string | URL, options: ClientOptions = {}) {
    this.#base = `${String(address).replace(/\/+$/, '')}/api/v1`
    const { apiKey, headers } = options
    this.#headers = apiKey ? { ...headers, Authorization: `Bearer ${apiKey}` } : (headers ?? {})
    this.#protocols = apiKey ? ['onlinecompiler.v1', `onlinecompiler.bearer.${apiKey}`] : []
  }

  /** Every language that the service knows, installed or not. */
  async languages(signal?: AbortSignal): Promise<readonly Language[]> {
    const answer = await this.#json(await this.#call('/languages', undefined, signal))
    return (answer as unknown as { languages: readonly Language[] }).languages
  }

  /** Runs a program and gives everything it printed, once it has ended. */
  async execute(request: ExecutionRequest, signal?: AbortSignal): Promise<ExecutionResult> {
    return (await this.#json(await this.#call('/executions', request, signal))) as unknown as ExecutionResult
  }

  /** Runs a program and tells what happens as it happens; `result` is last. Whoever stops reading kills the program. */
  async *stream(request: ExecutionRequest, signal?: AbortSignal): AsyncGenerator<ExecutionEvent> {
    const { body } = await this.#call('/executions/stream', request, signal)
    if (body) {
      for await (const event of readServerEvents(body)) {
        yield event
        if (event.type === 'result') return
      }
    }
    throw new Error('The server ended its answer before the program had ended.')
  }

  /** Starts a program to talk with: in a terminal of this size, or with pipes. */
  connect(request: ExecutionRequest, terminal?: TerminalSize): Promise<InteractiveExecution> {
    const socket = new WebSocket(`${this.#base.replace(/^http/, 'ws')}/executions/connect`, this.#protocols)
    return InteractiveExecution.start(socket, request, terminal)
  }

  async #call(path: string, body?: ExecutionRequest, signal?: AbortSignal): Promise<Response> {
    const response = await fetch(this.#base + path, {
      method: body ? 'POST' : 'GET',
      headers: body ? { ...this.#headers, 'Content-Type': 'application/json' } : this.#headers,
      body: body ? JSON.stringify(body) : null,
      signal: signal ?? null,
    })
    if (response.ok) return response
    const problem: unknown = await response.json().catch(() => undefined)
    throw new OnlineCompilerError(problemFrom(problem, response.status, response.headers.get('Retry-After')))
  }

  async #json(response: Response): Promise<Record<string, unknown>> {
    const answer: unknown = await response.json()
    if (!isObject(answer)) throw new TypeError("The answer is not one of OnlineCompiler's.")
    return answer
  }
}
