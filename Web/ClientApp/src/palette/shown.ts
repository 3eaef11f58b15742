import { useSyncExternalStore } from 'react'
import type { CommandGroup } from './commands'

export type Shown = { kind: 'palette'; group: CommandGroup | null } | { kind: 'help' } | null

let shown: Shown = null
const listeners = new Set<() => void>()

/** Opens the palette, at one of its groups if wanted: `showPalette('samples')`. */
export const showPalette = (group: CommandGroup | null = null): void => set({ kind: 'palette', group })
export const showHelp = (): void => set({ kind: 'help' })
export const hide = (): void => set(null)
export const whatIsShown = (): Shown => shown

export const useShown = (): Shown => useSyncExternalStore(subscribe, whatIsShown)

function set(next: Shown): void {
  shown = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
