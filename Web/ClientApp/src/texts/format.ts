import { spoken } from './texts'

/** Numbers as the page's language writes them: 12,345 or 12.345. */
export const formatNumber = (value: number): string => new Intl.NumberFormat(spoken).format(value)

export const formatDate = (date: Date): string => new Intl.DateTimeFormat(spoken, { dateStyle: 'medium', timeStyle: 'short' }).format(date)
