import type { TextOrBytes } from './bytes.js'

/** A program to run; what is left out takes the service's default. */
export interface ExecutionRequest {
  /** Id or alias of a language. */
  readonly language: string
  /** Version range, e.g. "3", "^12", "*". */
  readonly version?: string
  /** 1-100 files, each at most 1 MiB, all at most 4 MiB. */
  readonly files: readonly SourceFile[]
  /** Path of the file to start with. */
  readonly entryPoint?: string
  readonly compilerArguments?: readonly string[]
  readonly arguments?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** At most 4 MiB, then end of input. Not for interactive runs, which send it. */
  readonly stdin?: TextOrBytes
  readonly limits?: ExecutionLimits
  /** Globs of workspace files to hand back. */
  readonly collect?: readonly string[]
}

export interface SourceFile {
  /** Relative, '/'-separated, without "." or "..". */
  readonly path: string
  readonly content: TextOrBytes
}

/** Above the maximum is refused, never silently lowered. */
export interface ExecutionLimits {
  /** 1-60 000, default 10 000. */
  readonly wallTimeMs?: number
  /** 1-60 000, default 5 000. */
  readonly cpuTimeMs?: number
  /** 4 MiB-2 GiB, default 256 MiB, for some languages more. */
  readonly memoryBytes?: number
  /** 1-512, default 64, for some languages more. */
  readonly processes?: number
  /** 1-16 MiB, default 1 MiB. */
  readonly outputBytes?: number
  /** 1-512 MiB, default 64 MiB. */
  readonly workspaceBytes?: number
  /** 1-60 000, default 15 000. */
  readonly compileWallTimeMs?: number
  /** 16 MiB-2 GiB, default 1 GiB. */
  readonly compileMemoryBytes?: number
}

export type Stage = 'compile' | 'run'

export type Outcome =
  | 'succeeded'
  | 'nonzeroExit'
  | 'signaled'
  | 'wallTimeLimit'
  | 'cpuTimeLimit'
  | 'memoryLimit'
  | 'outputLimit'
  | 'workspaceLimit'
  | 'cancelled'

export interface StageResult {
  readonly outcome: Outcome
  /** 0-255; null unless the program exited by itself. */
  readonly exitCode: number | null
  /** E.g. "SIGSEGV". */
  readonly signal: string | null
  /** Empty at the end of a stream, which has sent it already; so is stderr. */
  readonly stdout: TextOrBytes
  readonly stderr: TextOrBytes
  /** Whether output was cut at the output limit. */
  readonly truncated: boolean
  readonly wallTimeMs: number
  readonly cpuTimeMs: number
  readonly memoryPeakBytes: number
  /** For people: names the limit that was reached, with its value. */
  readonly message: string | null
}

export interface Artifact {
  /** Relative to the workspace; chosen by the program. */
  readonly path: string
  readonly mediaType: string
  readonly content: TextOrBytes
}

/** What became of a program. One that fails, or is stopped at a limit, is a result like any other. */
export interface ExecutionResult {
  readonly id: string
  readonly language: string
  readonly version: string
  /** Of the last stage that ran. */
  readonly outcome: Outcome
  /** Null when the language has no compile stage. */
  readonly compile: StageResult | null
  /** Null when compiling failed. */
  readonly run: StageResult | null
  /** Empty at the end of a stream, which has sent them already. */
  readonly artifacts: readonly Artifact[]
}

/** What happens during a run; `result` is last. */
export type ExecutionEvent =
  | { readonly type: 'accepted'; readonly id: string; readonly language: string; readonly version: string }
  | { readonly type: 'stage'; readonly stage: Stage }
  | { readonly type: 'output'; readonly stage: Stage; readonly stream: 'stdout' | 'stderr' | 'terminal'; readonly data: TextOrBytes }
  | { readonly type: 'stageResult'; readonly stage: Stage; readonly result: StageResult }
  | ({ readonly type: 'artifact' } & Artifact)
  | ({ readonly type: 'result' } & ExecutionResult)
