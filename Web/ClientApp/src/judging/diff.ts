import type { ComparisonMode } from './cases'

export interface DiffLine {
  kind: 'same' | 'missing' | 'unexpected'
  text: string
  /** Differs from a line of the other side in white space alone, so that must be seen. */
  showsWhiteSpace: boolean
}

/** Beyond this the middle is shown as replaced; finding the least difference would take too long. */
const maxEdits = 400

/** What was expected and what came, line by line. */
export function diffLines(expected: string, actual: string, mode: ComparisonMode): DiffLine[] {
  const before = toLines(expected, mode)
  const after = toLines(actual, mode)
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++

  const same = (text: string): DiffLine => ({ kind: 'same', text, showsWhiteSpace: false })
  const middle = between(before.slice(start, before.length - end), after.slice(start, after.length - end))
  return [...before.slice(0, start).map(same), ...markWhiteSpace(middle), ...before.slice(before.length - end).map(same)]
}

/** Lines as the judge sees them: by lines, white space at their ends and empty lines at the end are nothing. */
function toLines(text: string, mode: ComparisonMode): string[] {
  if (text === '') return []
  if (mode === 'exact') return text.split(/(?<=\n)/)
  const lines = text.split('\n')
  if (mode !== 'lines') {
    if (lines.at(-1) === '') lines.pop()
    return lines
  }
  const trimmed = lines.map((line) => line.trimEnd())
  while (trimmed.at(-1) === '') trimmed.pop()
  return trimmed
}

/** Myers' greedy way to the shortest script of edits. */
function between(before: readonly string[], after: readonly string[]): DiffLine[] {
  const line = (kind: DiffLine['kind'], text = ''): DiffLine => ({ kind, text, showsWhiteSpace: false })
  const replaced = () => [...before.map((text) => line('missing', text)), ...after.map((text) => line('unexpected', text))]
  if (before.length === 0 || after.length === 0) return replaced()

  const furthest = new Map<number, number>([[1, 0]])
  const reach = (diagonal: number): number => furthest.get(diagonal) ?? -1
  const steps: Map<number, number>[] = []
  for (let edits = 0; edits <= Math.min(maxEdits, before.length + after.length); edits++) {
    steps.push(new Map(furthest))
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = diagonal === -edits || (diagonal !== edits && reach(diagonal - 1) < reach(diagonal + 1))
      let x = down ? reach(diagonal + 1) : reach(diagonal - 1) + 1
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++
      furthest.set(diagonal, x)
      if (x >= before.length && x - diagonal >= after.length) return walkBack(steps, before, after, line)
    }
  }
  return replaced()
}

function walkBack(
  steps: readonly Map<number, number>[], before: readonly string[], after: readonly string[], line: (kind: DiffLine['kind'], text?: string) => DiffLine,
): DiffLine[] {
  const found: DiffLine[] = []
  let x = before.length
  let y = after.length
  for (let edits = steps.length - 1; edits >= 0; edits--) {
    const reach = (diagonal: number): number => steps[edits]?.get(diagonal) ?? -1
    const diagonal = x - y
    const down = diagonal === -edits || (diagonal !== edits && reach(diagonal - 1) < reach(diagonal + 1))
    const fromDiagonal = down ? diagonal + 1 : diagonal - 1
    const fromX = edits === 0 ? 0 : reach(fromDiagonal)
    const fromY = edits === 0 ? 0 : fromX - fromDiagonal
    while (x > fromX && y > fromY) {
      found.push(line('same', before[--x]))
      y--
    }
    if (edits === 0) break
    if (down) found.push(line('unexpected', after[--y]))
    else found.push(line('missing', before[--x]))
  }
  return found.reverse()
}

/** Where lines were replaced by lines that look the same, their white space is the difference. */
function markWhiteSpace(lines: readonly DiffLine[]): DiffLine[] {
  const bare = (text: string) => text.replace(/\s/g, '')
  const others = { missing: new Set<string>(), unexpected: new Set<string>() }
  for (const { kind, text } of lines) if (kind !== 'same') others[kind].add(bare(text))
  return lines.map((each) => {
    if (each.kind === 'same') return each
    const opposite = others[each.kind === 'missing' ? 'unexpected' : 'missing']
    return { ...each, showsWhiteSpace: opposite.has(bare(each.text)) }
  })
}

/** The white space of a line as signs. */
export function visible(text: string): string {
  return text.replaceAll(' ', '·').replaceAll('\t', '→   ').replaceAll('\r', '␍').replaceAll('\n', '⏎').replaceAll('\u00a0', '⍽')
}
