import type { Texts } from '../texts'

export const assistant: Texts['assistant'] = {
  assistant: 'Assistent',
  explain: 'Erklären',
  fix: 'Beheben',
  ask: 'Fragen',
  question: 'Zum Programm fragen',
  titles: { explain: 'Was schiefging', fix: 'Eine Korrektur', ask: 'Deine Frage' },
  close: 'Den Assistenten schließen',
  answer: 'Antwort',
  reading: 'Das Programm wird gelesen…',
  tryAgain: 'Noch einmal versuchen',
  use: 'Diesen Code nehmen',
  correctedCode: 'Korrigierter Code',
  writtenBy: (model) => `Geschrieben von ${model}. Das kann falsch sein.`,
  works: 'Ausprobiert: Es funktioniert.',
  stillFails: 'Ausprobiert: Es geht noch immer nicht.',
  trying: 'Wird ausprobiert…',
  notTried: 'Nicht ausprobiert.',
  unknownAnswer: 'Der Assistent hat anders geantwortet, als diese Seite es kennt',
}
