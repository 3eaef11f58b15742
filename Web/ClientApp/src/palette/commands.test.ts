import { type Command, registerCommands, registeredCommands, searchCommands } from './commands'

const command = (id: string, title: string, keywords: string[] = []): Command => ({ id, title, keywords, group: 'page', run: () => {} })

const commands = [
  command('js', 'JavaScript', ['js', '.mjs']),
  command('java', 'Java'),
  command('theme', 'Change the theme…', ['dark']),
  command('r', 'R'),
]

const found = (query: string) => searchCommands(commands, query).map(({ id }) => id)

it('finds by the name, its words, and other words, the whole name first', () => {
  expect(found('java')).toEqual(['java', 'js'])
  expect(found('.mjs')).toEqual(['js'])
  expect(found('the')).toEqual(['theme'])
  expect(found('r')[0]).toBe('r')
})

it('wants every word of the query', () => {
  expect(found('change dark')).toEqual(['theme'])
  expect(found('change java')).toEqual([])
})

it('asks the rooms anew each time, until they leave', () => {
  let title = 'Settings'
  const leave = registerCommands(() => [command('settings', title)])
  title = 'Einstellungen'
  expect(registeredCommands().map((registered) => registered.title)).toEqual(['Einstellungen'])
  leave()
  expect(registeredCommands()).toEqual([])
})
