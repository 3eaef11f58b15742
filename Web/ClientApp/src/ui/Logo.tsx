import styles from './Logo.module.css'

export function Logo() {
  return (
    <div className={styles['logo']}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="var(--logo)" />
        <path d="M8.5 10.5 14 16l-5.5 5.5" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
        <path d="M17 21.5h7" stroke="#5eead4" strokeWidth="3" strokeLinecap="round" />
      </svg>
      <h1 className={styles['name']}>OnlineCompiler</h1>
    </div>
  )
}
