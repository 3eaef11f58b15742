import type { Texts } from '../texts/texts'

export type CommandGroup = keyof Texts['palette']['groups']

export interface Command {
  /** Unique among all. */
  id: string
  group: CommandGroup
  title: string
  /** Other words people may search it by. */
  keywords?: readonly string[]
  /** At the end of the row: its keys, or a version. */
  hint?: string
  /** What is in use now. */
  current?: boolean
  /** One of many: shown when its group is looked at, or when it is searched. */
  oneOfMany?: boolean
  /** Nothing to call for a command that opens a group. */
  run?: () => void
  opens?: CommandGroup
}

/** Asked when the palette opens, so that titles are in the language of the page and the state is that of the moment. */
export type CommandSource = () => readonly Command[]

const sources = new Set<CommandSource>()

/**
 * Puts a room's commands into the palette until the returned function is called:
 * `useEffect(() => registerCommands(() => [{ id: 'settings', group: 'page', title: t.settings.open, run: open }]), [])`.
 */
export function registerCommands(source: CommandSource): () => void {
  sources.add(source)
  return () => sources.delete(source)
}

export const registeredCommands = (): Command[] => [...sources].flatMap((source) => source())

/** The commands of a query, best first: each of its words must be found. */
export function searchCommands(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return commands
    .map((command) => ({ command, rank: rankOf(command, words) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command)
}

/** Whole names before beginnings of words before anything inside; titles before other words. */
function rankOf({ title, keywords = [] }: Command, words: readonly string[]): number {
  const name = title.toLowerCase()
  const others = keywords.map((keyword) => keyword.toLowerCase())
  const ranks = words.map((word) => {
    if (name === word || others.includes(word)) return 0
    if (name.split(/[\s:]+/).some((part) => part.startsWith(word))) return 1
    if (others.some((other) => other.startsWith(word))) return 2
    if (name.includes(word) || others.some((other) => other.includes(word))) return 3
    return Infinity
  })
  return Math.max(0, ...ranks)
}
