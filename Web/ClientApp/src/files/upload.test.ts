import { readFiles } from './upload'

const text = (name: string, content: string) => new File([content], name)
const bytes = (name: string, ...content: number[]) => new File([new Uint8Array(content)], name)

it('takes text files, whatever line ends they have', async () => {
  expect(await readFiles([text('a.py', 'x = "ü"\r\ny\r\n'), text('data.csv', '1,2')], [])).toEqual({
    files: [{ path: 'a.py', content: 'x = "ü"\ny\n' }, { path: 'data.csv', content: '1,2' }],
    refusals: [],
  })
})

it('refuses what is not text by name, and takes the rest', async () => {
  const { files, refusals } = await readFiles([bytes('photo.png', 0x89, 0x50, 0xff, 0xfe), bytes('a.bin', 65, 0, 66), text('a.py', '')], [])
  expect(files.map(({ path }) => path)).toEqual(['a.py'])
  expect(refusals).toEqual(['photo.png is not a text file.', 'a.bin is not a text file.'])
})

it('names the limit that a file crosses', async () => {
  const large = 'x'.repeat(1024 * 1024)
  expect((await readFiles([text('large.txt', `${large}x`)], [])).refusals).toEqual(['large.txt is larger than 1 MiB, the most a file may have.'])

  const present = [1, 2, 3, 4].map((number) => ({ path: `${number}.txt`, content: large }))
  expect((await readFiles([text('more.txt', 'x')], present)).refusals).toEqual(['With more.txt, the files would have more than 4 MiB together.'])
  expect((await readFiles([text('4.txt', 'smaller')], present)).refusals).toEqual([])

  const many = Array.from({ length: 100 }, (_, number) => ({ path: `${number}.txt`, content: '' }))
  expect((await readFiles([text('more.txt', '')], many)).refusals).toEqual(['more.txt would be more than the 100 files a program may have.'])
  expect((await readFiles([text('7.txt', '')], many)).files).toHaveLength(1)
})
