import type { Texts } from '../texts'
import { announce } from './announce'
import { api } from './api'
import { app } from './app'
import { artifacts } from './artifacts'
import { assistant } from './assistant'
import { editor } from './editor'
import { embed } from './embed'
import { files } from './files'
import { help } from './help'
import { judging } from './judging'
import { languages } from './languages'
import { layout } from './layout'
import { options } from './options'
import { outcome } from './outcome'
import { palette } from './palette'
import { run } from './run'
import { samples } from './samples'
import { sessions } from './sessions'
import { settings } from './settings'
import { sharing } from './sharing'
import { terminal } from './terminal'
import { theme } from './theme'
import { ui } from './ui'

export const de: Texts = {
  announce,
  api,
  app,
  artifacts,
  assistant,
  editor,
  embed,
  files,
  help,
  judging,
  languages,
  layout,
  options,
  outcome,
  palette,
  run,
  samples,
  sessions,
  settings,
  sharing,
  terminal,
  theme,
  ui,
}
