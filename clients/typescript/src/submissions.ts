import type { ExecutionRequest, ExecutionResult } from './executions.js'

/** How far a submission is; the first two are on the way, the others final. */
export type SubmissionState = 'queued' | 'running' | 'finished' | 'cancelled' | 'failed'

/** A program that was handed in, to be run when its turn comes. */
export interface Submission {
  /** Names it, and is all that one needs to ask for it: do not publish it. */
  readonly id: string
  readonly state: SubmissionState
  readonly createdAt: string
  /** When it last began to run. */
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** When the service will forget it. */
  readonly expiresAt: string
  /** How often it began to run: more than once when a machine was lost. */
  readonly attempts: number
  /** Why it failed. */
  readonly message: string | null
  /** Only when it has finished. */
  readonly execution?: ExecutionResult
  /** The result was too large to be kept whole: artifacts and ends of output were left out. */
  readonly resultCut?: boolean
  /** How far its callback is; only when one was asked for. */
  readonly callback?: CallbackDelivery
}

/** Whom to tell when a submission has ended: by a POST in the form of the Standard Webhooks specification. */
export interface Callback {
  /** http or https, of a host of the public internet or one that the operator allows. */
  readonly url: string
  /** Key of the signatures: see `createSecret`. */
  readonly secret?: string
  /** Your own, given back with the callback; at most 1 KiB. */
  readonly context?: string
}

export interface CallbackDelivery {
  readonly state: 'pending' | 'delivered' | 'failed'
  readonly attempts: number
  /** HTTP status of the last answer. */
  readonly lastStatus: number | null
  /** Why the last attempt failed. */
  readonly message: string | null
}

export interface SubmitOptions {
  readonly callback?: Callback
  /** 1-128 visible ASCII characters: the same key with the same program is the same submission. */
  readonly idempotencyKey?: string
}

/** The body of a callback. */
export interface CallbackMessage {
  readonly type: 'submission.finished' | 'submission.cancelled' | 'submission.failed'
  /** When it was sent. */
  readonly timestamp: string
  /** As it was given with the callback. */
  readonly context?: string
  readonly data: Submission
  /** The result is too large for a callback; it is there to be asked for. */
  readonly resultOmitted?: boolean
}

export interface SubmissionBody {
  readonly execution: ExecutionRequest
  readonly callback?: Callback
}

export function isFinal({ state }: Submission): boolean {
  return state !== 'queued' && state !== 'running'
}
