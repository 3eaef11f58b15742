import type { Workspace } from '../drafts/workspace'
import type { Language } from '../languages/languages'
import type { Area } from '../announce/areas'

/** What the page can do, for its commands. */
export interface PageActions {
  languages: readonly Language[]
  workspace: Workspace
  /** A program runs, so it can be stopped. */
  active: boolean
  onRun: () => void
  onStop: () => void
  onSaved: () => void
  onShare: () => void
  goTo: (area: Area) => void
}
