import { useEffect } from 'react'
import { hasCommandKey } from './ui/platform'

/** Work wherever the focus is, the terminal and the editor included: hence the capture, before they take the keys. */
export function useShortcuts(onRun: () => void, onSave: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!hasCommandKey(event) || event.shiftKey || event.isComposing) return
      const action = event.key === 'Enter' ? onRun : event.key.toLowerCase() === 's' && !hasOwnSave(event.target) ? onSave : null
      if (!action) return
      event.preventDefault()
      event.stopPropagation()
      // Holding the keys down must not start and stop by turns.
      if (!event.repeat) action()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [onRun, onSave])
}

/** Control S belongs to the program there; and with Emacs keys to the search. */
const hasOwnSave = (target: EventTarget | null) => target instanceof Element && target.closest('[data-testid="terminal"], [data-keys="emacs"]') !== null
