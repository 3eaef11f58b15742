export const api = {
  unreachable: 'The service cannot be reached',
  unreachableDetail: 'Your code is safe in this browser. Check the connection and try again.',
  unknownAnswer: 'The service answered in a way this page does not know',
  unknownAnswerDetail: 'Reload the page; it may be older than the service.',
  somethingWrong: 'Something went wrong',
  tooMany: 'Too many requests just now',
  notReady: 'The service is not ready',
  refused: (status: number): string => `The service refused (${status})`,
  tryAgainIn: (seconds: number): string => `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
}
