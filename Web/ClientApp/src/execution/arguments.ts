/** Splits a line into arguments as a shell would: spaces separate, quotes and backslashes keep together. */
export function splitArguments(line: string): string[] {
  const parts = line.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"?|'[^']*'?|\\$)+/gs)
  return Array.from(parts, ([part]) => unquote(part))
}

function unquote(part: string): string {
  return part.replace(/"((?:[^"\\]|\\.)*)"?|'([^']*)'?|\\(.)|\\$/gs, (_, double?: string, single?: string, escaped?: string) =>
    double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? escaped ?? ''))
}

/** The line that `splitArguments` splits into these. */
export function joinArguments(list: readonly string[]): string {
  return list.map((part) => (/^[\w./:=@%+,-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`)).join(' ')
}
