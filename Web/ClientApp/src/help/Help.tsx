import { Fragment } from 'react'
import { hide } from '../palette/shown'
import { t } from '../texts/texts'
import { Dialog } from '../ui/Dialog'
import styles from './Help.module.css'
import { shortcuts } from './shortcuts'

/** Every key that does something, by where it does it. */
export default function Help() {
  return (
    <Dialog title={t.help.title} onClose={hide}>
      <div className={styles['body']} tabIndex={0} role="group" aria-label={t.help.title}>
        {shortcuts().map(({ title, rows }) => (
          <section key={title}>
            <h3 className={styles['heading']}>{title}</h3>
            <dl className={styles['rows']}>
              {rows.map(({ does, ways }) => (
                <div key={does} className={styles['row']}>
                  <dt>{does}</dt>
                  <dd>
                    {ways.map((way, index) => (
                      <Fragment key={way.join(' ')}>
                        {index > 0 && <span className={styles['or']}> {t.help.or} </span>}
                        <Keys keys={way} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Keys({ keys }: { keys: readonly string[] }) {
  return keys.map((key, index) => (
    <Fragment key={key}>
      {index > 0 && ' '}
      {key === ',' ? <span className={styles['or']}>{t.help.then}</span> : <kbd>{key}</kbd>}
    </Fragment>
  ))
}
