import { readEvent, readServerEvents, readState } from './events.js'
import type { ExecutionEvent, ExecutionRequest, ExecutionResult } from './executions.js'
import { InteractiveExecution, type TerminalSize } from './interactive.js'
import type { Language } from './languages.js'
import { isObject, OnlineCompilerError, problemFrom } from './problems.js'
import { isFinal, type Submission, type SubmissionBody, type SubmitOptions } from './submissions.js'

/** Until a submission is asked for again whose events have broken off. */
const watchAgainMs = 1000

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
      for await (const event of readServerEvents(body, readEvent)) {
        yield event
        if (event.type === 'result') return
      }
    }
    throw new Error('The server ended its answer before the program had ended.')
  }

  /** Hands in a program, to be run when its turn comes, whatever happens to the service meanwhile. */
  async submit(request: ExecutionRequest, { callback, idempotencyKey }: SubmitOptions = {}, signal?: AbortSignal): Promise<Submission> {
    const body: SubmissionBody = { execution: request, ...(callback ? { callback } : {}) }
    const headers = idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }
    return (await this.#json(await this.#call('/submissions', body, signal, { headers }))) as unknown as Submission
  }

  /** A submission as it is now. */
  async submission(id: string, signal?: AbortSignal): Promise<Submission> {
    return (await this.#json(await this.#call(pathOf(id), undefined, signal))) as unknown as Submission
  }

  /** Waits until a submission has ended, over any number of lost connections once the service has answered. */
  async wait(id: string, signal?: AbortSignal): Promise<Submission> {
    for (let hasAnswered = false; ; ) {
      try {
        const { body } = await this.#call(`${pathOf(id)}/events`, undefined, signal)
        if (body) {
          for await (const submission of readServerEvents(body, readState)) {
            hasAnswered = true
            if (isFinal(submission)) return submission
          }
        }
      } catch (error) {
        // It goes on without us.
        const isLost = error instanceof OnlineCompilerError ? error.problem.status >= 500 : error instanceof TypeError
        if (!hasAnswered || !isLost || signal?.aborted) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, watchAgainMs))
      signal?.throwIfAborted()
    }
  }

  /** Cancels a submission: one that waits never runs, one that runs is killed, one that has ended stays. Gives what it is then. */
  async cancel(id: string, signal?: AbortSignal): Promise<Submission> {
    return (await this.#json(await this.#call(pathOf(id), undefined, signal, { method: 'DELETE' }))) as unknown as Submission
  }

  /** Starts a program to talk with: in a terminal of this size, or with pipes. */
  connect(request: ExecutionRequest, terminal?: TerminalSize): Promise<InteractiveExecution> {
    const socket = new WebSocket(`${this.#base.replace(/^http/, 'ws')}/executions/connect`, this.#protocols)
    return InteractiveExecution.start(socket, request, terminal)
  }

  async #call(
    path: string,
    body?: ExecutionRequest | SubmissionBody,
    signal?: AbortSignal,
    { method = body ? 'POST' : 'GET', headers = {} }: { method?: string; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Response> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { ...this.#headers, ...headers, ...(body ? { 'Content-Type': 'application/json' } : {}) },
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

function pathOf(submission: string): string {
  return `/submissions/${encodeURIComponent(submission)}`
}
