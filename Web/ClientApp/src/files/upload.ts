import type { DraftFile } from '../drafts/draft'
import { bytesOf, findPathProblem, limits } from '../drafts/files'
import { t } from '../texts/texts'

export interface Brought {
  files: DraftFile[]
  /** Why others were not taken, each by name. */
  refusals: string[]
}

/** Reads text files that somebody chose or dropped, as far as the program may still grow. */
export async function readFiles(chosen: readonly File[], present: readonly DraftFile[]): Promise<Brought> {
  const files: DraftFile[] = []
  const refusals: string[] = []
  let all = present
  for (const file of chosen) {
    const read = await readText(file)
    const brought = { path: file.name, content: read.content ?? '' }
    const others = all.filter(({ path }) => path !== brought.path)
    const refusal = read.refusal ?? findRefusal(brought, others)
    if (refusal) {
      refusals.push(refusal)
      continue
    }
    all = [...others, brought]
    files.push(brought)
  }
  return { files, refusals }
}

function findRefusal({ path, content }: DraftFile, others: readonly DraftFile[]): string | null {
  const problem = findPathProblem(path, others)
  if (problem) return t.files.refused.name(path, t.files.path[problem])
  if (others.length >= limits.files) return t.files.refused.tooMany(path)
  const bytes = others.reduce((sum, file) => sum + bytesOf(file.content), bytesOf(content))
  return bytes > limits.allBytes ? t.files.refused.allTooLarge(path) : null
}

async function readText(file: File): Promise<{ content?: string; refusal?: string }> {
  // Before it is read: a film should not be loaded to find that it is none of ours.
  if (file.size > limits.fileBytes) return { refusal: t.files.refused.tooLarge(file.name) }
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return content.includes('\0') ? { refusal: t.files.refused.binary(file.name) } : { content: content.replaceAll('\r\n', '\n') }
  } catch (error) {
    return { refusal: error instanceof TypeError ? t.files.refused.binary(file.name) : t.files.refused.unreadable(file.name) }
  }
}
