import * as v from 'valibot'

/** Bytes on the wire: a string when they are UTF-8, `{base64}` when not. */
export const wireBytes = v.union([v.string(), v.object({ base64: v.string() })])

export type WireBytes = v.InferOutput<typeof wireBytes>

export function toBytesOrText(value: WireBytes): string | Uint8Array {
  return typeof value === 'string' ? value : Uint8Array.from(atob(value.base64), (char) => char.charCodeAt(0))
}

/** For places that show text; what is not UTF-8 becomes the replacement character. */
export function toText(value: WireBytes): string {
  const decoded = toBytesOrText(value)
  return typeof decoded === 'string' ? decoded : new TextDecoder().decode(decoded)
}
