import { t } from '../texts/texts'
import { IconButton } from '../ui/Button'
import { type ThemeChoice, chooseTheme, useTheme } from './theme'

const next: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' }
const icons = { system: 'system', light: 'sun', dark: 'moon' } as const

export function ThemeToggle() {
  const { choice } = useTheme()
  return (
    <IconButton
      icon={icons[choice]}
      label={t.theme.toggle(choice, next[choice])}
      onClick={() => chooseTheme(next[choice])}
    />
  )
}
