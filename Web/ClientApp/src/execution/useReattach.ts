import { useEffect } from 'react'
import * as v from 'valibot'
import type { Runner } from './runner'

const key = 'onlinecompiler.run'
const leftSchema = v.object({ token: v.string(), language: v.string() })

/**
 * Comes back to the program that ran when this tab was loaded again. What that needs is stored only while the page is out of sight, or gone:
 * a copy of a tab has a copy of its storage, and two tabs must not fight for one program.
 */
export function useReattach(runner: Runner, reattaching: () => void): void {
  useEffect(() => {
    const left = take()
    if (left) {
      reattaching()
      runner.reattach(left)
    }

    const keep = () => {
      const leaving = runner.left
      if (leaving) store(JSON.stringify(leaving))
    }
    const look = () => (document.visibilityState === 'hidden' ? keep() : take())
    window.addEventListener('pagehide', keep)
    window.addEventListener('pageshow', take)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('pagehide', keep)
      window.removeEventListener('pageshow', take)
      document.removeEventListener('visibilitychange', look)
    }
  }, [runner, reattaching])
}

function store(text: string): void {
  try {
    sessionStorage.setItem(key, text)
  } catch {
    // Full or forbidden: the program is ended after a while, as when the tab is closed.
  }
}

function take(): v.InferOutput<typeof leftSchema> | null {
  try {
    const text = sessionStorage.getItem(key)
    if (text === null) return null
    sessionStorage.removeItem(key)
    const parsed = v.safeParse(leftSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
