import * as v from 'valibot'

/** Bytes on the wire: a string when they are UTF-8, `{base64}` when not. */
export const wireBytes = v.union([v.string(), v.object({ base64: v.string() })])

export type WireBytes = v.InferOutput<typeof wireBytes>

export function toBytesOrText(value: WireBytes): string | Uint8Array {
  if (typeof value === 'string') return value
  const characters = atob(value.base64)
  // Not Uint8Array.from: a picture has millions.
  const bytes = new Uint8Array(characters.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at)
  return bytes
}

/** For places that show text; what is not UTF-8 becomes the replacement character. */
export function toText(value: WireBytes): string {
  const decoded = toBytesOrText(value)
  return typeof decoded === 'string' ? decoded : new TextDecoder().decode(decoded)
}
