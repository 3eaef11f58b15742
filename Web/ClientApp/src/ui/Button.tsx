import type { ComponentProps } from 'react'
import { Icon, type IconName } from './Icon'
import styles from './Button.module.css'

interface ButtonProps extends ComponentProps<'button'> {
  look?: 'plain' | 'outlined' | 'primary'
  small?: boolean
}

export function Button({ look = 'plain', small = false, className, ...rest }: ButtonProps) {
  const classes = [styles['button'], look !== 'plain' && styles[look], small && styles['small'], className]
  return <button type="button" className={classes.filter(Boolean).join(' ')} {...rest} />
}

interface IconButtonProps extends ComponentProps<'button'> {
  icon: IconName
  /** Its name for those who cannot see it, and its tooltip for those who can. */
  label: string
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={`${styles['button']} ${styles['icon']}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  )
}
