/** The one address a worker may come from; the content security policy knows this policy by name. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): string }
}

const worker = '/offline.js'
/** The editor, its grammar and the terminal come after the page has loaded. */
const settledDelayMs = 5_000

/** Lets a reload without a network show the page and the drafts. */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(trusted(worker))
    const { active } = await navigator.serviceWorker.ready
    setTimeout(() => {
      const loaded = performance.getEntriesByType('resource').map((entry) => entry.name)
      active?.postMessage({ keep: ['/', ...loaded] })
    }, settledDelayMs)
  } catch {
    // Private windows may refuse workers; the page needs none.
  }
}

function trusted(url: string): string {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes
  const policy = types?.createPolicy('offline', { createScriptURL: (given) => (given === worker ? given : '') })
  return policy?.createScriptURL(url) ?? url
}
