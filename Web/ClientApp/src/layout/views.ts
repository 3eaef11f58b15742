import { t } from '../texts/texts'
import type { Tab } from '../ui/TabList'

export type OutputView = 'terminal' | 'pictures' | 'tests'
export type View = 'code' | OutputView

export interface OutputSummary {
  problems: number
  artifacts: readonly { kind: string }[]
  tests: { passed: number; judged: number; all: number }
}

/** The tabs of what comes out, with what they have to tell; pictures only when there are any. */
export function outputTabs({ problems, artifacts, tests }: OutputSummary): Tab<OutputView>[] {
  const tabs: Tab<OutputView>[] = [
    { id: 'terminal', label: t.layout.terminal, icon: 'terminal', badge: problems > 0 ? { text: String(problems), meaning: t.layout.problems(problems), tone: 'bad' } : undefined },
  ]
  if (artifacts.length > 0) {
    const label = artifacts.every(({ kind }) => kind === 'image') ? t.layout.pictures : t.layout.files
    tabs.push({ id: 'pictures', label, icon: 'image', badge: { text: String(artifacts.length), meaning: t.artifacts.count(artifacts.length) } })
  }
  const badge = tests.judged > 0
    ? { text: `${tests.passed}/${tests.all}`, meaning: t.layout.passed(tests.passed, tests.all), tone: tests.passed === tests.all ? 'good' as const : tests.passed < tests.judged ? 'bad' as const : undefined }
    : undefined
  tabs.push({ id: 'tests', label: t.layout.tests, icon: 'checks', badge })
  return tabs
}
