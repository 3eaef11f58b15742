import type { Texts } from '../texts'

const names = { system: 'wie das System', light: 'hell', dark: 'dunkel' }

export const theme: Texts['theme'] = {
  names,
  toggle: (now, next) => `Farben: ${names[now]}. Wechseln zu ${names[next]}`,
}
