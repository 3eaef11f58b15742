import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

it('is made of the document beside the page: npm run types', () => {
  execFileSync(join(root, 'node_modules/.bin/openapi-typescript'), ['openapi.json', '--output', 'src/api/schema.d.ts', '--check'], { cwd: root, stdio: 'pipe' })
})
