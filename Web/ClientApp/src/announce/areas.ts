/** The parts of the page that people go to and fro between. */
export type Area = 'code' | 'terminal' | 'bar'

const order: readonly Area[] = ['code', 'terminal', 'bar']

const selectors: Record<Area, string> = {
  code: '[data-testid="editor"], [data-testid="editor"] textarea, section textarea[spellcheck]:not([data-testid="terminal"] *)',
  terminal: '[data-testid="terminal"] textarea, [data-testid="terminal"][tabindex]',
  bar: '[data-testid="run"]',
}

export const isTerminal = (target: EventTarget | null): target is Element =>
  target instanceof Element && target.closest('[data-testid="terminal"]') !== null

/** True when it could be focused; a pane that is hidden, or has not loaded, cannot. */
export function focusArea(area: Area): boolean {
  const element = document.querySelector<HTMLElement>(selectors[area])
  element?.focus()
  return element !== null && element === document.activeElement
}

export function areaOf(target: EventTarget | null): Area | null {
  if (!(target instanceof Element)) return null
  return order.find((area) => (area === 'bar' ? target.closest('header') : target.closest(selectors[area])) !== null) ?? null
}

/** The areas after this one, in the order to try them. */
export function areasFrom(area: Area | null, back: boolean): Area[] {
  const ways = back ? [...order].reverse() : order
  const start = area === null ? 0 : ways.indexOf(area) + 1
  return [...ways.slice(start), ...ways.slice(0, start)].filter((other) => other !== area)
}
