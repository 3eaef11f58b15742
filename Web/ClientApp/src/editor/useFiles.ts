import { useCallback, useEffect, useState } from 'react'
import { findFile } from '../drafts/files'
import type { Workspace } from '../drafts/workspace'
import type { Diagnostic } from '../execution/frames'
import type { TerminalChannel } from '../terminal/channel'
import type { Place } from '../terminal/places'

/** Ways to a place in one of the files, and ways for files to come in. */
export function useFiles(workspace: Workspace, terminal: TerminalChannel, showCode: () => void) {
  const [place, setPlace] = useState<Place | null>(null)
  const [refusals, setRefusals] = useState<readonly string[]>([])

  const open = useCallback((target: Place) => {
    workspace.edit({ active: target.path })
    showCode()
    // The pane may have been hidden until now, and the key that asked for this is not to be typed there.
    requestAnimationFrame(() => setPlace({ ...target }))
  }, [workspace, showCode])

  const goTo = useCallback(({ file, line, column }: Diagnostic) => {
    const path = findFile(file, pathsOf(workspace))
    if (path !== null) open({ path, line, column: column ?? 1 })
  }, [workspace, open])

  useEffect(() => {
    terminal.places = { files: () => pathsOf(workspace), open }
    return () => {
      terminal.places = null
    }
  }, [terminal, workspace, open])

  const bring = useCallback((chosen: File[]) => {
    void import('../files/upload')
      .then(({ readFiles }) => readFiles(chosen, workspace.state().draft?.files ?? []))
      .then((brought) => {
        workspace.bring(brought.files)
        setRefusals(brought.refusals)
      })
  }, [workspace])

  return {
    place,
    goTo,
    /** Puts the cursor into a file that has just been made. */
    write: (path: string) => open({ path, line: 1, column: 1 }),
    bring,
    refusals,
    dismissRefusals: () => setRefusals([]),
  }
}

const pathsOf = (workspace: Workspace): string[] => workspace.state().draft?.files.map(({ path }) => path) ?? []
