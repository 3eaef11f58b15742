import { useEffect } from 'react'
import { type Area, areaOf, areasFrom, isTerminal } from '../announce/areas'
import { hasCommandKey } from '../ui/platform'
import { hide, showHelp, showPalette, whatIsShown } from './shown'

const takesText = (target: EventTarget | null) => target instanceof Element && target.closest('input, textarea, [contenteditable="true"]') !== null

/** The keys that work from anywhere, before the editor and the terminal see them. */
export function usePageKeys(active: boolean, goTo: (area: Area) => boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actionOf(event, active, goTo)
      if (!action) return
      event.preventDefault()
      event.stopPropagation()
      if (!event.repeat) action()
    }
    // Where no program takes Tab, it must not end in the terminal: the browser moves the focus as everywhere else.
    const onTab = (event: KeyboardEvent) => {
      if (event.key === 'Tab' && !active && isTerminal(event.target)) event.stopPropagation()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('keydown', onTab, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('keydown', onTab, { capture: true })
    }
  }, [active, goTo])
}

function actionOf(event: KeyboardEvent, active: boolean, goTo: (area: Area) => boolean): (() => void) | null {
  if (event.isComposing) return null
  const { key, target } = event
  const paletteKey = (hasCommandKey(event) && event.shiftKey && key.toLowerCase() === 'p')
    // A program that runs may want it.
    || (key === 'F1' && !(active && isTerminal(target)))
  const open = document.querySelector('dialog[open]') !== null
  if (paletteKey) {
    if (whatIsShown()?.kind === 'palette') return hide
    return open ? null : () => showPalette()
  }
  if (open) return null
  if (key === 'F6') {
    return () => {
      areasFrom(areaOf(document.activeElement), event.shiftKey).some(goTo)
    }
  }
  if (key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey && !takesText(target)) return showHelp
  return null
}
