import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { PageAids } from '../announce/PageAids'
import { Speech } from '../announce/speech'
import { Workspace } from '../drafts/workspace'
import { languages, python } from '../testing/languages'
import { chooseLanguageOfPage } from '../texts/choice'
import { hide } from './shown'

afterEach(() => act(() => {
  hide()
  return chooseLanguageOfPage('system')
}))

function show(active = false) {
  const workspace = new Workspace()
  workspace.open(python)
  const calls = { onRun: vi.fn(), onStop: vi.fn(), onSaved: vi.fn(), onShare: vi.fn(), onShow: vi.fn() }
  const aids = (running: boolean) => <PageAids languages={languages} workspace={workspace} active={running} speech={new Speech()} {...calls} />
  const page = render(<>{aids(active)}<textarea aria-label="code" /></>)
  return { workspace, page, ...calls }
}

async function openPalette() {
  await userEvent.keyboard('{Control>}{Shift>}p{/Shift}{/Control}')
  return screen.findByRole('combobox', { name: 'What would you like to do?' })
}

it('runs a command by a few letters of its name, and gives the focus back', async () => {
  const { onShare } = show()
  const search = await openPalette()
  expect(search).toHaveFocus()
  await userEvent.keyboard('shar{Enter}')
  expect(onShare).toHaveBeenCalledOnce()
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('offers to stop what runs, and to run what does not', async () => {
  show(true)
  await openPalette()
  expect(screen.getByRole('option', { name: /Stop the program/ })).toBeInTheDocument()
  expect(screen.queryByRole('option', { name: /Run the program/ })).toBeNull()
})

it('switches the language by any of its names, without asking where to look', async () => {
  const { workspace } = show()
  await openPalette()
  await userEvent.keyboard('c++{Enter}')
  expect(workspace.state().language?.id).toBe('cpp')
})

it('stays open when there is nothing to go back to, and puts the language of what was run on top', async () => {
  show(true)
  await openPalette()
  await userEvent.keyboard('{Backspace}choose lang{Enter}')
  expect(screen.getAllByRole('option')[0]).toHaveTextContent('Python')
  expect(JSON.parse(localStorage.getItem('oc.languages.used') ?? '{}')).toMatchObject({ python: { count: 1 } })
})

it('goes into a group, and out again by Backspace', async () => {
  show()
  await openPalette()
  await userEvent.keyboard('theme{Enter}')
  expect(within(screen.getByRole('listbox')).getAllByRole('option').map((option) => option.textContent)).toEqual(['As the systemTheme', 'LightTheme', 'DarkTheme'])
  await userEvent.keyboard('{Backspace}')
  expect(screen.getByRole('option', { name: /Run the program/ })).toBeInTheDocument()
})

it('starts from a sample, and puts aside what was there', async () => {
  const { workspace } = show()
  workspace.editFile('main.py', 'print("mine")')
  await openPalette()
  await userEvent.keyboard('queens{Enter}')
  await vi.waitFor(() => expect(workspace.state().draft?.files[0]?.content).toMatch(/Eight queens/))
  expect(workspace.state().replaced?.files[0]?.content).toBe('print("mine")')
})

it('changes the language of the page', async () => {
  show()
  await openPalette()
  await userEvent.keyboard('Deutsch{Enter}')
  await vi.waitFor(() => expect(document.documentElement.lang).toBe('de'))
  await userEvent.keyboard('{F1}')
  expect(await screen.findByRole('dialog', { name: 'Befehle' })).toHaveTextContent('Programm ausführen')
})

it('shows the shortcuts on a question mark, but not while somebody writes one', async () => {
  show()
  await userEvent.type(screen.getByRole('textbox', { name: 'code' }), '?')
  expect(screen.queryByRole('dialog')).toBeNull()
  act(() => screen.getByRole('textbox', { name: 'code' }).blur())
  await userEvent.keyboard('?')
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveTextContent('Leave the terminal')
})
