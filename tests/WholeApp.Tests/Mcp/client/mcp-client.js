// Calls our tools as an agent does, and prints what they answer. Usage: node mcp-client.js <server>
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const client = new Client({ name: 'test', version: '1.0.0' })
await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', process.argv[2])))

const progress = []
const call = (name, args) => client.callTool({ name, arguments: args }, undefined, { onprogress: (told) => progress.push(told.message) })

const answers = {
  server: client.getServerVersion(),
  tools: (await client.listTools()).tools.map((tool) => tool.name),
  languages: await call('list_languages', { query: 'python' }),
  run: await call('run_code', { language: 'python', code: 'print(input()[::-1])', stdin: 'abc' }),
  failed: await call('run_code', { language: 'c', code: 'int main(void) { return x; }' }),
  picture: await call('run_code', {
    language: 'python',
    code: "import base64\nopen('dot.png', 'wb').write(base64.b64decode('iVBORw0KGgo='))",
    collect: ['*.png'],
  }),
  stopped: await call('run_code', { language: 'python', code: 'while True: pass', wallTimeMs: 300 }),
  judged: await call('judge', {
    language: 'python',
    code: 'print(int(input()) + 1)',
    tests: [{ input: '1', expectedOutput: '2' }, { input: '2', expectedOutput: '4' }, { input: 'x', expectedOutput: '' }],
  }),
  unknown: await call('run_code', { language: 'klingon', code: 'x' }),
  unexplained: await call('explain_error', { language: 'python', code: 'print(1 / 0)', error: 'ZeroDivisionError' }),
  progress,
}
await client.close()
console.log(JSON.stringify(answers))
