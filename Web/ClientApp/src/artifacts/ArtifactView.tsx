import { useMemo, useState } from 'react'
import { formatBytes } from '../execution/outcome'
import { t } from '../texts/texts'
import styles from './Artifacts.module.css'
import { PageFrame } from './PageFrame'
import { Table } from './Table'
import { type Artifact, nameOf, textOf } from './artifact'

/** More text than this is no reading, and slow to lay out. */
const maxCharacters = 256 * 1024

/** One file that a program left, as large as the pane. */
export function ArtifactView({ artifact, isActualSize }: { artifact: Artifact; isActualSize: boolean }) {
  const { kind } = artifact
  if (kind === 'image') return <Picture artifact={artifact} isActualSize={isActualSize} />
  if (kind === 'page') return <Page artifact={artifact} />
  if (kind === 'table') return <Table artifact={artifact} />
  if (kind === 'text') return <Text artifact={artifact} />
  return <p className={styles['note']}>{t.artifacts.noPreview}</p>
}

function Picture({ artifact, isActualSize }: { artifact: Artifact; isActualSize: boolean }) {
  const [size, setSize] = useState<{ width: number; height: number } | 'broken' | null>(null)
  if (size === 'broken') return <p className={styles['note']} role="alert">{t.artifacts.broken}</p>
  return (
    // Scrolled by the arrow keys, too.
    <div className={styles['picture']} data-actual-size={isActualSize} tabIndex={isActualSize ? 0 : undefined} role="group" aria-label={artifact.path}>
      {/* An image runs no script, whatever is in it: that is why SVG is one here. */}
      <img
        src={artifact.url}
        alt={nameOf(artifact.path)}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
        onError={() => setSize('broken')}
      />
      {size && <span className={styles['pixels']}>{t.artifacts.pixels(size.width, size.height)}</span>}
    </div>
  )
}

function Page({ artifact }: { artifact: Artifact }) {
  const html = useMemo(() => textOf(artifact), [artifact])
  return (
    <>
      <PageFrame html={html} title={artifact.path} />
      <p className={styles['hint']}>{t.artifacts.sealed}</p>
    </>
  )
}

function Text({ artifact }: { artifact: Artifact }) {
  const text = useMemo(() => textOf(artifact), [artifact])
  return (
    <>
      <pre className={styles['text']} tabIndex={0} aria-label={artifact.path}>{text.slice(0, maxCharacters)}</pre>
      {text.length > maxCharacters && <p className={styles['hint']}>{t.artifacts.textCut(formatBytes(maxCharacters), formatBytes(text.length))}</p>}
    </>
  )
}
