import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { cpp, languages, python } from '../testing/languages'
import { LanguagePicker } from './LanguagePicker'
import { searchLanguages } from './languages'

async function openPicker() {
  const onPick = vi.fn()
  render(<LanguagePicker languages={languages} current={python} onPick={onPick} />)
  await userEvent.click(screen.getByRole('button', { name: 'Language: Python 3.11.2' }))
  return { onPick, search: screen.getByRole('combobox', { name: 'Search languages' }) }
}

it('shows every language with its version, the usual ones first and the missing ones last', async () => {
  await openPicker()
  const options = within(screen.getByRole('listbox')).getAllByRole('option')
  expect(options.map((option) => option.textContent)).toEqual(['Python3.11.2', 'C++12.2.0', 'Gonot installed./run.sh --languages go'])
  expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Python')
})

it('finds a language by its alias and picks it with Enter', async () => {
  const { onPick, search } = await openPicker()
  await userEvent.type(search, 'c++{Enter}')
  expect(onPick).toHaveBeenCalledExactlyOnceWith(cpp)
  expect(screen.queryByRole('listbox')).toBeNull()
})

it('moves with the arrows', async () => {
  const { onPick, search } = await openPicker()
  await userEvent.type(search, '{ArrowDown}{Enter}')
  expect(onPick).toHaveBeenCalledExactlyOnceWith(cpp)
})

it('does not pick a language that is not installed', async () => {
  const { onPick, search } = await openPicker()
  await userEvent.type(search, 'go{Enter}')
  expect(onPick).not.toHaveBeenCalled()
})

it('closes on Escape and gives the focus back', async () => {
  const { search } = await openPicker()
  await userEvent.type(search, '{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  expect(screen.getByTestId('language-picker')).toHaveFocus()
})

it('says when nothing is called so', async () => {
  const { search } = await openPicker()
  await userEvent.type(search, 'cobol')
  expect(screen.getByRole('status')).toHaveTextContent('No language is called “cobol” here.')
})

it('puts an exact name before a longer one', () => {
  const c = { ...cpp, id: 'c', name: 'C', aliases: [], extensions: ['.c'] }
  expect(searchLanguages([cpp, c], 'c').map((language) => language.id)).toEqual(['c', 'cpp'])
})

it('says how many it found, and names its groups', async () => {
  const { search } = await openPicker()
  expect(screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'))).toEqual(['Used most', 'Not on this server'])
  await userEvent.type(search, 'p')
  expect(screen.getByRole('status')).toHaveTextContent('2 results')
})

it('remembers what was picked for the next time', async () => {
  const { search } = await openPicker()
  await userEvent.type(search, 'c++{Enter}')
  await userEvent.click(screen.getByTestId('language-picker'))
  expect(within(screen.getByRole('group', { name: 'Used last' })).getByRole('option')).toHaveTextContent('C++')
})
