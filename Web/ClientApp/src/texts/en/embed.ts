export const embed = {
  openHere: 'Open in OnlineCompiler',
  output: 'Output',
  code: 'Code',
  files: 'Files',
  nothing: 'There is nothing to show here',
  nothingDetail: 'The address of this frame names neither a shared program nor a language.',
  loading: 'Loading…',
}
