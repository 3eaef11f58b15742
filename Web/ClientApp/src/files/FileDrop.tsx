import { type ReactNode, useState } from 'react'
import { t } from '../texts/texts'
import { Icon } from '../ui/Icon'
import styles from './FileDrop.module.css'

/** Where files may be dropped; before the editor takes them, which would type their text where they fell. */
export function FileDrop({ onDrop, children }: { onDrop: (files: File[]) => void; children: ReactNode }) {
  const [over, setOver] = useState(false)
  const take = (event: React.DragEvent): boolean => {
    if (!event.dataTransfer.types.includes('Files')) return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return (
    <div
      className={styles['area']}
      onDragEnterCapture={(event) => take(event) && setOver(true)}
      onDragOverCapture={(event) => {
        if (take(event)) event.dataTransfer.dropEffect = 'copy'
      }}
      onDragLeaveCapture={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false)
      }}
      onDropCapture={(event) => {
        setOver(false)
        if (take(event)) onDrop(Array.from(event.dataTransfer.files))
      }}
    >
      {children}
      {over && <div className={styles['over']}><Icon name="upload" size={28} /><span>{t.files.drop}</span></div>}
    </div>
  )
}
