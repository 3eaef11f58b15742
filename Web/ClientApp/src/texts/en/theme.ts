const names = { system: 'as the system', light: 'light', dark: 'dark' }

export const theme = {
  names,
  toggle: (now: keyof typeof names, next: keyof typeof names): string => `Theme: ${names[now]}. Switch to ${names[next]}`,
}
