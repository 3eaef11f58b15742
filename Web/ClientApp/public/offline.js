// A service worker that makes a reload without a network show the page, the editor and the drafts. The network always
// comes first where the answer may change; only hashed files, which cannot, are taken from the cache.
const cacheName = 'oc-page-1'
/** A few deployments' worth; the oldest go first. */
const maxFiles = 400

const isHashed = (url) => url.origin === location.origin && url.pathname.startsWith('/assets/')
const isSmallFile = (url) => url.origin === location.origin && ['/theme.js', '/favicon.svg', '/manifest.webmanifest'].includes(url.pathname)

addEventListener('install', () => skipWaiting())

addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([clients.claim(), removeOtherCaches()]))
})

// What the page loaded before this worker was there.
addEventListener('message', (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keepAll(event.data.keep))
})

addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET') return
  if (isHashed(url)) event.respondWith(fromCacheFirst(request))
  else if (isSmallFile(url) || (request.mode === 'navigate' && url.pathname === '/')) event.respondWith(fromNetworkFirst(request))
})

async function fromCacheFirst(request) {
  return (await caches.match(request)) ?? fetchAndKeep(request)
}

async function fromNetworkFirst(request) {
  try {
    return await fetchAndKeep(request)
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true })
    if (kept) return kept
    throw error
  }
}

async function fetchAndKeep(request) {
  const response = await fetch(request)
  if (response.ok) {
    const cache = await caches.open(cacheName)
    await cache.put(request, response.clone())
  }
  return response
}

async function keepAll(addresses) {
  const cache = await caches.open(cacheName)
  const wanted = addresses.map((address) => new URL(address, location.href)).filter((url) => url.pathname === '/' || isHashed(url) || isSmallFile(url))
  await Promise.all(wanted.map(async (url) => {
    if (!(await cache.match(url))) await cache.add(url).catch(() => {})
  }))
  const kept = await cache.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - maxFiles)).map((request) => cache.delete(request)))
}

async function removeOtherCaches() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('oc-page-') && name !== cacheName).map((name) => caches.delete(name)))
}
