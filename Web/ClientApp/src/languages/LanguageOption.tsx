import { t } from '../texts/texts'
import { Icon } from '../ui/Icon'
import styles from './LanguageOption.module.css'
import type { Language } from './languages'

/** A language in a list: whether it is the current one, its name, its version. */
export function LanguageOption({ language, current }: { language: Language; current: boolean }) {
  return (
    <>
      <span className={styles['tick']}>{current && <Icon name="check" size={16} />}</span>
      <span className={styles['name']} data-current={current}>{language.name}</span>
      <span className={styles['version']}>{language.installed ? language.version : t.languages.notInstalled}</span>
      {!language.installed && language.installCommand && <code className={styles['install']}>{language.installCommand}</code>}
    </>
  )
}
