/** A table as text: quotes keep together, doubled quotes are one; the separator is what the first line has most of. */
export function parseTable(text: string, path: string): string[][] {
  const separator = path.toLowerCase().endsWith('.tsv') ? '\t' : guessSeparator(text)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endRow = () => {
    row.push(cell)
    cell = ''
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (quoted) {
      if (character !== '"') cell += character
      else if (text.charAt(at + 1) === '"') cell += text.charAt(++at)
      else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === separator) {
      row.push(cell)
      cell = ''
    } else if (character === '\n') endRow()
    else if (character !== '\r') cell += character
  }
  endRow()
  return rows
}

function guessSeparator(text: string): string {
  const end = text.indexOf('\n')
  const first = end < 0 ? text : text.slice(0, end)
  const count = (separator: string) => first.split(separator).length
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best))
}

export interface Sorting {
  column: number
  descending: boolean
}

/** Numbers by their size where a column has nothing else, words as people sort them; rows without a value come last. */
export function sortRows(rows: readonly string[][], { column, descending }: Sorting): string[][] {
  const valueOf = (row: string[]) => row[column]?.trim() ?? ''
  const numeric = rows.every((row) => valueOf(row) === '' || Number.isFinite(Number(valueOf(row))))
  const { compare } = new Intl.Collator(undefined, { numeric: true })
  return rows.toSorted((a, b) => {
    const [first, second] = [valueOf(a), valueOf(b)]
    if (first === '' || second === '') return Number(first === '') - Number(second === '')
    const order = numeric ? Number(first) - Number(second) : compare(first, second)
    return descending ? -order : order
  })
}
