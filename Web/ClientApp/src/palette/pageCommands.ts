import { singleFile } from '../drafts/draft'
import { byUse, countUse } from '../languages/usage'
import { samplesOf } from '../samples/catalog'
import { chooseLanguageOfPage, languageNames, textsChoice, type TextsChoice } from '../texts/choice'
import { t } from '../texts/texts'
import { chooseTheme, currentChoice, type ThemeChoice } from '../theme/theme'
import { commandKey } from '../ui/platform'
import type { Command } from './commands'
import type { PageActions } from './pageActions'
import { showHelp } from './shown'

/** The commands that every page has; rooms add theirs by `registerCommands`. */
export function pageCommands(actions: PageActions): Command[] {
  const says = t.palette
  return [
    actions.active
      ? { id: 'stop', group: 'program', title: says.stop, hint: `${commandKey} ⏎`, run: actions.onStop }
      : { id: 'run', group: 'program', title: says.run, hint: `${commandKey} ⏎`, run: actions.onRun },
    { id: 'share', group: 'program', title: says.share, keywords: ['link', 'url'], run: actions.onShare },
    { id: 'saved', group: 'program', title: says.saved, keywords: ['save', 'open', 'folder'], hint: `${commandKey} S`, run: actions.onSaved },
    { id: 'languages', group: 'program', title: says.chooseLanguage, opens: 'language' },
    { id: 'samples', group: 'program', title: says.chooseSample, keywords: ['example', 'template'], opens: 'samples' },
    { id: 'to-code', group: 'page', title: says.toCode, keywords: ['editor', 'focus'], run: () => actions.goTo('code') },
    { id: 'to-terminal', group: 'page', title: says.toTerminal, keywords: ['output', 'focus'], run: () => actions.goTo('terminal') },
    { id: 'themes', group: 'page', title: says.chooseTheme, keywords: ['colour', 'color', 'appearance'], opens: 'theme' },
    { id: 'texts', group: 'page', title: says.chooseTexts, keywords: ['locale', 'sprache', 'translation'], opens: 'texts' },
    { id: 'help', group: 'more', title: says.shortcuts, keywords: ['keys', 'help', 'hilfe'], hint: '?', run: showHelp },
    { id: 'api', group: 'more', title: says.apiPages, keywords: ['docs', 'openapi', 'http'], run: () => window.open('/docs', '_blank', 'noopener') },
    ...sampleCommands(actions),
    ...languageCommands(actions),
    ...themeCommands(),
    ...textsCommands(),
  ]
}

function languageCommands({ languages, workspace }: PageActions): Command[] {
  const { recent, often, others } = byUse(languages)
  const current = workspace.state().language?.id
  return [...recent, ...often, ...others].map((language) => ({
    id: `language/${language.id}`,
    group: 'language',
    oneOfMany: true,
    title: language.name,
    keywords: [language.id, ...language.aliases, ...language.extensions],
    hint: language.version ?? '',
    current: language.id === current,
    run: () => {
      countUse(language.id)
      workspace.open(language)
    },
  }))
}

function sampleCommands({ workspace }: PageActions): Command[] {
  const { language } = workspace.state()
  if (!language) return []
  return samplesOf(language).map(({ kind, load }) => {
    const [title, about] = t.samples[kind]
    return {
      id: `sample/${kind}`,
      group: 'samples',
      oneOfMany: true,
      title,
      hint: about,
      keywords: [kind],
      run: () => void load().then((code) => workspace.replace(language, singleFile(language.entryPoint, code))),
    }
  })
}

function themeCommands(): Command[] {
  const choices: ThemeChoice[] = ['system', 'light', 'dark']
  return choices.map((choice) => ({
    id: `theme/${choice}`,
    group: 'theme',
    oneOfMany: true,
    title: t.palette.themeNames[choice],
    keywords: [choice],
    hint: t.palette.groups.theme,
    current: currentChoice() === choice,
    run: () => chooseTheme(choice),
  }))
}

function textsCommands(): Command[] {
  const choices: [TextsChoice, string][] = [['system', t.palette.textsSystem], ...(Object.entries(languageNames) as [keyof typeof languageNames, string][])]
  return choices.map(([choice, title]) => ({
    id: `texts/${choice}`,
    group: 'texts',
    oneOfMany: true,
    title,
    keywords: [choice],
    hint: t.palette.groups.texts,
    current: textsChoice() === choice,
    run: () => void chooseLanguageOfPage(choice),
  }))
}
