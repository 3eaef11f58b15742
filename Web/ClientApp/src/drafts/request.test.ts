import { collected } from '../artifacts/artifact'
import { cpp, python } from '../testing/languages'
import { toRequest, toRun } from './request'
import { Workspace } from './workspace'

function program(language = cpp) {
  const workspace = new Workspace()
  workspace.open(language)
  return workspace
}

it('asks for nothing that nobody chose', () => {
  expect(toRun(program().state())).toEqual({
    language: 'cpp', files: [{ path: 'main.cpp', content: cpp.sample }], entryPoint: 'main.cpp', arguments: [], collect: [...collected],
  })
})

it('asks for all that was chosen, the input for a run only', () => {
  const workspace = program()
  workspace.addFile({ path: 'util.h', content: '' })
  workspace.edit({ arguments: '-x', compilerArguments: "-O2 '-DNAME=a b'", version: '12', stdin: '1\n' })
  const request = {
    language: 'cpp', files: [{ path: 'main.cpp', content: cpp.sample }, { path: 'util.h', content: '' }], entryPoint: 'main.cpp',
    arguments: ['-x'], compilerArguments: ['-O2', '-DNAME=a b'], version: '12',
  }
  expect(toRequest(workspace.state())).toEqual(request)
  expect(toRun(workspace.state())).toEqual({ ...request, stdin: '1\n', collect: [...collected] })
})

it('gives no arguments to a compiler that is not there', () => {
  const workspace = program(python)
  workspace.edit({ compilerArguments: '-O2' })
  expect(toRequest(workspace.state())).not.toHaveProperty('compilerArguments')
})
