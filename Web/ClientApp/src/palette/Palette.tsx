import { useState } from 'react'
import { flushSync } from 'react-dom'
import { t } from '../texts/texts'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { type ListGroup, SearchList } from '../ui/SearchList'
import { type Command, type CommandGroup, registeredCommands, searchCommands } from './commands'
import styles from './Palette.module.css'
import type { PageActions } from './pageActions'
import { pageCommands } from './pageCommands'
import { hide } from './shown'

const order: readonly CommandGroup[] = ['program', 'page', 'samples', 'language', 'theme', 'texts', 'more']

/** Everything the page can do, by its name. */
export default function Palette({ actions, group: opened }: { actions: PageActions; group: CommandGroup | null }) {
  const [commands] = useState(() => [...pageCommands(actions), ...registeredCommands()])
  const [group, setGroup] = useState(opened)
  const [query, setQuery] = useState('')

  const pick = (command: Command) => {
    if (command.opens) {
      setGroup(command.opens)
      setQuery('')
      return
    }
    // The dialog gives the focus back when it goes; what a command focuses must come after that.
    flushSync(hide)
    command.run?.()
  }

  return (
    <Dialog title={group === null ? t.palette.title : t.palette.groups[group]} onClose={hide}>
      <SearchList
        key={group ?? ''}
        label={t.palette.title}
        searchLabel={group === null ? t.palette.search : t.palette.searchIn(t.palette.groups[group])}
        query={query}
        onQuery={setQuery}
        groups={groupsOf(commands, group, query)}
        keyOf={(command) => command.id}
        isCurrent={(command) => command.current === true}
        onPick={pick}
        onEscape={hide}
        onBack={group === null ? undefined : () => setGroup(null)}
        nothing={t.palette.nothing(query)}
        found={t.palette.found}
      >
        {(command) => <Row command={command} wide={command.group === 'samples'} />}
      </SearchList>
    </Dialog>
  )
}

function Row({ command, wide }: { command: Command; wide: boolean }) {
  return (
    <>
      <span className={styles['tick']}>{command.current && <Icon name="check" size={16} />}</span>
      <span className={styles['title']}>{command.title}</span>
      {command.hint && <span className={wide ? styles['about'] : styles['hint']}>{command.hint}</span>}
      {command.opens && <span className={styles['opens']}><Icon name="chevron" size={16} /></span>}
    </>
  )
}

/** By group while browsing; by how well it fits while searching. */
function groupsOf(commands: readonly Command[], group: CommandGroup | null, query: string): ListGroup<Command>[] {
  const within = group === null ? commands : commands.filter((command) => command.group === group)
  if (query.trim() !== '') return [{ key: 'found', title: null, items: searchCommands(within, query) }]
  if (group !== null) return [{ key: group, title: null, items: within }]
  return order.map((key) => ({
    key,
    title: t.palette.groups[key],
    items: within.filter((command) => command.group === key && !command.oneOfMany),
  }))
}
