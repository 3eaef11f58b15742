import { ArtifactStore } from './artifactStore'

const urls = new Set<string>()

beforeEach(() => {
  urls.clear()
  let next = 0
  vi.stubGlobal('URL', Object.assign(class extends URL {}, {
    createObjectURL: () => {
      const url = `blob:${++next}`
      urls.add(url)
      return url
    },
    revokeObjectURL: (url: string) => urls.delete(url),
  }))
})
afterEach(() => vi.unstubAllGlobals())

const file = (path: string, content: string | Uint8Array = 'x') => ({ path, mediaType: 'application/octet-stream', content })

it('sorts what came by name, and numbers as numbers', () => {
  const store = new ArtifactStore()
  for (const path of ['plot10.png', 'plot9.png', 'a.csv']) store.add(file(path))
  expect(store.state().map(({ path }) => path)).toEqual(['a.csv', 'plot9.png', 'plot10.png'])
})

it('knows a file by its name, and else believes the server', () => {
  const store = new ArtifactStore()
  store.add(file('deep/Chart.SVG', '<svg/>'))
  store.add(file('unknown.bin', new Uint8Array(3)))
  expect(store.state()).toMatchObject([
    { kind: 'image', mediaType: 'image/svg+xml', bytes: 6 },
    { kind: 'other', mediaType: 'application/octet-stream', bytes: 3 },
  ])
})

it('forgets the files of the run before, and lets the browser forget them', () => {
  const store = new ArtifactStore()
  store.add(file('a.png'))
  store.begin([])
  expect(store.state()).toEqual([])
  expect(urls.size).toBe(0)
})

it('says nothing of a file that came back as it was given, but of one that was changed', () => {
  const store = new ArtifactStore()
  store.begin([{ path: 'in.csv', content: 'a,b' }, { path: 'log.txt', content: '' }])
  store.add(file('in.csv', 'a,b'))
  store.add(file('log.txt', 'done'))
  expect(store.state().map(({ path }) => path)).toEqual(['log.txt'])
})
