/** The lines that keys made, as the terminal of the program saw them: erased is erased, arrows are nothing. */
export function typedLines(keys: string): string {
  let done = ''
  let line = ''
  // What xterm answers to questions of the program, and cursor keys: nobody typed these.
  const typed = keys.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|O.|.)?/gs, '')
  for (const key of typed.replaceAll('\r\n', '\n')) {
    if (key === '\r' || key === '\n') {
      done += `${line}\n`
      line = ''
    } else if (key === '\x7f' || key === '\b') line = Array.from(line).slice(0, -1).join('')
    else if (key === '\x15') line = ''
    else if (key === '\x17') line = line.replace(/\S*\s*$/, '')
    else if (key === '\x03') return done
    else if (key === '\x04') {
      // The end, but in the middle of a line it only sends what is there.
      if (line === '') return done
      done += line
      line = ''
    } else if (key >= ' ' || key === '\t') line += key
  }
  return done + line
}
