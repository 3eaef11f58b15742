import type { Texts } from '../texts'

export const artifacts: Texts['artifacts'] = {
  files: 'Dateien dieses Laufs',
  count: (count) => (count === 1 ? '1 Datei' : `${count} Dateien`),
  download: 'Herunterladen',
  downloadAll: 'Alle herunterladen',
  archive: 'ausgabe.zip',
  actualSize: 'Originalgröße',
  fit: 'Einpassen',
  pixels: (width, height) => `${width} × ${height}`,
  broken: 'Das ist kein Bild, das ein Browser zeigen kann. Zum Hineinschauen bitte herunterladen.',
  noPreview: 'Für diese Art Datei gibt es keine Vorschau.',
  emptyTable: 'Diese Tabelle ist leer.',
  rows: (shown, all) => (shown === all ? (all === 1 ? '1 Zeile' : `${all} Zeilen`) : `${shown} von ${all} Zeilen`),
  more: (count) => `${count} weitere zeigen`,
  sortBy: (column) => `Nach ${column} sortieren`,
  textCut: (shown, all) => `Die ersten ${shown} von ${all}. Der Rest steht in der heruntergeladenen Datei.`,
  sealed: 'Läuft abgeschottet: ohne Zugriff auf diese Seite und auf das Netz.',
  show: (count) => (count === 1 ? 'Das Programm hat 1 Datei erzeugt' : `Das Programm hat ${count} Dateien erzeugt`),
  open: (name) => `${name} zeigen`,
}
