import { isObject } from './problems.js'
import type { CallbackMessage } from './submissions.js'

const prefix = 'whsec_'
const version = 'v1,'
const secretBytes = 32
const algorithm = { name: 'HMAC', hash: 'SHA-256' }

/** Headers of a request, as `fetch` or as Node has them. */
export type CallbackHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** A new secret for the signatures of a callback. */
export function createSecret(): string {
  return prefix + btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(secretBytes))))
}

/**
 * Reads a callback that is the service's; undefined when its signature is not of this secret, or it is too old. The same one
 * may come again, with the same `webhook-id`: remember those you have handled.
 *
 * @param body As it came, byte by byte.
 * @param toleranceSeconds How far the clocks, and the way, may part the sender's time from ours.
 */
export async function readCallback(
  secret: string,
  headers: CallbackHeaders,
  body: Uint8Array<ArrayBuffer> | string,
  toleranceSeconds = 300,
): Promise<CallbackMessage | undefined> {
  const id = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  if (!id || !/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) - Date.now() / 1000) > toleranceSeconds) return undefined

  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const head = new TextEncoder().encode(`${id}.${timestamp}.`)
  const signed = new Uint8Array(head.length + bytes.length)
  signed.set(head)
  signed.set(bytes, head.length)

  const key = await crypto.subtle.importKey('raw', keyOf(secret), algorithm, false, ['verify'])
  const given = headerOf(headers, 'webhook-signature').split(' ').filter((text) => text.startsWith(version))
  // WebCrypto compares in constant time. There may be several, of keys that are being changed.
  const verdicts = await Promise.all(given.map((text) => crypto.subtle.verify(algorithm, key, bytesOf(text.slice(version.length)), signed)))
  if (!verdicts.includes(true)) return undefined

  const message: unknown = JSON.parse(new TextDecoder().decode(bytes))
  if (!isObject(message)) throw new TypeError("The callback is not one of OnlineCompiler's.")
  return message as unknown as CallbackMessage
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const key = secret.startsWith(prefix) ? bytesOf(secret.slice(prefix.length)) : new Uint8Array()
  if (key.length === 0) throw new TypeError(`The secret must be ${prefix} and Base64.`)
  return key
}

/** Empty for what is not Base64. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}

function headerOf(headers: CallbackHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name]
  return typeof value === 'string' ? value : ''
}
