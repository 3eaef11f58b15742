import type { EmbedOptions } from './options'

const lineHeight = 22
const smallest = 88
const largestCode = 520
const bar = 53
const tabs = 41
const output = 200

/** Tells the page around the frame how high it would like to be. It says nothing of the program, so any page may hear it. */
export function tellHeight({ growing }: Pick<EmbedOptions, 'growing'>, { lines, ...shown }: { lines: number; tabs: boolean; started: boolean }): void {
  if (!growing || window.parent === window) return
  const code = Math.min(Math.max(lines * lineHeight + 24, smallest), largestCode)
  const height = code + bar + (shown.tabs ? tabs : 0) + (shown.started ? output : 0)
  window.parent.postMessage({ type: 'onlinecompiler:height', height }, '*')
}
