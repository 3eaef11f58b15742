import { spoken } from '../texts/texts'

/** Of an answer of the service; empty when it says none. */
export function formatDate(timestamp: string | null): string {
  const date = new Date(timestamp ?? '')
  return Number.isNaN(date.getTime()) ? '' : new Intl.DateTimeFormat(spoken, { dateStyle: 'medium', timeStyle: 'short' }).format(date)
}
