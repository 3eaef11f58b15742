export const languages = {
  language: 'Language:',
  languages: 'Languages',
  search: 'Search languages',
  notInstalled: 'not installed',
  recent: 'Used last',
  often: 'Used most',
  all: 'All languages',
  missing: 'Not on this server',
  unknown: (query: string): string => `No language is called “${query}” here.`,
}
