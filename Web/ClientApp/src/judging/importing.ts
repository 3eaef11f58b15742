import { type CaseContent, type CaseFile, readCases } from './cases'

const marker = /^\s*#*\s*(?:sample |example |test |beispiel)?\s*(input|output|expected(?: output)?|stdin|stdout|eingabe|ausgabe)\s*#?\s*\d*\s*:?\s*$/i
const isInput = /input|stdin|eingabe/i

/** Reads cases out of what people paste: our JSON, or text in which lines say where an input and where an output begins. */
export function readPasted(text: string): CaseFile | null {
  const json = readCases(text)
  if (json) return json.cases.length > 0 ? json : null
  const cases: CaseContent[] = []
  let part: 'input' | 'expected' | null = null
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const [, word] = marker.exec(line) ?? []
    if (word) {
      part = isInput.test(word) ? 'input' : 'expected'
      // An output without an input before it is a case, too: of a program that reads nothing.
      if (part === 'input' || cases.length === 0 || cases.at(-1)?.expected !== '') cases.push({ name: '', input: '', expected: '' })
      continue
    }
    const current = cases.at(-1)
    if (part && current) current[part] += `${line}\n`
  }
  for (const each of cases) {
    each.input = withoutEmptyEnd(each.input)
    each.expected = withoutEmptyEnd(each.expected)
  }
  return cases.length > 0 ? { cases, comparison: null } : null
}

/** Blank lines between the parts belong to neither. */
const withoutEmptyEnd = (text: string): string => text.replace(/^\n+|\n+$/g, '') + (text.trim() === '' ? '' : '\n')

const inputEnding = /\.(?:in|input)$|(?:^|[._-])(?:in|input)(?=[._-]?\d*(?:\.txt)?$)/i
const outputEnding = /\.(?:out|ans|output|answer|expected)$|(?:^|[._-])(?:out|output|ans|answer|expected)(?=[._-]?\d*(?:\.txt)?$)/i

/** Pairs `1.in` with `1.out`, `input2.txt` with `output2.txt` and their like; a JSON file is read as one of ours. */
export function readFiles(files: readonly { name: string; text: string }[]): CaseFile | null {
  const cases: CaseContent[] = []
  const pairs = new Map<string, Partial<CaseContent>>()
  let comparison: CaseFile['comparison'] = null
  for (const { name, text } of files) {
    if (/\.json$/i.test(name)) {
      const read = readCases(text)
      if (!read) return null
      cases.push(...read.cases)
      comparison = read.comparison ?? comparison
    } else if (outputEnding.test(name)) pairOf(name.replace(outputEnding, '')).expected = text
    else if (inputEnding.test(name)) pairOf(name.replace(inputEnding, '')).input = text
    else {
      const read = readPasted(text)
      if (!read) return null
      cases.push(...read.cases)
    }
  }

  function pairOf(stem: string): Partial<CaseContent> {
    const name = stem.replace(/\.txt$/i, '')
    const pair = pairs.get(name) ?? {}
    pairs.set(name, pair)
    return pair
  }

  const { compare } = new Intl.Collator(undefined, { numeric: true })
  for (const [name, { input = '', expected = '' }] of [...pairs].sort(([a], [b]) => compare(a, b))) cases.push({ name, input, expected })
  return cases.length > 0 ? { cases, comparison } : null
}

/** The same cases as files, as other judges want them. */
export function toPairs(cases: readonly CaseContent[]): { path: string; content: string }[] {
  const digits = String(cases.length).length
  return cases.flatMap(({ input, expected }, index) => {
    const stem = String(index + 1).padStart(digits, '0')
    return [{ path: `${stem}.in`, content: input }, { path: `${stem}.out`, content: expected }]
  })
}
