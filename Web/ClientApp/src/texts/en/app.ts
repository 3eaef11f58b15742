export const app = {
  gettingLanguages: 'Getting the languages…',
  tryAgain: 'Try again',
  noLanguage: 'No language is installed on this server yet.',
  offline: 'Offline. Your code is safe in this browser; Run works again when the connection is back.',
  notStored: 'This browser does not keep your draft: storage is full or forbidden.',
  toCode: 'Go to the code',
  toRun: 'Go to Run',
  toTerminal: 'Go to the terminal',
  skip: 'Skip to',
}
