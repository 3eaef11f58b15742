import type { Texts } from '../texts'

export const announce: Texts['announce'] = {
  more: (lines, one) => (one ? 'Noch 1 Zeile.' : `Noch ${lines} Zeilen.`),
  label: 'Ausgabe des Programms',
  leave: 'F6 verlässt das Terminal',
  leaveRunning: 'Solange das Programm läuft, nimmt das Terminal jede Taste. F6 verlässt es.',
}
