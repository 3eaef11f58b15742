import { act, render, screen } from '@testing-library/react'
import { chooseLanguageOfPage, textsChoice, useTexts, wantedTexts } from './choice'
import { t } from './texts'

afterEach(() => act(() => chooseLanguageOfPage('system')))

function Page() {
  useTexts()
  return <><p>{t.run.stop}</p><input aria-label="written" defaultValue="" /></>
}

it('speaks the chosen language at once, and loses nothing that was written', async () => {
  render(<Page />)
  const written = screen.getByRole<HTMLInputElement>('textbox')
  written.value = 'mine'
  await act(() => chooseLanguageOfPage('de'))
  expect(screen.getByText('Anhalten')).toBeVisible()
  expect(screen.getByRole('textbox')).toBe(written)
  expect(written).toHaveValue('mine')
  await act(() => chooseLanguageOfPage('en'))
  expect(screen.getByText('Stop')).toBeVisible()
})

it('remembers the choice in this browser, and forgets it for what the browser asks', async () => {
  await chooseLanguageOfPage('de')
  expect(localStorage.getItem('oc.texts')).toBe('de')
  expect(wantedTexts()).toEqual(['de'])
  await chooseLanguageOfPage('system')
  expect(localStorage.getItem('oc.texts')).toBeNull()
  expect(textsChoice()).toBe('system')
  expect(wantedTexts()).toEqual(navigator.languages)
})

it('keeps the language that was asked for last, however long the one before takes', async () => {
  const first = chooseLanguageOfPage('de')
  const second = chooseLanguageOfPage('en')
  await Promise.all([first, second])
  expect(t.run.stop).toBe('Stop')
  expect(document.documentElement.lang).toBe('en')
})
