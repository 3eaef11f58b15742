/** What the address of a frame asks for. */
export interface EmbedOptions {
  /** Id of what somebody shared; null when the program, or nothing but its language, is in the address itself. */
  snapshot: string | null
  language: string | null
  code: string | null
  theme: 'light' | 'dark' | null
  readOnly: boolean
  lineNumbers: boolean
  /** The frame follows what is in it; else its page has said how high it is. */
  growing: boolean
}

const isOn = (value: string | null): boolean => value !== null && !['0', 'false', 'no'].includes(value)

export function readOptions({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): EmbedOptions {
  const query = new URLSearchParams(search)
  const [, snapshot = null] = /^\/embed\/([\w-]+)\/?$/.exec(pathname) ?? []
  const [, code] = /^#code=(.*)$/s.exec(hash) ?? []
  const theme = query.get('theme')
  return {
    snapshot,
    language: query.get('language'),
    code: code === undefined ? null : decode(code),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    readOnly: isOn(query.get('readonly')),
    lineNumbers: query.get('lines') === null || isOn(query.get('lines')),
    growing: query.get('height') !== 'fixed',
  }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
