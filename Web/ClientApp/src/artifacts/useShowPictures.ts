import { useEffect } from 'react'
import type { Runner } from '../execution/runner'
import type { ArtifactStore } from './artifactStore'

/** A program that drew and printed nothing is looked at for its pictures. */
export function useShowPictures(runner: Runner, artifacts: ArtifactStore, show: (view: 'pictures') => void): void {
  useEffect(() => {
    let wasRunning = false
    return runner.subscribe(() => {
      const { phase } = runner.state()
      if (wasRunning && phase === 'finished' && runner.transcript.run === '' && artifacts.state().some(({ kind }) => kind === 'image' || kind === 'page')) show('pictures')
      wasRunning = phase === 'running'
    })
  }, [runner, artifacts, show])
}
