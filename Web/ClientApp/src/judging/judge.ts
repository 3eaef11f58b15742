import { type Problem, toProblem } from '../api/problem'
import type { ProgramRequest } from '../execution/frames'
import type { Comparison, TestCase } from './cases'
import type { Printed, TestResult } from './judgement'

export interface JudgeState {
  isJudging: boolean
  /** By the id of the case; each with the case as it was then. */
  results: ReadonlyMap<string, { result: TestResult; of: TestCase }>
  /** When the program did not compile: what the compiler said, for all cases once. */
  failedToCompile: Printed | null
  problem: Problem | null
  /** What was judged, to know whether it is still what the editor holds. */
  program: ProgramRequest | null
}

const nothing: JudgeState = { isJudging: false, results: new Map(), failedToCompile: null, problem: null, program: null }

/** One judgement at a time, of all cases or of some. */
export class Judge {
  readonly #listeners = new Set<() => void>()
  #state = nothing
  #running: AbortController | null = null

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): JudgeState => this.#state

  /** Another program: what was found about the last one is of no use. */
  forget(): void {
    this.stop()
    if (this.#state !== nothing) this.#set(nothing)
  }

  stop(): void {
    this.#running?.abort()
    this.#running = null
    if (this.#state.isJudging) this.#set({ isJudging: false })
  }

  async start(program: ProgramRequest, cases: readonly TestCase[], comparison: Comparison): Promise<void> {
    this.stop()
    if (cases.length === 0) return
    const running = new AbortController()
    this.#running = running
    const asked = new Set(cases.map(({ id }) => id))
    const others = [...this.#state.results].filter(([id]) => !asked.has(id))
    this.#set({ isJudging: true, results: new Map(others), failedToCompile: null, problem: null, program })
    try {
      // The page runs programs without it.
      const { judge } = await import('./judgement')
      for await (const event of judge(program, cases, comparison, running.signal)) {
        if (running.signal.aborted) return
        if (event.type === 'compiled') {
          if (event.result.outcome !== 'succeeded') this.#set({ failedToCompile: event.result })
          continue
        }
        const of = cases[event.result.index]
        if (of) this.#set({ results: new Map(this.#state.results).set(of.id, { result: event.result, of }) })
      }
    } catch (error) {
      if (!running.signal.aborted) this.#set({ problem: toProblem(error) })
    }
    if (this.#running === running) this.stop()
  }

  #set(change: Partial<JudgeState>): void {
    this.#state = change === nothing ? nothing : { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** How many of the cases passed, of those whose verdict is of the case as it is now. */
export function summarize(cases: readonly TestCase[], { results }: JudgeState): { passed: number; judged: number; all: number } {
  const found = cases.flatMap((each) => {
    const known = results.get(each.id)
    return known && isOf(known.of, each) && known.result.verdict !== 'skipped' ? [known.result] : []
  })
  return { passed: found.filter(({ verdict }) => verdict === 'accepted').length, judged: found.length, all: cases.length }
}

/** A case that was changed has not been judged. */
export const isOf = (judged: TestCase, now: TestCase): boolean => judged.input === now.input && judged.expected === now.expected
