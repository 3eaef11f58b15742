import type { Language } from './languages'
import { cpp, go, python } from '../testing/languages'
import { byUse, countUse } from './usage'

const language = (id: string, name: string): Language => ({ ...python, id, name, aliases: [] })
const rust = language('rust', 'Rust')
const awk = language('awk', 'Awk')
const java = language('java', 'Java')

const ids = (languages: Language[]) => languages.map(({ id }) => id)

it('shows a newcomer the core languages first', () => {
  const { recent, often, others, missing } = byUse([awk, cpp, go, java, python, rust])
  expect([ids(recent), ids(often), ids(others), ids(missing)]).toEqual([[], ['python', 'java', 'cpp'], ['awk', 'rust'], ['go']])
})

it('puts what was used last on top, then what is used most', () => {
  for (const [time, id] of ['rust', 'rust', 'java', 'awk', 'python', 'cpp'].entries()) countUse(id, time)
  const { recent, often, others } = byUse([awk, cpp, java, python, rust])
  expect([ids(recent), ids(often), ids(others)]).toEqual([['cpp', 'python', 'awk'], ['rust', 'java'], []])
})

it('starts anew from a record that cannot be read', () => {
  localStorage.setItem('oc.languages.used', '{"rust": 3}')
  expect(ids(byUse([python, rust]).often)).toEqual(['python'])
})
