import { useId } from 'react'
import type { Draft } from '../drafts/draft'
import type { Workspace } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import { t } from '../texts/texts'
import styles from './RunOptions.module.css'

/** What this run is to be different in from a run that just has the code. */
export const hasOptions = ({ arguments: line, stdin, compilerArguments, version }: Draft): boolean =>
  [line, stdin, compilerArguments, version].some((option) => option !== '')

interface RunOptionsProps {
  id: string
  workspace: Workspace
  language: Language
  draft: Draft
  /** Somebody has just opened it, and wants to write. */
  focus: boolean
}

export function RunOptions({ id, workspace, language, draft, focus }: RunOptionsProps) {
  const field = useId()
  const line = { autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const
  return (
    <div className={styles['pane']} id={id} role="group" aria-label={t.options.options}>
      <div className={styles['option']} data-wide={!language.compiled && language.versions.length < 2}>
        <label htmlFor={`${field}-arguments`}>{t.options.arguments}</label>
        <input
          id={`${field}-arguments`}
          {...line}
          autoFocus={focus}
          placeholder={t.options.argumentsExample}
          value={draft.arguments}
          onChange={(event) => workspace.edit({ arguments: event.target.value })}
        />
      </div>
      {language.compiled && (
        <div className={styles['option']}>
          <label htmlFor={`${field}-compiler`}>{t.options.compilerArguments}</label>
          <input
            id={`${field}-compiler`}
            {...line}
            placeholder={t.options.compilerArgumentsExample}
            value={draft.compilerArguments}
            onChange={(event) => workspace.edit({ compilerArguments: event.target.value })}
          />
        </div>
      )}
      {(language.versions.length > 1 || draft.version !== '') && (
        <div className={styles['option']}>
          <label htmlFor={`${field}-version`}>{t.options.version}</label>
          <select id={`${field}-version`} value={draft.version} onChange={(event) => workspace.edit({ version: event.target.value })}>
            <option value="">{t.options.usualVersion(language.version ?? '')}</option>
            {/* One that is not there any more is shown, too: the service then says so. */}
            {Array.from(new Set([...language.versions, ...(draft.version ? [draft.version] : [])])).map((version) => (
              <option key={version} value={version}>{version}</option>
            ))}
          </select>
        </div>
      )}
      <div className={styles['option']} data-wide="true">
        <label htmlFor={`${field}-stdin`}>{t.options.stdin}</label>
        <textarea
          id={`${field}-stdin`}
          {...line}
          rows={3}
          aria-describedby={`${field}-explained`}
          value={draft.stdin}
          onChange={(event) => workspace.edit({ stdin: event.target.value })}
        />
        <p id={`${field}-explained`}>{t.options.stdinExplained}</p>
      </div>
    </div>
  )
}
