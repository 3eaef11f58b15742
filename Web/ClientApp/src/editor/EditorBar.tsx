import { Suspense, lazy, useCallback, useEffect, useId, useRef, useState } from 'react'
import { isSample, sampleOf } from '../drafts/draft'
import { type Workspace, type WorkspaceState, isModified } from '../drafts/workspace'
import { downloadFile, downloadZip, zipName } from '../files/download'
import { FileTabs, type Naming } from '../files/FileTabs'
import { registerCommands } from '../palette/commands'
import { t } from '../texts/texts'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Menu, type MenuItem } from '../ui/Menu'
import { commandKey, hasCommandKey } from '../ui/platform'
import styles from './EditorBar.module.css'
import { EditorNotices } from './EditorNotices'
import { RunOptions, hasOptions } from './RunOptions'

const SettingsDialog = lazy(() => import('../settings/SettingsDialog'))

interface EditorBarProps {
  workspace: Workspace
  state: WorkspaceState
  /** Of the element that shows the file. */
  panel: string
  /** Why files that were brought were not taken. */
  refusals: readonly string[]
  onBring: (files: File[]) => void
  onDismissRefusals: () => void
  onAdded: (path: string) => void
}

/** The program's files, what it is run with, and ways back from what was replaced or deleted. */
export function EditorBar({ workspace, state, panel, refusals, onBring, onDismissRefusals, onAdded }: EditorBarProps) {
  const { language, draft } = state
  const id = useId()
  const [opened, setOpened] = useState<boolean | null>(null)
  const [naming, setNaming] = useState<Naming>(null)
  const [showingSettings, setShowingSettings] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const showSettings = useCallback(() => setShowingSettings(true), [])
  useSettingsKey(showSettings)
  useEffect(() => registerCommands(() => [
    { id: 'settings', group: 'page', title: t.settings.settings, keywords: ['vim', 'emacs', 'font', 'wrap', 'indent'], hint: `${commandKey} ,`, run: showSettings },
  ]), [showSettings])
  if (!language || !draft) return null

  const set = hasOptions(draft)
  // A phone has no room for what nobody asked to see.
  const showOptions = opened ?? (set && !window.matchMedia('(max-width: 760px)').matches)
  const { active, files, saved } = draft
  const several = files.length > 1
  const shown = files.find((file) => file.path === active)
  const title = saved?.title ?? language.id

  const items: MenuItem[] = [
    { icon: 'pencil', label: t.files.rename, keys: t.files.renameKeys, onChoose: () => setNaming({ path: active }) },
    ...(several
      ? [
        { icon: 'play', label: t.files.start, disabled: draft.entryPoint === active, onChoose: () => workspace.edit({ entryPoint: active }) },
        { icon: 'trash', label: t.files.delete, onChoose: () => workspace.deleteFile(active) },
      ] as const
      : []),
    { icon: 'upload', label: t.files.upload, onChoose: () => chooser.current?.click() },
    { icon: 'download', label: t.files.download(active), onChoose: () => shown && downloadFile(shown) },
    ...(several ? [{ icon: 'download', label: t.files.downloadAll, onChoose: () => void downloadZip(files, zipName(title)) }] as const : []),
    ...(language.sample !== '' && !isSample(draft, language)
      ? [{ icon: 'undo', label: t.files.sample, onChoose: () => workspace.replace(language, sampleOf(language)) }] as const
      : []),
  ]

  return (
    <div className={styles['bar']}>
      <div className={styles['row']}>
        <FileTabs
          workspace={workspace}
          draft={draft}
          extension={/\.[^./]+$/.exec(language.entryPoint)?.[0] ?? ''}
          naming={naming}
          onName={setNaming}
          onAdded={onAdded}
          panel={panel}
        />
        {saved && (
          <span className={styles['saved']} title={isModified(draft) ? t.files.changed : t.files.saved}>
            {saved.title}{isModified(draft) && <><span aria-hidden="true"> •</span><span className="visually-hidden">, {t.files.changed}</span></>}
          </span>
        )}
        <Menu icon="more" label={t.files.actions} items={items} />
        <Button small className={styles['options']} title={t.options.options} aria-label={set ? `${t.options.options}, ${t.options.someSet}` : t.options.options} aria-expanded={showOptions} aria-controls={id} onClick={() => setOpened(!showOptions)}>
          <Icon name="options" size={16} />
          <span className={styles['word']}>{t.options.short}</span>
          {set && <span className={styles['mark']} aria-hidden="true" />}
        </Button>
        <IconButton icon="settings" label={t.settings.settings} aria-keyshortcuts="Control+, Meta+," onClick={() => setShowingSettings(true)} />
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          data-testid="upload"
          onChange={(event) => {
            onBring(Array.from(event.target.files ?? []))
            event.target.value = ''
          }}
        />
      </div>
      {showOptions && <RunOptions id={id} workspace={workspace} language={language} draft={draft} focus={opened === true} />}
      <EditorNotices workspace={workspace} state={state} refusals={refusals} onDismissRefusals={onDismissRefusals} />
      {showingSettings && (
        <Suspense fallback={null}>
          <SettingsDialog onClose={() => setShowingSettings(false)} />
        </Suspense>
      )}
    </div>
  )
}

/** Ctrl and comma, as in other editors. */
function useSettingsKey(onSettings: () => void): void {
  const open = useRef(onSettings)
  useEffect(() => {
    open.current = onSettings
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!hasCommandKey(event) || event.key !== ',' || event.shiftKey) return
      event.preventDefault()
      open.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
