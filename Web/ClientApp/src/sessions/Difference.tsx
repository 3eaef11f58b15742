import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { theme } from '../editor/theme'
import { t } from '../texts/texts'
import { Dialog } from '../ui/Dialog'
import type { SessionContent } from './api'
import styles from './Difference.module.css'

interface DifferenceProps {
  theirs: SessionContent
  mine: SessionContent | null
  onClose: () => void
}

/** Of each file that is not the same: what theirs has and mine has not, and the other way round. */
export default function Difference({ theirs, mine, onClose }: DifferenceProps) {
  const of = (content: SessionContent | null, path: string) => content?.files.find((file) => file.path === path)?.content ?? ''
  const paths = [...new Set([...theirs.files, ...(mine?.files ?? [])].map((file) => file.path))]
  const changed = paths.filter((path) => of(theirs, path) !== of(mine, path))
  return (
    <Dialog title={t.sessions.differenceTitle} onClose={onClose}>
      <div className={styles['body']}>
        {changed.length === 0 && <p className={styles['legend']}>{t.sessions.nothingDiffers}</p>}
        {changed.map((path) => (
          <section className={styles['file']} key={path} aria-label={path}>
            <h3>{path}</h3>
            <p className={styles['legend']}>− {t.sessions.theirs} · + {t.sessions.mine}</p>
            <ComparedCode before={of(theirs, path)} after={of(mine, path)} label={path} />
          </section>
        ))}
      </div>
    </Dialog>
  )
}

/** Read only, unchanged lines folded away. */
export function ComparedCode({ before, after, label }: { before: string; after: string; label: string }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!host.current) return
    const view = new EditorView({
      parent: host.current,
      doc: after,
      extensions: [
        theme,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 2, minSize: 5 } }),
      ],
    })
    return () => view.destroy()
  }, [before, after, label])
  return <div className={styles['code']} ref={host} />
}
