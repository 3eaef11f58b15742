export const editor = {
  editor: 'Editor',
  codeOf: (fileName: string): string => `Code, ${fileName}`,
  fold: 'Fold these lines away',
  unfold: 'Unfold',
  /** What the editor's library says itself, by its own words. */
  phrases: {} as Record<string, string>,
}
