/** Text, or bytes that are not UTF-8 as Base64; so every byte survives both ways. */
export type TextOrBytes = string | { readonly base64: string }

/** The bytes as they are. */
export function bytesOf(value: TextOrBytes): Uint8Array {
  return typeof value === 'string'
    ? new TextEncoder().encode(value)
    : Uint8Array.from(atob(value.base64), (character) => character.charCodeAt(0))
}

/** The text; bytes that are not UTF-8 become U+FFFD. */
export function textOf(value: TextOrBytes): string {
  return typeof value === 'string' ? value : new TextDecoder().decode(bytesOf(value))
}

/** Bytes as the API takes them. */
export function textOrBytes(bytes: Uint8Array): TextOrBytes {
  try {
    // A byte order mark is part of the bytes.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) }
  }
}
