export const ui = {
  close: 'Close',
  trace: (id: string): string => `Trace ${id}`,
}
