import { outputTabs } from './views'

const nothing = { problems: 0, artifacts: [], tests: { passed: 0, judged: 0, all: 0 } }
const badges = (summary: Parameters<typeof outputTabs>[0]) => Object.fromEntries(outputTabs(summary).map(({ label, badge }) => [label, badge?.text ?? '']))

it('has a tab for pictures only when there are any, and calls other files so', () => {
  expect(badges(nothing)).toEqual({ Terminal: '', Tests: '' })
  expect(badges({ ...nothing, artifacts: [{ kind: 'image' }, { kind: 'image' }] })).toEqual({ Terminal: '', Pictures: '2', Tests: '' })
  expect(badges({ ...nothing, artifacts: [{ kind: 'image' }, { kind: 'table' }] })).toEqual({ Terminal: '', Files: '2', Tests: '' })
})

it('tells problems, and how many tests passed once one is judged', () => {
  expect(badges({ ...nothing, problems: 3, tests: { passed: 0, judged: 0, all: 2 } })).toEqual({ Terminal: '3', Tests: '' })
  const tone = (passed: number, judged: number) => outputTabs({ ...nothing, tests: { passed, judged, all: 2 } }).at(-1)?.badge?.tone
  expect([tone(1, 1), tone(1, 2), tone(2, 2)]).toEqual([undefined, 'bad', 'good'])
})
