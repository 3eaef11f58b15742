import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Workspace } from '../drafts/workspace'
import { type RunState, isActive } from '../execution/runState'
import type { Language } from '../languages/languages'
import type { Keeping } from './desk'
import type { Keeper } from './keeper'

const unknown: Keeping = { phase: 'nothing' }

/** The keeper of the workspace, once it has come: nothing is to be saved before the first paint. */
export function useKeeper(workspace: Workspace, languages: readonly Language[], run: RunState): { keeper: Keeper | null; keeping: Keeping } {
  const [keeper, setKeeper] = useState<Keeper | null>(null)
  const known = useRef(languages)
  useEffect(() => {
    known.current = languages
  }, [languages])

  useEffect(() => {
    let stop: (() => void) | null = null
    let left = false
    void import('./keeper').then((module) => {
      if (left) return
      const made = new module.Keeper(workspace, () => known.current)
      stop = made.start()
      setKeeper(made)
    })
    return () => {
      left = true
      stop?.()
      setKeeper(null)
    }
  }, [workspace])

  const keeping = useSyncExternalStore(keeper?.subscribe ?? never, keeper?.state ?? (() => unknown))
  useRunHistory(keeper, run)
  return { keeper, keeping }
}

const never = () => () => {}

/** Saves the program when it is started, so that its history can say which version ran, and notes how that ended. */
function useRunHistory(keeper: Keeper | null, run: RunState): void {
  const saving = useRef<ReturnType<Keeper['flush']> | null>(null)
  const active = isActive(run)
  useEffect(() => {
    if (active) saving.current = keeper?.flush() ?? null
  }, [keeper, active])

  const { result } = run
  useEffect(() => {
    const measured = result?.run ?? result?.compile
    if (!keeper || !result || !measured || !saving.current) return
    void keeper.note(saving.current, {
      outcome: result.outcome,
      exitCode: measured.exitCode,
      compileFailed: !result.run,
      wallTimeMs: measured.wallTimeMs,
      cpuTimeMs: measured.cpuTimeMs,
      memoryPeakBytes: measured.memoryPeakBytes,
    })
    saving.current = null
  }, [keeper, result])
}
