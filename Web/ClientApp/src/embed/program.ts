import { toContent } from '../drafts/content'
import { singleFile } from '../drafts/draft'
import type { SessionContent } from '../sessions/api'
import { type Language, fetchLanguages } from '../languages/languages'
import { findLanguage } from '../sharing/link'
import { getSnapshot } from '../sharing/api'
import type { EmbedOptions } from './options'

export interface EmbeddedProgram {
  language: Language
  content: SessionContent
}

/** Null when the address names nothing that is here. */
export async function loadProgram(options: EmbedOptions, signal: AbortSignal): Promise<EmbeddedProgram | null> {
  const [languages, snapshot] = await Promise.all([fetchLanguages(signal), options.snapshot ? getSnapshot(options.snapshot, signal) : null])
  const language = findLanguage(languages, snapshot?.language ?? options.language ?? '')
  if (!language) return null
  if (snapshot) return { language, content: snapshot }
  const code = options.code ?? language.sample
  return { language, content: toContent({ language, draft: singleFile(language.entryPoint, code) }, language.name) }
}

/** The same program in the page itself, as far as an address can carry it. */
export function addressOutside({ language, content }: EmbeddedProgram, files: SessionContent['files'], snapshot: string | null): string {
  const isChanged = JSON.stringify(files) !== JSON.stringify(content.files)
  const [only] = files
  if (snapshot && (!isChanged || files.length > 1)) return `/s/${snapshot}`
  return `/${encodeURIComponent(language.id)}#code=${encodeURIComponent(only?.content ?? '')}`
}
