import type { Settings } from '../settings/settings'

/** Where a tab is not a matter of taste. */
const withTabs = /(?:^|\/)(?:GNUm|M|m)akefile$|\.(?:mk|go)$/
const withTwoSpaces = /\.(?:[mc]?[jt]sx?|json|ya?ml|html?|css|scss|less|xml|svg|rb|cr|ex|exs|lua|clj[cs]?|edn|lisp|lsp|cl|el|scm|sld|rkt|hs|lhs|ml|mli|sml|scala|nim|[rR]|coffee|dart|elm|sh|bash|fish|zsh|md|erl|hrl|vhdl?|v|sv)$/

/** One step: as the settings want it, as the text has it already, or as such files are usually written. */
export function indentOf(code: string, fileName: string, wanted: Settings['indentation']): string {
  if (withTabs.test(fileName)) return '\t'
  if (wanted === 'tab') return '\t'
  if (wanted !== 'auto') return ' '.repeat(Number(wanted))
  if (/^\t/m.test(code)) return '\t'
  // One space is how comments of several lines go on.
  const smallest = Array.from(code.matchAll(/^( {2,})\S/gm), ([, spaces = '']) => spaces.length).sort((a, b) => a - b)[0]
  if (smallest !== undefined && smallest <= 8) return ' '.repeat(smallest)
  return withTwoSpaces.test(fileName) ? '  ' : '    '
}
