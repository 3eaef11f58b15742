import { renderHook } from '@testing-library/react'
import type { Runner } from './runner'
import { useReattach } from './useReattach'

const left = { token: 'secret', language: 'python' }

function load(runs: typeof left | null) {
  const runner = { left: runs, reattach: vi.fn() }
  const reattaching = vi.fn()
  const page = renderHook(() => useReattach(runner as unknown as Runner, reattaching))
  return { runner, reattaching, page }
}

it('comes back to what ran when the page went, once', () => {
  const before = load(left)
  window.dispatchEvent(new Event('pagehide'))
  before.page.unmount()

  const after = load(null)
  expect(after.runner.reattach).toHaveBeenCalledExactlyOnceWith(left)
  expect(after.reattaching).toHaveBeenCalledOnce()
  after.page.unmount()

  expect(load(null).runner.reattach).not.toHaveBeenCalled()
})

it('leaves nothing where a copy of the tab could find it', () => {
  load(left)
  expect(sessionStorage.length).toBe(0)
  window.dispatchEvent(new Event('pagehide'))
  expect(sessionStorage.length).toBe(1)
  window.dispatchEvent(new Event('pageshow'))
  expect(sessionStorage.length).toBe(0)
})

it('passes over what it does not understand', () => {
  sessionStorage.setItem('onlinecompiler.run', '{"token":1}')
  expect(load(null).runner.reattach).not.toHaveBeenCalled()
})
