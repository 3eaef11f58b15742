import { t } from '../texts/texts'
import styles from './Artifacts.module.css'
import { Thumbnail } from './Thumbnail'
import type { Artifact } from './artifact'

/** Below the terminal: that there is more than text, and what it looks like. */
export default function ArtifactStrip({ artifacts, onShow }: { artifacts: readonly Artifact[]; onShow: (path: string) => void }) {
  return (
    <aside className={styles['found']} aria-label={t.artifacts.show(artifacts.length)}>
      <ul className={styles['strip']}>
        {artifacts.map((artifact) => <li key={artifact.path}><Thumbnail artifact={artifact} isShown={false} onChoose={onShow} /></li>)}
      </ul>
    </aside>
  )
}
