import { HttpResponse, http } from 'msw'
import * as v from 'valibot'
import { api, fakeApi } from '../testing/api'
import { gateway, read } from './http'

const server = fakeApi()
const schema = v.object({ languages: v.array(v.object({ id: v.string() })) })
const get = () => read(schema, gateway.GET('/api/v1/languages'))

it('resolves to what the schema promises', async () => {
  server.use(http.get(api('/languages'), () => HttpResponse.json({ languages: [{ id: 'python', more: true }] })))
  await expect(get()).resolves.toEqual({ languages: [{ id: 'python' }] })
})

it('refuses an answer that is something else', async () => {
  server.use(http.get(api('/languages'), () => HttpResponse.json({ languages: 'one' })))
  await expect(get()).rejects.toMatchObject({ problem: { title: 'The service answered in a way this page does not know' } })
})

it('refuses an answer that is no JSON', async () => {
  server.use(http.get(api('/languages'), () => HttpResponse.html('<h1>Welcome</h1>')))
  await expect(get()).rejects.toMatchObject({ problem: { title: 'The service answered in a way this page does not know' } })
})

it('throws the problem details of a refusal', async () => {
  const body = { type: 'https://onlinecompiler.dev/problems/invalid', title: 'Not valid', status: 400, detail: 'No files.', errors: { files: ['must not be empty'] } }
  server.use(http.get(api('/languages'), () => HttpResponse.json(body, { status: 400 })))
  await expect(get()).rejects.toMatchObject({ problem: { title: 'Not valid', detail: 'No files.', errors: { files: ['must not be empty'] } } })
})

it('speaks kindly for a proxy that does not', async () => {
  server.use(http.get(api('/languages'), () => HttpResponse.html('<h1>Bad gateway</h1>', { status: 502 })))
  await expect(get()).rejects.toMatchObject({ problem: { title: 'The service is not ready', status: 502 } })
})

it('says when to try again', async () => {
  server.use(http.get(api('/languages'), () => new HttpResponse(null, { status: 429, headers: { 'Retry-After': '2' } })))
  await expect(get()).rejects.toMatchObject({ problem: { title: 'Too many requests just now', detail: 'Try again in 2 seconds.' } })
})

it('says when the service cannot be reached', async () => {
  server.use(http.get(api('/languages'), () => HttpResponse.error()))
  await expect(get()).rejects.toMatchObject({ problem: { title: 'The service cannot be reached' } })
})
