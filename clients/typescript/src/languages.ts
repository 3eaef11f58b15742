/** A language that the service knows, installed or not. */
export interface Language {
  /** Stable, lower case, e.g. "cpp". */
  readonly id: string
  /** For people, e.g. "C++". */
  readonly name: string
  /** Other names that a request may use. */
  readonly aliases: readonly string[]
  /** File name extensions with the dot, the usual one first. */
  readonly extensions: readonly string[]
  /** The version that a request gets when it names none; empty when not installed. */
  readonly version: string
  /** All installed versions, the highest first. */
  readonly versions: readonly string[]
  readonly installed: boolean
  /** What an operator types to install it; empty when installed. */
  readonly installCommand: string
  /** True when there is a compile stage before the run. */
  readonly compiled: boolean
  /** File name of the sample, and the entry point when a request gives none. */
  readonly entryPoint: string
  readonly sample: string
  readonly sampleStdin: string
}
