import { python } from '../testing/languages'
import { fromContent, toContent } from './content'
import { Workspace } from './workspace'

it('carries a program to the service and back without loss', () => {
  const workspace = new Workspace()
  workspace.open(python)
  workspace.addFile({ path: 'lib/util.py', content: 'x = "ü"\n' })
  workspace.edit({ arguments: `-n 'two words' ''`, stdin: '1\n2', compilerArguments: '-O', version: '3.13', entryPoint: 'lib/util.py' })
  const content = toContent(workspace.state(), 'Mine')
  expect(content).toEqual({
    title: 'Mine',
    language: 'python',
    files: [{ path: 'main.py', content: python.sample }, { path: 'lib/util.py', content: 'x = "ü"\n' }],
    arguments: ['-n', 'two words', ''],
    entryPoint: 'lib/util.py',
    stdin: '1\n2',
    compilerArguments: ['-O'],
    languageVersion: '3.13',
  })

  const back = fromContent(content)
  expect(back).toMatchObject({ files: content.files, entryPoint: 'lib/util.py', active: 'lib/util.py', stdin: '1\n2' })
  workspace.replace(python, back)
  expect(toContent(workspace.state(), 'Mine')).toEqual(content)
})

it('starts with the first file when nothing says otherwise', () => {
  expect(fromContent({ files: [{ path: 'a.py', content: '1' }], arguments: [], entryPoint: null })).toMatchObject({ entryPoint: 'a.py', stdin: '' })
})
