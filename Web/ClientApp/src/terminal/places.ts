import type { IBufferCell, ILink, Terminal } from '@xterm/xterm'
import { findFile } from '../drafts/files'

/** A place in one of the program's files; line and column from 1. */
export interface Place {
  path: string
  line: number
  column: number
}

export interface FoundPlace extends Place {
  /** Where in the text it is named. */
  start: number
  end: number
}

/** What the page that shows the terminal knows of files. */
export interface Places {
  files(): readonly string[]
  open(place: Place): void
}

/** How compilers and runtimes say where; what they say of other files than the program's is passed over. */
const forms = [
  // Python, OCaml, Tcl: File "main.py", line 3   File "main.ml", line 4, characters 2-7   (file "main.tcl" line 5)
  /[Ff]ile "(?<file>[^"]+)",? lines? (?<line>\d+)(?:-\d+)?(?:, characters (?<offset>\d+))?/g,
  // C#, F#, Pascal, TypeScript: Program.cs(4,5)   main.pas(3)
  /(?<file>[^\s"'()<>[\]:,]+)\((?<line>\d+)(?:,(?<column>\d+))?(?:,\d+,\d+)?\)/g,
  // .NET's stack traces: in /workspace/Program.cs:line 4
  /(?<file>[^\s"'()<>[\]:,]+):line (?<line>\d+)/g,
  // Bash, PHP, Perl: main.sh: line 3   main.php on line 4   main.pl line 5
  /(?<file>[^\s"'()<>[\]:,]+):?(?: on| at)? line (?<line>\d+)/g,
  // Most others: main.cpp:4:5   Main.java:3   file:///workspace/main.mjs:2:7
  /(?<file>(?:file:\/\/)?[^\s"'()<>[\]:,]+):(?<line>\d+)(?:[:.](?<column>\d+))?/g,
]

export function findPlaces(text: string, files: readonly string[]): FoundPlace[] {
  const found: FoundPlace[] = []
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      const { file = '', line = '', column, offset } = match.groups ?? {}
      const path = findFile(file, files)
      const start = match.index
      const end = start + match[0].length
      if (path === null || Number(line) < 1 || found.some((other) => start < other.end && other.start < end)) continue
      found.push({ path, line: Number(line), column: Math.max(1, offset === undefined ? Number(column ?? 1) : Number(offset) + 1), start, end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Makes places that the output names lead there. */
export function addPlaces(xterm: Terminal, places: () => Places | null): void {
  xterm.registerLinkProvider({
    provideLinks: (y, answer) => {
      const known = places()
      if (!known) {
        answer(undefined)
        return
      }
      const { text, cells } = lineAt(xterm, y)
      const links = findPlaces(text, known.files()).map((place): ILink => ({
        text: text.slice(place.start, place.end),
        range: { start: cells[place.start] ?? origin, end: cells[place.end - 1] ?? origin },
        activate: () => known.open(place),
      }))
      answer(links)
    },
  })
}

const origin = { x: 1, y: 1 }

/** The whole line that a row is part of, and the cell of each character: a long line goes on in further rows, and characters may be wide. */
function lineAt(xterm: Terminal, y: number): { text: string; cells: { x: number; y: number }[] } {
  const buffer = xterm.buffer.active
  let row = y - 1
  while (row > 0 && buffer.getLine(row)?.isWrapped) row--
  let text = ''
  const cells: { x: number; y: number }[] = []
  let cell: IBufferCell | undefined
  do {
    const line = buffer.getLine(row)
    for (let x = 0; line && x < line.length; x++) {
      cell = line.getCell(x, cell)
      if (!cell || cell.getWidth() === 0) continue
      const characters = cell.getChars() || ' '
      text += characters
      for (let unit = 0; unit < characters.length; unit++) cells.push({ x: x + 1, y: row + 1 })
    }
    row++
  } while (buffer.getLine(row)?.isWrapped)
  return { text, cells }
}
