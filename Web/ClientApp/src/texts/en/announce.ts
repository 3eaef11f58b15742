export const announce = {
  more: (lines: string, one: boolean): string => (one ? '1 more line.' : `${lines} more lines.`),
  label: 'Output of the program',
  leave: 'F6 leaves the terminal',
  leaveRunning: 'The terminal takes every key while the program runs. F6 leaves it.',
}
