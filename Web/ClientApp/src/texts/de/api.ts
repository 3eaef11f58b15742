import type { Texts } from '../texts'

export const api: Texts['api'] = {
  unreachable: 'Der Dienst ist nicht erreichbar',
  unreachableDetail: 'Der Code ist in diesem Browser sicher. Bitte die Verbindung prüfen und es noch einmal versuchen.',
  unknownAnswer: 'Der Dienst hat anders geantwortet, als diese Seite es kennt',
  unknownAnswerDetail: 'Bitte die Seite neu laden; sie ist vielleicht älter als der Dienst.',
  somethingWrong: 'Etwas ist schiefgegangen',
  tooMany: 'Gerade zu viele Anfragen',
  notReady: 'Der Dienst ist noch nicht bereit',
  refused: (status) => `Der Dienst hat abgelehnt (${status})`,
  tryAgainIn: (seconds) => `In ${seconds} ${seconds === 1 ? 'Sekunde' : 'Sekunden'} noch einmal versuchen.`,
}
