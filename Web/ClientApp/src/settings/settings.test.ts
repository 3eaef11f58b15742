import { changeSettings, rereadSettings, settings } from './settings'

afterEach(rereadSettings)

it('remembers what was chosen', () => {
  changeSettings({ keys: 'vim', fontSize: 18 })
  rereadSettings()
  expect(settings()).toEqual({ keys: 'vim', fontSize: 18, wrap: false, indentation: 'auto', tabWidth: 4 })
})

it('passes over what it does not know, and keeps the rest', () => {
  localStorage.setItem('oc.settings', JSON.stringify({ keys: 'teletype', wrap: true, fontSize: 7000, tabWidth: '4' }))
  rereadSettings()
  expect(settings()).toEqual({ keys: 'usual', fontSize: null, wrap: true, indentation: 'auto', tabWidth: 4 })
})

it('is as usual when nothing can be read', () => {
  localStorage.setItem('oc.settings', '{')
  rereadSettings()
  expect(settings().keys).toBe('usual')
})
