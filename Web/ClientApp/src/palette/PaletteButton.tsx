import { t } from '../texts/texts'
import { IconButton } from '../ui/Button'
import { commandKey } from '../ui/platform'
import { showPalette } from './shown'

/** For those who have no keyboard, or do not know its keys yet. */
export function PaletteButton() {
  return (
    <IconButton
      icon="command"
      label={t.palette.open}
      title={`${t.palette.open} (${commandKey} ⇧ P)`}
      aria-keyshortcuts="Control+Shift+P Meta+Shift+P F1"
      aria-haspopup="dialog"
      onClick={() => showPalette()}
    />
  )
}
