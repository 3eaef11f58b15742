import { HttpResponse, http } from 'msw'
import { api, fakeApi } from '../testing/api'
import { succeeded } from '../testing/results'
import { usualComparison } from './cases'
import { Judge, summarize } from './judge'

const server = fakeApi()
const program = { language: 'python', files: [{ path: 'main.py', content: '' }], entryPoint: 'main.py', arguments: ['-v'], collect: ['*.png'] }
const cases = ['a', 'b'].map((id) => ({ id, name: id, input: `${id} in`, expected: `${id} out` }))
const printed = { ...succeeded, stdout: 'x', stderr: '' }
const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
const test = (index: number, verdict: string) => event('test', { index, id: '', verdict, score: 0, points: 1, message: null, hidden: false, run: printed })

function answer(body: string, status = 200): { asked: () => unknown } {
  let asked: unknown
  server.use(http.post(api('/judgements/stream'), async ({ request }) => {
    asked = await request.json()
    return new HttpResponse(body, { status, headers: { 'Content-Type': status === 200 ? 'text/event-stream' : 'application/problem+json' } })
  }))
  return { asked: () => asked }
}

it('asks for all cases at once and takes each verdict to its case', async () => {
  const { asked } = answer(test(1, 'wrongAnswer') + test(0, 'accepted'))
  const judge = new Judge()
  await judge.start(program, cases, usualComparison)
  expect(asked()).toEqual({
    program: { language: 'python', files: program.files, entryPoint: 'main.py' },
    tests: [{ input: 'a in', expectedOutput: 'a out', arguments: ['-v'] }, { input: 'b in', expectedOutput: 'b out', arguments: ['-v'] }],
    comparison: usualComparison,
  })
  expect([...judge.state().results].map(([id, { result }]) => [id, result.verdict])).toEqual([['b', 'wrongAnswer'], ['a', 'accepted']])
  expect(judge.state().isJudging).toBe(false)
  expect(summarize(cases, judge.state())).toEqual({ passed: 1, judged: 2, all: 2 })
})

it('counts no verdict of a case that was changed since', async () => {
  answer(test(0, 'accepted') + test(1, 'accepted'))
  const judge = new Judge()
  await judge.start(program, cases, usualComparison)
  const changed = cases.map((each) => (each.id === 'a' ? { ...each, expected: 'other' } : each))
  expect(summarize(changed, judge.state())).toEqual({ passed: 1, judged: 1, all: 2 })
})

it('keeps the verdicts of the others when one case is run alone', async () => {
  answer(test(0, 'accepted') + test(1, 'wrongAnswer'))
  const judge = new Judge()
  await judge.start(program, cases, usualComparison)
  answer(test(0, 'accepted'))
  await judge.start(program, cases.slice(1), usualComparison)
  expect(summarize(cases, judge.state())).toEqual({ passed: 2, judged: 2, all: 2 })
})

it('says once what the compiler said', async () => {
  answer(event('compiled', { part: 'program', result: { ...printed, outcome: 'nonzeroExit', exitCode: 1, stderr: 'no' } }) + test(0, 'skipped') + test(1, 'skipped'))
  const judge = new Judge()
  await judge.start(program, cases, usualComparison)
  expect(judge.state().failedToCompile).toMatchObject({ stderr: 'no' })
  expect(summarize(cases, judge.state())).toEqual({ passed: 0, judged: 0, all: 2 })
})

it('says why it was refused, before the first event or after it', async () => {
  const judge = new Judge()
  answer(JSON.stringify({ title: 'Too many', status: 429 }), 429)
  await judge.start(program, cases, usualComparison)
  expect(judge.state().problem).toMatchObject({ title: 'Too many' })
  answer(test(0, 'accepted') + event('error', { title: 'Gone', status: 503 }))
  await judge.start(program, cases, usualComparison)
  expect(judge.state().problem).toMatchObject({ title: 'Gone' })
  expect(judge.state().results.size).toBe(1)
})

it('leaves out what an exact comparison does not know', async () => {
  const { asked } = answer('')
  await new Judge().start(program, cases, { mode: 'exact', ignoreCase: true })
  expect(asked()).toMatchObject({ comparison: { mode: 'exact' } })
  expect(asked()).not.toMatchObject({ comparison: { ignoreCase: true } })
})
