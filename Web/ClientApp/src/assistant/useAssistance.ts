import { useCallback, useEffect, useRef, useState } from 'react'
import { type Problem, toProblem } from '../api/problem'
import { type Assistance, type AssistanceRequest, assist } from './api'

export interface AssistanceState {
  kind: Assistance
  phase: 'writing' | 'done' | 'refused'
  text: string
  /** The whole corrected main file. */
  fixed: string | null
  /** Whether the corrected program was run and passed; null until known. */
  passed: boolean | null
  model: string | null
  problem: Problem | null
}

/** One conversation with the assistant; asking again, or leaving, ends the one before. */
export function useAssistance() {
  const [state, setState] = useState<AssistanceState | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const ask = useCallback(async (kind: Assistance, request: AssistanceRequest) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    let current: AssistanceState = { kind, phase: 'writing', text: '', fixed: null, passed: null, model: null, problem: null }
    const change = (next: Partial<AssistanceState>) => {
      current = { ...current, ...next }
      if (!controller.signal.aborted) setState(current)
    }
    change({})
    try {
      for await (const event of assist(kind, request, controller.signal)) {
        if (event.type === 'text') change({ text: current.text + event.text })
        else if (event.type === 'fixed') change({ fixed: mainFile(event.files, request.program.entryPoint) })
        else if (event.type === 'proof') change({ passed: event.passed })
        else change({ model: event.model })
      }
      change({ phase: 'done' })
    } catch (error) {
      change({ phase: 'refused', problem: toProblem(error) })
    }
  }, [])

  return { state, ask }
}

function mainFile(files: readonly { path: string; content: string }[], entryPoint: string): string | null {
  return (files.find((file) => file.path === entryPoint) ?? files[0])?.content ?? null
}
