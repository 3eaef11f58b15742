import { useState } from 'react'
import { formatBytes } from '../execution/outcome'
import { t } from '../texts/texts'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { ArtifactView } from './ArtifactView'
import styles from './Artifacts.module.css'
import { Thumbnail } from './Thumbnail'
import { type Artifact, nameOf } from './artifact'
import { save } from '../files/save'
import { zip } from '../files/zip'

interface ArtifactsPaneProps {
  artifacts: readonly Artifact[]
  /** The path of the one to show; the first when there is none such. */
  chosen: string | null
  onChoose: (path: string) => void
}

/** What the program left: all of it small, one of it large. */
export default function ArtifactsPane({ artifacts, chosen, onChoose }: ArtifactsPaneProps) {
  const [isActualSize, setActualSize] = useState(false)
  const shown = artifacts.find(({ path }) => path === chosen) ?? artifacts[0]
  if (!shown) return null

  const saveShown = () => save(nameOf(shown.path), new Blob([shown.content as BlobPart], { type: shown.mediaType }))
  return (
    <section className={styles['pane']} aria-label={t.artifacts.files} data-testid="artifacts">
      {artifacts.length > 1 && (
        <ul className={styles['strip']}>
          {artifacts.map((artifact) => (
            <li key={artifact.path}>
              <Thumbnail artifact={artifact} isShown={artifact === shown} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
      <div className={styles['about']}>
        <h3 className={styles['name']} title={shown.path}>{shown.path}</h3>
        <span className={styles['size']}>{formatBytes(shown.bytes)}</span>
        <div className={styles['tools']}>
          {shown.kind === 'image' && (
            <Button small aria-pressed={isActualSize} onClick={() => setActualSize(!isActualSize)}>
              {isActualSize ? t.artifacts.fit : t.artifacts.actualSize}
            </Button>
          )}
          <Button small onClick={saveShown}><Icon name="download" size={16} /> {t.artifacts.download}</Button>
          {artifacts.length > 1 && <Button small onClick={() => void zip(artifacts).then((archive) => save(t.artifacts.archive, archive))}>{t.artifacts.downloadAll}</Button>}
        </div>
      </div>
      {/* Another run of the same name is another file. */}
      <ArtifactView key={shown.url} artifact={shown} isActualSize={isActualSize} />
    </section>
  )
}
