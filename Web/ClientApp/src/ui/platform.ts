const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The key that goes with Enter to run, as it is printed on this machine's keyboard. */
export const commandKey = isApple ? '⌘' : 'Ctrl'

/** Ctrl, or Command on Apple keyboards; both work everywhere, since keyboards travel. */
export const hasCommandKey = (event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey'>): boolean => (event.ctrlKey || event.metaKey) && !event.altKey
