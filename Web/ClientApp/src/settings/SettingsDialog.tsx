import { type ReactNode, useId } from 'react'
import { t } from '../texts/texts'
import { Dialog } from '../ui/Dialog'
import { commandKey } from '../ui/platform'
import { changeSettings, fontSizes, indentations, keyStyles, tabWidths, useSettings } from './settings'
import styles from './SettingsDialog.module.css'

/** How the editor looks and which keys it knows; everything applies at once. */
export default function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { keys, fontSize, wrap, indentation, tabWidth } = useSettings()
  const texts = t.settings
  const sizes = [{ value: '', text: texts.fitting }, ...fontSizes.map((size) => ({ value: String(size), text: texts.pixels(size) }))]

  return (
    <Dialog title={texts.settings} onClose={onClose}>
      <div className={styles['body']}>
        <Choice label={texts.keys} value={keys} options={keyStyles.map((value) => ({ value, text: texts.keyStyles[value] }))} onChoose={(value) => changeSettings({ keys: value })} />
        <Choice
          label={texts.fontSize}
          value={fontSize === null ? '' : String(fontSize)}
          options={sizes}
          onChoose={(value) => changeSettings({ fontSize: fontSizes.find((size) => String(size) === value) ?? null })}
        />
        <Choice
          label={texts.indentation}
          value={indentation}
          options={indentations.map((value) => ({ value, text: texts.indentations[value] }))}
          onChoose={(value) => changeSettings({ indentation: value })}
        />
        <Choice
          label={texts.tabWidth}
          value={String(tabWidth)}
          options={tabWidths.map((width) => ({ value: String(width), text: texts.spaces(width) }))}
          onChoose={(value) => changeSettings({ tabWidth: tabWidths.find((width) => String(width) === value) ?? 4 })}
        />
        <label className={styles['check']}>
          <input type="checkbox" checked={wrap} onChange={(event) => changeSettings({ wrap: event.target.checked })} />
          {texts.wrap}
        </label>
        <p className={styles['note']}>{texts.remembered}</p>
        <Section title={texts.shortcuts}>
          <dl className={styles['keys']}>
            {texts.keyboard.map(([key, what]) => (
              <div key={key}>
                <dt>{onThisKeyboard(key)}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </Dialog>
  )
}

/** Apple's keyboards have a key of their own for commands. */
const onThisKeyboard = (keys: string): string =>
  commandKey === '⌘' ? keys.replace(/(?:Ctrl Shift|Strg Umschalt) \[/, '⌘ ⌥ [').replace(/Ctrl|Strg/, '⌘') : keys

interface ChoiceProps<TValue extends string> {
  label: string
  value: TValue
  options: readonly { value: TValue; text: string }[]
  onChoose: (value: TValue) => void
}

function Choice<TValue extends string>({ label, value, options, onChoose }: ChoiceProps<TValue>) {
  const id = useId()
  return (
    <div className={styles['choice']}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChoose(chosen.value)
        }}
      >
        {options.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
      </select>
    </div>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['section']}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
