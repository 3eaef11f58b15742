import { useEffect, useId, useRef, useState } from 'react'
import type { Draft } from '../drafts/draft'
import { freePath } from '../drafts/files'
import type { Workspace } from '../drafts/workspace'
import { t } from '../texts/texts'
import { Icon } from '../ui/Icon'
import styles from './FileTabs.module.css'
import { PathField } from './PathField'

/** The file whose name is being written; `null` is the one being made. */
export type Naming = { path: string | null } | null

interface FileTabsProps {
  workspace: Workspace
  draft: Draft
  /** What a new file is probably called like. */
  extension: string
  naming: Naming
  onName: (naming: Naming) => void
  onAdded: (path: string) => void
  /** Of the element that shows the file. */
  panel: string
}

/** A tab for each file, with a field in place of one while it is named. */
export function FileTabs({ workspace, draft, extension, naming, onName, onAdded, panel }: FileTabsProps) {
  const { files, active, entryPoint } = draft
  const strip = useRef<HTMLDivElement>(null)
  const id = useId()
  const [focusing, setFocusing] = useState<string | null>(null)
  const several = files.length > 1
  const tabId = (path: string) => `${id}-${path}`
  const tabOf = (path: string) => document.getElementById(tabId(path))

  useEffect(() => {
    tabOf(active)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active])

  // After a rename or a deletion the keyboard goes on where it was.
  useEffect(() => {
    if (focusing === null) return
    tabOf(focusing)?.focus()
    setFocusing(null)
  }, [focusing])

  const show = (path: string | undefined) => {
    if (path === undefined) return
    workspace.edit({ active: path })
    setFocusing(path)
  }

  const remove = (path: string) => {
    workspace.deleteFile(path)
    setFocusing(workspace.state().draft?.active ?? null)
  }

  const onKeyDown = (event: React.KeyboardEvent, path: string) => {
    const at = files.findIndex((file) => file.path === path)
    const rightToLeft = strip.current !== null && getComputedStyle(strip.current).direction === 'rtl'
    const forwards = rightToLeft ? 'ArrowLeft' : 'ArrowRight'
    const backwards = rightToLeft ? 'ArrowRight' : 'ArrowLeft'
    const actions: Record<string, () => void> = {
      [forwards]: () => show(files[(at + 1) % files.length]?.path),
      [backwards]: () => show(files.at(at - 1)?.path),
      Home: () => show(files[0]?.path),
      End: () => show(files.at(-1)?.path),
      F2: () => onName({ path }),
      Delete: () => several && remove(path),
    }
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }

  const rename = (from: string, to: string) => {
    workspace.renameFile(from, to)
    onName(null)
    setFocusing(to)
  }

  return (
    <div className={styles['strip']} ref={strip}>
      {/* It owns the tabs, which stand beside buttons and fields that a list of tabs may not hold. */}
      <div role="tablist" aria-label={t.files.files} aria-owns={files.filter(({ path }) => naming?.path !== path).map(({ path }) => tabId(path)).join(' ')} />
      {files.map(({ path }) => {
        const selected = path === active
        if (naming?.path === path) {
          return (
            <PathField key={path} label={t.files.nameOf} initial={path} files={files} own={path} onDone={(to) => rename(path, to)} onCancel={() => { onName(null); setFocusing(path) }} />
          )
        }
        return (
          <div key={path} className={styles['tab']} data-selected={selected} role="presentation">
            <button
              type="button"
              id={tabId(path)}
              role="tab"
              className={styles['name']}
              aria-selected={selected}
              aria-controls={selected ? panel : undefined}
              aria-keyshortcuts="F2 Delete"
              tabIndex={selected ? 0 : -1}
              title={path}
              onClick={() => workspace.edit({ active: path })}
              onDoubleClick={() => onName({ path })}
              onAuxClick={(event) => event.button === 1 && several && remove(path)}
              onKeyDown={(event) => onKeyDown(event, path)}
            >
              {several && path === entryPoint && (
                <span className={styles['start']} title={t.files.starts}><Icon name="play" size={12} /></span>
              )}
              <bdi>{path}</bdi>
              {several && path === entryPoint && <span className="visually-hidden">, {t.files.starts}</span>}
            </button>
            {several && selected && (
              <button type="button" className={styles['close']} aria-label={t.files.deleteNamed(path)} title={t.files.deleteNamed(path)} onClick={() => remove(path)}>
                <Icon name="close" size={14} />
              </button>
            )}
          </div>
        )
      })}
      {naming && naming.path === null && (
        <PathField
          label={t.files.nameOfNew}
          initial={freePath(`new${extension}`, files)}
          files={files}
          onDone={(path) => {
            workspace.addFile({ path, content: '' })
            onName(null)
            onAdded(path)
          }}
          onCancel={() => { onName(null); setFocusing(active) }}
        />
      )}
      <button type="button" className={styles['add']} aria-label={t.files.add} title={t.files.add} disabled={naming?.path === null} onClick={() => onName({ path: null })}>
        <Icon name="plus" size={16} />
      </button>
    </div>
  )
}
