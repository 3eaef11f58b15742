import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zip } from './zip'

it('makes an archive that another program unpacks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'))
  try {
    const archive = await zip([{ path: 'plots/größe.txt', content: 'Größe\n' }, { path: 'raw.bin', content: Uint8Array.of(0, 255, 10) }])
    writeFileSync(join(folder, 'a.zip'), new Uint8Array(await archive.arrayBuffer()))
    const script = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [(n, z.read(n).hex()) for n in z.namelist()])'
    expect(execFileSync('python3', ['-X', 'utf8', '-c', script, join(folder, 'a.zip')], { encoding: 'utf8' }).trim())
      .toBe("None [('plots/größe.txt', '4772c3b6c39f650a'), ('raw.bin', '00ff0a')]")
  } finally {
    rmSync(folder, { recursive: true })
  }
})
