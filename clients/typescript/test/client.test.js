// Against a running application: OC_SERVER is its address, OC_API_KEY a key of its.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOf, createSecret, OnlineCompilerClient, OnlineCompilerError, readCallback, textOf, textOrBytes } from '../dist/index.js'

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

test('a program is handed in and waited for', async () => {
  const submitted = await client.submit(python('print(6 * 7)'), { idempotencyKey: crypto.randomUUID() })
  const end = await client.wait(submitted.id)
  assert.deepEqual([end.state, textOf(end.execution.run.stdout)], ['finished', '42\n'])
  assert.deepEqual(await client.submission(submitted.id), end)
})

test('what is cancelled stays cancelled', async () => {
  const { id } = await client.submit(python('import time\ntime.sleep(60)'))
  assert.equal((await client.cancel(id)).state, 'cancelled')
  assert.equal((await client.wait(id)).state, 'cancelled')
})

test('a callback that leads inside is refused', async () => {
  await assert.rejects(
    client.submit(python(''), { callback: { url: 'http://169.254.169.254/', secret: createSecret() } }),
    (error) => error instanceof OnlineCompilerError && error.problem.errors['callback.url'].length === 1,
  )
})

test('a callback is read when it is signed and young', async () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const body = '{"test": 2432232314}'
  // The example of the specification.
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const sinceThen = Date.now() / 1000 - 1614265330 + 100
  assert.deepEqual(await readCallback(secret, headers, body, sinceThen), { test: 2432232314 })
  assert.deepEqual(await readCallback(secret, new Headers(headers), new TextEncoder().encode(body), sinceThen), { test: 2432232314 })
  assert.equal(await readCallback(secret, headers, body), undefined)
  assert.equal(await readCallback(secret, headers, `${body} `, sinceThen), undefined)
  assert.equal(await readCallback(createSecret(), headers, body, sinceThen), undefined)
  assert.equal(await readCallback(secret, { ...headers, 'webhook-id': 'msg_other' }, body, sinceThen), undefined)
  assert.equal(await readCallback(secret, { ...headers, 'webhook-signature': '' }, body, sinceThen), undefined)
  assert.equal(await readCallback(secret, {}, body, sinceThen), undefined)
  await assert.rejects(readCallback('secret', headers, body, sinceThen), TypeError)
})

test('a key that is wrong is refused', async () => {
  const stranger = new OnlineCompilerClient(address, { apiKey: 'oc_wrong' })
  await assert.rejects(stranger.languages(), (error) => error instanceof OnlineCompilerError && error.problem.status === 401)
  await assert.rejects(stranger.connect(python('')), /Cannot connect/)
})
