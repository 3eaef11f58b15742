import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState, useSyncExternalStore } from 'react'
import { Workspace } from '../drafts/workspace'
import { python } from '../testing/languages'
import { FileTabs, type Naming } from './FileTabs'

function show(...paths: string[]) {
  const workspace = new Workspace()
  workspace.open(python)
  for (const path of paths) workspace.addFile({ path, content: '' })
  workspace.edit({ active: 'main.py' })
  const onAdded = vi.fn()
  function Page() {
    const { draft } = useSyncExternalStore(workspace.subscribe, workspace.state)
    const [naming, setNaming] = useState<Naming>(null)
    return draft && <FileTabs workspace={workspace} draft={draft} extension=".py" naming={naming} onName={setNaming} onAdded={onAdded} panel="code" />
  }
  render(<Page />)
  return { workspace, onAdded }
}

const tab = (name: string | RegExp) => screen.getByRole('tab', { name })
const names = () => screen.getAllByRole('tab').map((element) => element.textContent)

it('shows one file without any ado', () => {
  show()
  expect(names()).toEqual(['main.py'])
  expect(tab('main.py')).toHaveAttribute('aria-selected', 'true')
  expect(screen.queryByRole('button', { name: /Delete/ })).toBeNull()
})

it('moves with the arrows, Home and End, and shows where it comes to', async () => {
  const { workspace } = show('a.py', 'b.py')
  act(() => tab(/main/).focus())
  await userEvent.keyboard('{ArrowRight}')
  expect(tab('a.py')).toHaveFocus()
  expect(workspace.state().draft?.active).toBe('a.py')
  await userEvent.keyboard('{End}')
  expect(tab('b.py')).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}')
  expect(tab(/main/)).toHaveFocus()
  await userEvent.keyboard('{ArrowLeft}')
  expect(tab('b.py')).toHaveFocus()
  await userEvent.keyboard('{Home}')
  expect(tab(/main/)).toHaveFocus()
  expect(screen.getAllByRole('tab').map((element) => element.tabIndex)).toEqual([0, -1, -1])
})

it('says which file the program starts with when there are several', () => {
  show('a.py')
  expect(tab('main.py, the program starts here')).toBeVisible()
})

it('makes a file, with the extension that is probably meant', async () => {
  const { workspace, onAdded } = show()
  await userEvent.click(screen.getByRole('button', { name: 'New file' }))
  const field = screen.getByRole('textbox', { name: 'Name of the new file' })
  expect(field).toHaveFocus()
  await userEvent.keyboard('util{Enter}')
  expect(workspace.state().draft).toMatchObject({ active: 'util.py', files: [{ path: 'main.py' }, { path: 'util.py', content: '' }] })
  expect(onAdded).toHaveBeenCalledWith('util.py')
  expect(screen.queryByRole('textbox')).toBeNull()
})

it('renames on F2, and goes on from there', async () => {
  const { workspace } = show('a.py')
  act(() => tab(/main/).focus())
  await userEvent.keyboard('{F2}')
  await userEvent.keyboard('app{Enter}')
  expect(workspace.state().draft).toMatchObject({ entryPoint: 'app.py', active: 'app.py' })
  expect(tab(/app.py/)).toHaveFocus()
})

it('says why a name is not possible, and takes none until it is', async () => {
  const { workspace } = show('a.py')
  await userEvent.dblClick(tab('a.py'))
  const field = screen.getByRole('textbox', { name: 'Name of the file' })
  await userEvent.clear(field)
  await userEvent.type(field, '../up.py{Enter}')
  expect(screen.getByRole('alert')).toHaveTextContent('Without empty parts')
  expect(field).toBeInvalid()
  await userEvent.clear(field)
  await userEvent.type(field, 'main.py{Enter}')
  expect(screen.getByRole('alert')).toHaveTextContent('There is a file of this name already.')
  await userEvent.keyboard('{Escape}')
  expect(workspace.state().draft?.files.map(({ path }) => path)).toEqual(['main.py', 'a.py'])
  expect(tab('a.py')).toHaveFocus()
})

it('deletes with the Delete key, and the keyboard goes on with the next tab', async () => {
  const { workspace } = show('a.py', 'b.py')
  act(() => tab(/main/).focus())
  await userEvent.keyboard('{ArrowRight}{Delete}')
  expect(names()).toEqual(['main.py, the program starts here', 'b.py'])
  expect(tab('b.py')).toHaveFocus()
  expect(workspace.state().deleted?.file.path).toBe('a.py')
})
