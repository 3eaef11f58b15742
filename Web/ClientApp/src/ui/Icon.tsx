/** Drawn here: a dozen strokes are smaller than a dependency. 24x24, two units wide. */
const paths = {
  play: 'M8 5.5v13l10.5-6.5z',
  stop: 'M7 7h10v10H7z',
  chevron: 'm7 10 5 5 5-5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm9 2-4-4',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13v1.5m0 15V21m9-9h-1.5m-15 0H3m15.4-6.4-1 1M6.6 17.4l-1 1m0-12.8 1 1m10.8 10.8 1 1',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  system: 'M4 5h16v11H4zm5 15h6m-3-4v4',
  folder: 'M4 18V6h5l2 2h9v10z',
  save: 'M5 4h11l3 3v13H5zm3 0v5h7V4M8 20v-6h8v6',
  share: 'M12 15V4m-4 4 4-4 4 4M6 12v8h12v-8',
  trash: 'M5 7h14M10 7V4.5h4V7m-7 0 1 13h8l1-13m-7 4v5m4-5v5',
  close: 'm6 6 12 12M18 6 6 18',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  error: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-13v5m0 3v.2',
  warning: 'M12 4 2.8 19.5h18.4zm0 6v4m0 2.8v.2',
  clear: 'M5 19h14M8 15l8-8 3 3-5 5H8l-2.5-2.5L10 8',
  terminal: 'm5 8 4 4-4 4m7 0h7',
  code: 'm9 7-5 5 5 5m6-10 5 5-5 5',
  pencil: 'M5 19l1-4L16 5l3 3L9 18zm8.5-11.5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  undo: 'M9 14 4.5 9.5 9 5m-4.5 4.5H14a5.5 5.5 0 0 1 0 11h-3',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 12.5a.5.5 0 1 0 0-1 .5.5 0 0 0 0 1Zm7 0a.5.5 0 1 0 0-1 .5.5 0 0 0 0 1Zm7 0a.5.5 0 1 0 0-1 .5.5 0 0 0 0 1Z',
  settings: 'M4 7h9m5 0h2M4 17h2m5 0h9M15.5 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-7 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  options: 'M5 8h14M5 12h14M5 16h8',
  download: 'M12 4v11m-4-4 4 4 4-4M5 20h14',
  upload: 'M12 15V4m-4 4 4-4 4 4M5 20h14',
  command: 'M4 7h16M4 12h16M4 17h10',
  sparkle: 'M12 4c.8 4.6 3.4 7.2 8 8-4.6.8-7.2 3.4-8 8-.8-4.6-3.4-7.2-8-8 4.6-.8 7.2-3.4 8-8Z',
  image: 'M4 5h16v14H4zm1 12 5-5 4 4 2-2 3.5 3.5M15.5 10v.2',
  checks: 'm4 6.5 1.5 1.5L8 5m3 1.5h9M4 12.5 5.5 14 8 11m3 1.5h9M4 18.5 5.5 20 8 17m3 1.5h9',
  up: 'm6 14 6-6 6 6',
  down: 'm6 10 6 6 6-6',
  exchange: 'M8 4v13m-4-4 4 4 4-4m4 7V7m-4 4 4-4 4 4',
} as const

export type IconName = keyof typeof paths

const filled: readonly IconName[] = ['play', 'stop', 'more']

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled.includes(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}
