import type { components } from './schema'

/** A schema of the Gateway's OpenAPI document. */
export type Schema<TName extends keyof components['schemas']> = components['schemas'][TName]

/** Members that may be left out, all of them given. */
export type Given<T, TMember extends keyof T> = { [Member in TMember]-?: NonNullable<T[Member]> }
