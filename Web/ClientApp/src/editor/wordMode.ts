import { type IndentContext, type StreamParser, type StringStream, indentService } from '@codemirror/language'
import type { Extension } from '@codemirror/state'

/** What there is to know of a language to colour its words; words are separated by spaces. */
export interface WordSyntax {
  keywords: string
  types?: string
  /** Constants of the language. */
  atoms?: string
  /** What the language brings along. */
  builtins?: string
  lineComments?: string[]
  /** Only where nothing stands before them. */
  lineComments1st?: string[]
  blockComment?: [start: string, end: string]
  /** Each with what starts and ends it; `raw` ones know no backslash. */
  strings: { start: string; end: string; raw?: boolean; lines?: boolean }[]
  ignoreCase?: boolean
  word?: RegExp
  number?: RegExp
  /** Names with a sign of their own, such as `$x` or `@x`. */
  variable?: RegExp
  /** Symbols and the like: `:ok`. */
  atom?: RegExp
  meta?: RegExp
  type?: RegExp
  /** A line after which the next is indented, and a beginning that takes it back. */
  opens?: RegExp
  closes?: RegExp
}

interface Inside {
  end: string | null
  raw: boolean
  kind: 'comment' | 'string'
  /** A string that does not go on in the next line. */
  ofLine: boolean
}

const outside: Inside = { end: null, raw: true, kind: 'string', ofLine: false }
const usualNumber = /^(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)/

/** A highlighter of words, strings, numbers and comments: enough to read by, for languages that nobody has a grammar for. */
export function wordMode(name: string, syntax: WordSyntax): StreamParser<Inside> {
  const fold = (word: string) => (syntax.ignoreCase ? word.toLowerCase() : word)
  const kinds = new Map<string, string>()
  const learn = (words: string | undefined, kind: string) => {
    for (const word of words?.split(' ') ?? []) kinds.set(fold(word), kind)
  }
  learn(syntax.builtins, 'variableName.standard')
  learn(syntax.types, 'typeName')
  learn(syntax.atoms, 'atom')
  learn(syntax.keywords, 'keyword')
  const word = anchored(syntax.word ?? /[\p{L}_][\p{L}\p{N}_]*/u)
  const others = [
    [syntax.meta, 'meta'], [syntax.variable, 'variableName.special'], [syntax.atom, 'atom'], [syntax.type, 'typeName'],
  ] as const
  const patterns = others.flatMap(([pattern, kind]) => (pattern ? [[anchored(pattern), kind] as const] : []))

  return {
    name,
    startState: () => ({ ...outside }),
    copyState: (state) => ({ ...state }),
    token(stream, state) {
      if (state.end !== null) return finish(stream, state)
      if (stream.eatSpace()) return null
      const first = stream.string.slice(0, stream.pos).trim() === ''
      const comments = first ? [...(syntax.lineComments ?? []), ...(syntax.lineComments1st ?? [])] : (syntax.lineComments ?? [])
      if (comments.some((start) => startsWith(stream, start, syntax.ignoreCase))) {
        stream.skipToEnd()
        return 'comment'
      }
      if (syntax.blockComment && stream.match(syntax.blockComment[0])) {
        Object.assign(state, { end: syntax.blockComment[1], raw: true, kind: 'comment', ofLine: false })
        return finish(stream, state)
      }
      for (const { start, end, raw = false, lines = false } of syntax.strings) {
        if (!stream.match(start)) continue
        Object.assign(state, { end, raw, kind: 'string', ofLine: !lines })
        return finish(stream, state)
      }
      for (const [pattern, kind] of patterns) if (stream.match(pattern)) return kind
      if (stream.match(syntax.number ?? usualNumber)) return 'number'
      const found = stream.match(word)
      if (found && found !== true) return kinds.get(fold(found[0])) ?? 'variableName'
      stream.next()
      return 'operator'
    },
    languageData: {
      ...(syntax.closes && { indentOnInput: new RegExp(`^\\s*(?:${syntax.closes.source})$`, syntax.closes.flags) }),
    },
  }
}

function finish(stream: StringStream, state: Inside): string {
  const { end, raw, kind, ofLine } = state
  while (!stream.eol()) {
    if (end !== null && stream.match(end)) {
      Object.assign(state, outside)
      return kind
    }
    if (stream.next() === '\\' && !raw) stream.next()
  }
  if (ofLine) Object.assign(state, outside)
  return kind
}

function startsWith(stream: StringStream, start: string, ignoreCase = false): boolean {
  // A comment that starts with a word, such as REM, is not the start of a longer word.
  const found = stream.match(start, false, ignoreCase)
  const next = stream.string.charAt(stream.pos + start.length)
  return Boolean(found) && !(/\w$/.test(start) && /\w/.test(next))
}

function anchored(pattern: RegExp): RegExp {
  return new RegExp(`^(?:${pattern.source})`, pattern.flags)
}

/** As the line before, one step further in after what opens a block, one step back for what closes it. */
export const wordIndentation = (syntax: WordSyntax): Extension => indentService.of((context, pos) => indentationOf(syntax, context, pos))

function indentationOf({ opens, closes }: WordSyntax, context: IndentContext, pos: number): number {
  const { doc } = context.state
  const here = context.lineAt(pos, -1)
  const textAfter = context.lineAt(pos, 1).text.trimStart()
  let text = here.text
  let from = here.from
  // With a line break about to be made, the line before it is the one to go by.
  const breaks = context.simulatedBreak !== null
  for (let number = doc.lineAt(from).number - 1; (!breaks && from === here.from) || text.trim() === ''; number--) {
    if (number < 1) return 0
    ;({ text, from } = doc.line(number))
  }
  const steps = (opens?.test(text) ? 1 : 0) - (closes && new RegExp(`^(?:${closes.source})`, closes.flags).test(textAfter) ? 1 : 0)
  return Math.max(0, context.countColumn(text, text.search(/\S|$/)) + steps * context.unit)
}
