import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { toProblem } from '../api/problem'
import { toContent } from '../drafts/content'
import type { WorkspaceState } from '../drafts/workspace'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemNotice } from '../ui/ProblemNotice'
import { createSnapshot } from './api'
import { snapshotAddress } from './link'
import styles from './ShareDialog.module.css'

/** A link to the program as it is now. */
export default function ShareDialog({ state, onClose }: { state: WorkspaceState; onClose: () => void }) {
  const [content] = useState(() => toContent(state, state.draft?.saved?.title ?? `${state.language?.name ?? ''} program`.trim()))
  const share = useMutation({ mutationFn: createSnapshot })
  const { mutate } = share
  useEffect(() => mutate(content), [mutate, content])

  return (
    <Dialog title="Share this program" onClose={onClose}>
      <div className={styles['body']}>
        {share.isPending && <p role="status">Making a link…</p>}
        {share.isError && (
          <ProblemNotice problem={toProblem(share.error)}>
            <Button small look="outlined" onClick={() => mutate(content)}>Try again</Button>
          </ProblemNotice>
        )}
        {share.data && <SharedLink address={snapshotAddress(share.data.id)} />}
        <p className={styles['about']}>
          Whoever has the link sees the program as it is now, and can run it. Nobody can change it; what they edit is a copy of their own.
        </p>
      </div>
    </Dialog>
  )
}

function SharedLink({ address }: { address: string }) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)

  const copy = async () => {
    field.current?.select()
    // Browsers have no clipboard for pages without TLS; the selected text can be copied by hand there.
    await navigator.clipboard?.writeText(address).then(() => setCopied(true), () => undefined)
  }

  return (
    <div className={styles['row']}>
      <input
        ref={field}
        className={styles['field']}
        aria-label="Link to this program"
        readOnly
        autoFocus
        value={address}
        onFocus={(event) => event.target.select()}
      />
      <Button look="primary" onClick={() => void copy()}>{copied ? 'Copied' : 'Copy'}</Button>
      <span className="visually-hidden" role="status">{copied && 'The link was copied.'}</span>
    </div>
  )
}
