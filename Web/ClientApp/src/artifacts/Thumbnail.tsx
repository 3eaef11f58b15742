import { t } from '../texts/texts'
import styles from './Artifacts.module.css'
import { type Artifact, nameOf } from './artifact'

interface ThumbnailProps {
  artifact: Artifact
  isShown: boolean
  onChoose: (path: string) => void
}

export function Thumbnail({ artifact, isShown, onChoose }: ThumbnailProps) {
  const name = nameOf(artifact.path)
  return (
    <button type="button" className={styles['thumbnail']} aria-current={isShown} aria-label={t.artifacts.open(artifact.path)} title={artifact.path} onClick={() => onChoose(artifact.path)}>
      {/* Drawn by the style sheet: as text it would have to be part of the button's name. */}
      <span className={styles['small']} data-extension={extensionOf(name)}>
        {artifact.kind === 'image' && <img src={artifact.url} alt="" decoding="async" />}
      </span>
      <span className={styles['label']}>{name}</span>
    </button>
  )
}

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toUpperCase()
