import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'

/** A fake Gateway for the tests of one file; a call that no handler answers fails the test. */
export function fakeApi() {
  const server = setupServer()
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  afterEach(() => server.resetHandlers())
  afterAll(() => server.close())
  return server
}

/** Where the page believes to be. */
export const api = (path: string): string => new URL(`/api/v1${path}`, window.location.href).href


