import { useSyncExternalStore } from 'react'
import * as v from 'valibot'

export const fontSizes = [12, 13, 14, 15, 16, 18, 20, 24] as const
export const tabWidths = [2, 4, 8] as const
export const keyStyles = ['usual', 'vim', 'emacs'] as const
export const indentations = ['auto', '2', '4', '8', 'tab'] as const

/** Whatever cannot be read is as usual, and takes nothing else with it. */
const settingsSchema = v.object({
  keys: v.optional(v.fallback(v.picklist(keyStyles), 'usual'), 'usual'),
  /** Pixels; null for what suits the screen. */
  fontSize: v.optional(v.fallback(v.nullable(v.picklist(fontSizes)), null), null),
  wrap: v.optional(v.fallback(v.boolean(), false), false),
  /** How many spaces a step is, or a tab; `auto` is as the file has it, or as its language is usually written. */
  indentation: v.optional(v.fallback(v.picklist(indentations), 'auto'), 'auto'),
  /** How wide a tab character is shown, in spaces. */
  tabWidth: v.optional(v.fallback(v.picklist(tabWidths), 4), 4),
})

export type Settings = v.InferOutput<typeof settingsSchema>

/** For who has chosen nothing. */
export const usualSettings: Settings = v.parse(settingsSchema, {})

const storageKey = 'oc.settings'
const listeners = new Set<() => void>()
let current: Settings | null = null

/** How this browser's owner likes the editor. */
export function settings(): Settings {
  current ??= stored()
  return current
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...settings(), ...change }
  try {
    localStorage.setItem(storageKey, JSON.stringify(current))
  } catch {
    // Then they last as long as the page.
  }
  for (const listener of listeners) listener()
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings)
}

/** Reads them anew; another tab may have changed them. */
export function rereadSettings(): void {
  current = null
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(): Settings {
  try {
    const parsed = v.safeParse(settingsSchema, JSON.parse(localStorage.getItem(storageKey) ?? '{}'))
    if (parsed.success) return parsed.output
  } catch {
    // Nothing, or nothing that can be read.
  }
  return usualSettings
}

window.addEventListener('storage', (event) => {
  if (event.key === storageKey || event.key === null) rereadSettings()
})
