import * as v from 'valibot'

export const comparisonModes = ['lines', 'exact', 'tokens', 'noWhiteSpace', 'numbers'] as const
export type ComparisonMode = (typeof comparisonModes)[number]

export interface TestCase {
  /** Of this page; names nothing outside it. */
  id: string
  name: string
  input: string
  expected: string
}

export type CaseContent = Omit<TestCase, 'id'>

export interface Comparison {
  mode: ComparisonMode
  ignoreCase: boolean
}

export const usualComparison: Comparison = { mode: 'lines', ignoreCase: false }

/** As a file has them: the members are called what the judge's API calls them. */
const caseSchema = v.object({
  name: v.optional(v.nullable(v.string())),
  id: v.optional(v.nullable(v.string())),
  input: v.optional(v.nullable(v.string()), ''),
  expectedOutput: v.optional(v.nullable(v.string()), ''),
})

const comparisonSchema = v.object({
  mode: v.optional(v.fallback(v.picklist(comparisonModes), 'lines'), 'lines'),
  ignoreCase: v.optional(v.boolean(), false),
})

const fileSchema = v.object({
  tests: v.array(caseSchema),
  comparison: v.optional(v.nullable(comparisonSchema)),
})

export interface CaseFile {
  cases: CaseContent[]
  comparison: Comparison | null
}

export function writeCases(cases: readonly CaseContent[], comparison: Comparison): string {
  const tests = cases.map(({ name, input, expected }) => ({ name, input, expectedOutput: expected }))
  return `${JSON.stringify({ tests, comparison }, null, 2)}\n`
}

/** Reads what `writeCases` wrote, a list of tests alone, and the body of a judgement; null when it is none of these. */
export function readCases(json: string): CaseFile | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const parsed = v.safeParse(fileSchema, Array.isArray(value) ? { tests: value } : value)
  if (!parsed.success) return null
  return {
    cases: parsed.output.tests.map(({ name, id, input, expectedOutput }) => ({ name: name ?? id ?? '', input: input ?? '', expected: expectedOutput ?? '' })),
    comparison: parsed.output.comparison ?? null,
  }
}
