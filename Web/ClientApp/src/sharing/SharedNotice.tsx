import { useEffect, useState } from 'react'
import type { Keeper } from '../sessions/keeper'
import styles from '../sessions/KeepNotice.module.css'
import { t } from '../texts/texts'
import { Button, IconButton } from '../ui/Button'

/** Says of somebody else's program whose it is, and offers to make it one's own. */
export function SharedNotice({ shared, keeper }: { shared: { title: string } | null; keeper: Keeper | null }) {
  const [hidden, setHidden] = useState(false)
  useEffect(() => {
    // Looking at it makes nobody its owner.
    if (shared) keeper?.leave(shared.title)
  }, [keeper, shared])
  if (!shared || hidden) return null

  return (
    <div className={styles['notice']} role="group" aria-label={t.sharing.opened(shared.title)}>
      <p className={styles['text']}><strong>{t.sharing.opened(shared.title)}</strong>{t.sharing.openedDetail}</p>
      <div className={styles['actions']}>
        <Button
          small
          look="primary"
          onClick={() => {
            keeper?.takeUp()
            setHidden(true)
          }}
        >
          {t.sharing.fork}
        </Button>
        <IconButton icon="close" label={t.sharing.dismiss} onClick={() => setHidden(true)} />
      </div>
    </div>
  )
}
