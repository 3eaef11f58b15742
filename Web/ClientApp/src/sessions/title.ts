import type { Language } from '../languages/languages'
import { t } from '../texts/texts'
import type { SessionContent } from './api'

const longest = 60
const comment = /^\s*(?:#(?!!)|\/\/+|--|;+|%+|\/\*+|\(\*|<!--)\s*([^\s].*?)\s*(?:\*+\/|\*\)|-->)?$/

/** What a new program is called until its owner names it: what its first line says of it, else its language. */
export function titleOf({ files, entryPoint }: SessionContent, language: Language): string {
  const main = files.find((file) => file.path === entryPoint) ?? files[0]
  const lines = main?.content.split('\n', 5).filter((line) => line.trim() !== '' && !line.startsWith('#!')) ?? []
  const [, said = ''] = comment.exec(lines[0] ?? '') ?? []
  return /\p{L}{2}/u.test(said) && said.length <= longest && !/[;{}<>=]/.test(said) && !said.startsWith('include')
    ? said
    : t.sessions.untitled(language.name)
}
