import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { modeSlot } from '../editor/extensions'
import { loadMode } from '../editor/modes'
import { theme } from '../editor/theme'
import { t } from '../texts/texts'
import styles from './Assistant.module.css'

interface ProposalProps {
  before: string
  after: string
  language: string
  fileName: string
}

/** The corrected code with what was taken out and put in; read only. */
export function Proposal({ before, after, language, fileName }: ProposalProps) {
  const host = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!host.current) return
    const view = new EditorView({
      parent: host.current,
      doc: after,
      extensions: [
        theme,
        modeSlot.of([]),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ 'aria-label': t.assistant.correctedCode, tabindex: '0' }),
        unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 2, minSize: 5 } }),
      ],
    })
    let shown = true
    void loadMode(language, fileName).then((support) => {
      if (shown && support) view.dispatch({ effects: modeSlot.reconfigure(support) })
    })
    return () => {
      shown = false
      view.destroy()
    }
  }, [before, after, language, fileName])

  return <div className={styles['proposal']} ref={host} />
}
