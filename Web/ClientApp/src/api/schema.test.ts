import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** A process of its own, on a busy machine. */
const patienceMs = 60_000
const root = join(import.meta.dirname, '../..')

it('is made of the document beside the page: npm run types', () => {
  execFileSync(join(root, 'node_modules/.bin/openapi-typescript'), ['openapi.json', '--output', 'src/api/schema.d.ts', '--check'], { cwd: root, stdio: 'pipe' })
}, patienceMs)
