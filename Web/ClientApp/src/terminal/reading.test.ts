import { handleKeys, openLink, textOf } from './reading'

it('gives the text back without the breaks that only the width made', () => {
  const rows: [text: string, isWrapped: boolean][] = [['one ', false], ['line', true], ['two', false], ['', false]]
  const line = (at: number) => {
    const row = rows[at]
    return row && { isWrapped: row[1], translateToString: (trim: boolean) => (trim ? row[0].trimEnd() : row[0]) }
  }
  const terminal = { getSelection: () => '', buffer: { active: { length: rows.length, getLine: line } } }
  expect(textOf(terminal as unknown as Parameters<typeof textOf>[0]).all).toBe('one line\ntwo\n')
})

it('opens pages, and nothing that runs in this one', () => {
  const open = vi.spyOn(window, 'open').mockReturnValue(null)
  openLink('javascript:alert(1)')
  openLink('file:///etc/passwd')
  expect(open).not.toHaveBeenCalled()
  openLink('https://example.org/')
  expect(open).toHaveBeenCalledWith('https://example.org/', '_blank', 'noopener,noreferrer')
})

describe('keys', () => {
  const written: string[] = []
  beforeEach(() => {
    written.length = 0
    vi.stubGlobal('navigator', { clipboard: { writeText: (text: string) => { written.push(text); return Promise.resolve() } } })
  })
  afterEach(() => vi.unstubAllGlobals())

  function setUp(selection: string) {
    let handle: (event: KeyboardEvent) => boolean = () => true
    const search = vi.fn()
    const clearSelection = vi.fn()
    handleKeys({ attachCustomKeyEventHandler: (given) => { handle = given }, hasSelection: () => selection !== '', getSelection: () => selection, clearSelection }, search)
    const press = (key: string, more: KeyboardEventInit = {}) => {
      const event = new KeyboardEvent('keydown', { key, ctrlKey: true, cancelable: true, ...more })
      return { isForProgram: handle(event), isForBrowser: !event.defaultPrevented }
    }
    return { press, search, clearSelection }
  }

  it('copies what is selected on Ctrl C, once', () => {
    const { press, clearSelection } = setUp('picked')
    expect(press('c')).toEqual({ isForProgram: false, isForBrowser: false })
    expect(written).toEqual(['picked'])
    expect(clearSelection).toHaveBeenCalled()
  })

  it('leaves Ctrl C to the program when nothing is selected', () => {
    expect(setUp('').press('c').isForProgram).toBe(true)
    expect(written).toEqual([])
  })

  it('searches on Ctrl F', () => {
    const { press, search } = setUp('')
    expect(press('f').isForProgram).toBe(false)
    expect(search).toHaveBeenCalled()
    expect(press('f', { ctrlKey: false }).isForProgram).toBe(true)
  })
})
