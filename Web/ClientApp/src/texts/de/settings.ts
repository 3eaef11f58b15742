import type { Texts } from '../texts'

export const settings: Texts['settings'] = {
  settings: 'Einstellungen des Editors',
  keys: 'Tasten',
  keyStyles: { usual: 'Wie üblich', vim: 'Vim', emacs: 'Emacs' },
  fontSize: 'Textgröße',
  fitting: 'Passend zum Bildschirm',
  pixels: (size) => `${size} px`,
  indentation: 'Einrücken mit',
  indentations: { auto: 'wie in der Datei', '2': '2 Leerzeichen', '4': '4 Leerzeichen', '8': '8 Leerzeichen', tab: 'Tabulatoren' },
  tabWidth: 'Tabulatorbreite',
  spaces: (count) => `${count} Leerzeichen`,
  wrap: 'Lange Zeilen umbrechen',
  remembered: 'Dieser Browser merkt sich das.',
  shortcuts: 'Gut zu wissen',
  keyboard: [
    ['Escape, dann Tab', 'verlässt den Editor; Tab allein rückt ein'],
    ['F8, Umschalt F8', 'nächstes und voriges Problem'],
    ['Alt-Klick, Strg D', 'noch ein Cursor; auch beim nächsten gleichen Wort'],
    ['Strg F', 'suchen und ersetzen'],
    ['Strg /', 'aus- und einkommentieren'],
    ['Strg Umschalt [ und ]', 'ein- und ausklappen'],
    ['F2, Entf', 'auf einem Reiter: umbenennen, löschen'],
  ],
}
