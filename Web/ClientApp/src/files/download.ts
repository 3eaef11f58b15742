import type { DraftFile } from '../drafts/draft'
import { save } from './save'
import { zip } from './zip'

/** One file as itself. */
export function downloadFile({ path, content }: DraftFile): void {
  save(path.split('/').at(-1) ?? path, new Blob([content], { type: 'text/plain;charset=utf-8' }))
}

/** All of them in a zip. */
export async function downloadZip(files: readonly DraftFile[], name: string): Promise<void> {
  save(`${name}.zip`, await zip(files))
}

/** What a program's zip is called. */
export const zipName = (title: string): string => title.replace(/[^\p{L}\p{N}._ -]+/gu, '-').trim() || 'program'
