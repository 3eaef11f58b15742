import type { Texts } from '../texts'

export const app: Texts['app'] = {
  gettingLanguages: 'Die Sprachen werden geholt…',
  tryAgain: 'Noch einmal versuchen',
  noLanguage: 'Auf diesem Server ist noch keine Sprache installiert.',
  offline: 'Offline. Der Code ist in diesem Browser sicher; Ausführen geht wieder, sobald die Verbindung zurück ist.',
  notStored: 'Dieser Browser bewahrt den Entwurf nicht auf: Der Speicher ist voll oder gesperrt.',
  toCode: 'Zum Code',
  toRun: 'Zu Ausführen',
  toTerminal: 'Zum Terminal',
  skip: 'Springen',
}
