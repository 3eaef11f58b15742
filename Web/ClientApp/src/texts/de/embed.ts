import type { Texts } from '../texts'

export const embed: Texts['embed'] = {
  openHere: 'In OnlineCompiler öffnen',
  output: 'Ausgabe',
  code: 'Code',
  files: 'Dateien',
  nothing: 'Hier gibt es nichts zu zeigen',
  nothingDetail: 'Die Adresse dieses Rahmens nennt weder ein geteiltes Programm noch eine Sprache.',
  loading: 'Wird geladen…',
}
