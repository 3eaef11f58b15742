// Against a running application: OC_SERVER is its address, OC_API_KEY a key of its.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOf, OnlineCompilerClient, OnlineCompilerError, textOf, textOrBytes } from '../dist/index.js'

const address = process.env.OC_SERVER ?? 'http://localhost:8080'
const client = new OnlineCompilerClient(address, { apiKey: process.env.OC_API_KEY })
const python = (content) => ({ language: 'python', files: [{ path: 'main.py', content }] })

test('languages are listed', async () => {
  const languages = await client.languages()
  assert.ok(languages.some(({ id, installed, extensions }) => id === 'python' && installed && extensions.includes('.py')))
})

test('bytes that are not text survive both ways', async () => {
  const bytes = Uint8Array.of(0xff, 0x00, 0xc3)
  const { run } = await client.execute({
    ...python('import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])'),
    stdin: textOrBytes(bytes),
  })
  assert.deepEqual(bytesOf(run.stdout), bytes.toReversed())
  assert.equal(textOrBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), '\ufeffa')
})

test('a refusal names the fields', async () => {
  await assert.rejects(
    client.execute({ ...python(''), limits: { wallTimeMs: 60_001 } }),
    (error) => error instanceof OnlineCompilerError && error.problem.status === 400 && error.problem.errors['limits.wallTimeMs'].length === 1,
  )
})

test('what happens is told as it happens', async () => {
  const events = []
  for await (const event of client.stream(python('print("é" * 3)'))) events.push(event)
  assert.deepEqual(events.map(({ type }) => type), ['accepted', 'stage', 'output', 'stageResult', 'result'])
  assert.equal(textOf(events[2].data), 'ééé\n')
  assert.equal(events[4].outcome, 'succeeded')
})

test('a program is talked with', async () => {
  const program = await client.connect(python('import os\nprint(os.get_terminal_size().columns)\nprint("Hello,", input("Who? "))'), { columns: 70, rows: 20 })
  let printed = ''
  for await (const event of program.events()) {
    if (event.type === 'output') printed += textOf(event.data)
    if (event.type === 'output' && printed.endsWith('Who? ')) program.sendInput('Ada\n')
    if (event.type === 'result') assert.equal(event.run.exitCode, 0)
  }
  assert.match(printed, /^70\r\n.*Hello, Ada/s)
})

test('a signal reaches the program', async () => {
  const program = await client.connect(python('print("ready", flush=True)\nimport time\ntime.sleep(60)'))
  let result
  for await (const event of program.events()) {
    if (event.type === 'output' && textOf(event.data).startsWith('ready')) program.signal('SIGINT')
    if (event.type === 'result') result = event
  }
  assert.deepEqual([result.outcome, result.run.signal], ['signaled', 'SIGINT'])
})

test('a refused start is told', async () => {
  const program = await client.connect({ ...python(''), language: 'pyhton' })
  await assert.rejects(program.events().next(), (error) => error instanceof OnlineCompilerError && /python/.test(error.problem.errors.language))
})

test('a key that is wrong is refused', async () => {
  const stranger = new OnlineCompilerClient(address, { apiKey: 'oc_wrong' })
  await assert.rejects(stranger.languages(), (error) => error instanceof OnlineCompilerError && error.problem.status === 401)
  await assert.rejects(stranger.connect(python('')), /Cannot connect/)
})
