import type { Texts } from '../texts'

export const ui: Texts['ui'] = {
  close: 'Schließen',
  trace: (id) => `Spur ${id}`,
}
