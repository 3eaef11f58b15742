// A service worker that makes a reload without a network show the page, the editor and the drafts. The network always
// comes first where the answer may change; only hashed files, which cannot, are taken from the cache.
const cacheName = 'oc-page-1'
/** A few deployments' worth; the oldest go first. */
const maxFiles = 600
/** A network that takes longer than this to bring the page is treated as none, if the page is here. */
const patienceMs = 4_000

/** Addresses of one segment that are not the page's. */
const notPages = ['api', 'docs', 'embed', 'health', 'judge0', 'mcp', 'openapi']

const isOwn = (url) => url.origin === location.origin
const isHashed = (url) => isOwn(url) && url.pathname.startsWith('/assets/')
const isSmallFile = (url) => isOwn(url) && ['/theme.js', '/favicon.svg', '/manifest.webmanifest'].includes(url.pathname)
/** `/`, a language's address such as `/python`, a shared program's such as `/s/abc`: all the same page. */
const isPage = (url) => isOwn(url)
  && (url.pathname === '/' || /^\/s\/[\w-]+\/?$/.test(url.pathname) || (/^\/[^/.]+\/?$/.test(url.pathname) && !notPages.includes(url.pathname.split('/')[1])))

addEventListener('install', () => skipWaiting())

addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([clients.claim(), removeOtherCaches()]))
})

// What the page says it will need, most of which it has loaded before this worker was there.
addEventListener('message', (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keepAll(event.data.keep))
})

addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET') return
  if (isHashed(url)) event.respondWith(fromCacheFirst(request))
  else if (isSmallFile(url)) event.respondWith(fromNetworkFirst(request, request))
  else if (request.mode === 'navigate' && isPage(url)) event.respondWith(fromNetworkFirst(request, '/'))
})

async function fromCacheFirst(request) {
  return (await caches.match(request)) ?? fetchAndKeep(request)
}

async function fromNetworkFirst(request, keptAs) {
  const answer = fetchAndKeep(request)
  const kept = await caches.match(keptAs)
  if (!kept) return answer
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), patienceMs))
  return Promise.race([answer.catch(() => kept), late])
}

async function fetchAndKeep(request) {
  const response = await fetch(request)
  const url = new URL(request.url)
  // Other addresses of the page are kept under none of their own: there is one page.
  if (response.ok && (isHashed(url) || isSmallFile(url) || url.pathname === '/')) {
    const cache = await caches.open(cacheName)
    await cache.put(request.mode === 'navigate' ? '/' : request, response.clone())
  }
  return response
}

/** One after the other, so that a program that is run meanwhile does not wait for them. */
async function keepAll(addresses) {
  const cache = await caches.open(cacheName)
  const wanted = addresses.map((address) => new URL(address, location.href)).filter((url) => url.href === `${location.origin}/` || isHashed(url) || isSmallFile(url))
  for (const url of wanted) {
    if (!(await cache.match(url))) await cache.add(url).catch(() => {})
  }
  const kept = await cache.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - maxFiles)).map((request) => cache.delete(request)))
}

async function removeOtherCaches() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('oc-page-') && name !== cacheName).map((name) => caches.delete(name)))
}
