import * as v from 'valibot'

/** The one address a worker may come from; the content security policy knows this policy by name. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): string }
}

const worker = '/offline.js'
/** Made by the build: what a reload without a network needs first, and what may follow. */
const list = '/offline-files.json'
const listSchema = v.object({ first: v.array(v.string()), rest: v.array(v.string()) })
const smallFiles = ['/', '/theme.js', '/favicon.svg', '/manifest.webmanifest']

/** The editor and its grammar come after the page has loaded, and before anything of this. */
const settledDelayMs = 2_000
const restDelayMs = 15_000

/** Lets a reload without a network show the page, the editor and the drafts. */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(trusted(worker))
    const { active } = await navigator.serviceWorker.ready
    await quiet(settledDelayMs)
    const { first, rest } = v.parse(listSchema, await (await fetch(list)).json())
    active?.postMessage({ keep: [...smallFiles, ...first] })
    if (savesData()) return
    await quiet(restDelayMs)
    active?.postMessage({ keep: rest })
  } catch {
    // Private windows may refuse workers, and the network may be gone; the page needs none of this.
  }
}

/** After a while, at a moment when the page has nothing better to do. */
async function quiet(delayMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, delayMs))
  await new Promise<void>((resolve) => ('requestIdleCallback' in window ? requestIdleCallback(() => resolve(), { timeout: delayMs }) : resolve()))
}

/** Whoever pays by the megabyte gets what they use, and no more. */
const savesData = (): boolean => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true

function trusted(url: string): string {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes
  const policy = types?.createPolicy('offline', { createScriptURL: (given) => (given === worker ? given : '') })
  return policy?.createScriptURL(url) ?? url
}
