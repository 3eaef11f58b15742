import { StreamLanguage, foldService, language } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'

/** Highlighters of words know no blocks: what is indented deeper than a line is what that line can fold away. */
export const indentationFolding = foldService.of((state, from) => {
  const grammar = state.facet(language)
  if (grammar && !(grammar instanceof StreamLanguage)) return null
  const { doc } = state
  const head = doc.lineAt(from)
  if (head.text.trim() === '') return null
  const depth = depthOf(head.text, state)
  let end: number | null = null
  for (let number = head.number + 1; number <= doc.lines; number++) {
    const line = doc.line(number)
    if (line.text.trim() === '') continue
    if (depthOf(line.text, state) <= depth) break
    end = line.to
  }
  return end === null ? null : { from: head.to, to: end }
})

function depthOf(text: string, { tabSize }: EditorState): number {
  let depth = 0
  for (const character of text) {
    if (character === '\t') depth += tabSize - (depth % tabSize)
    else if (character === ' ') depth++
    else break
  }
  return depth
}
