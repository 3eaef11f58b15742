import { chooseTexts, spoken, t } from './texts'

afterEach(() => chooseTexts(['en']))

test('the first language that is wanted and there is spoken', async () => {
  await chooseTexts(['fr-FR', 'de-AT', 'en'])

  expect(spoken).toBe('de')
  expect(t.run.stop).toBe('Anhalten')
  expect(document.documentElement.lang).toBe('de')
})

test('who wants English first gets it, whatever they understand besides', async () => {
  await chooseTexts(['en-GB', 'de'])

  expect(spoken).toBe('en')
  expect(t.layout.problems(1)).toBe('1 problem')
})

test('who wants what is not there gets English', async () => {
  await chooseTexts(['xx'])

  expect(t.run.stop).toBe('Stop')
  expect(document.documentElement.lang).toBe('en')
})
