export const options = {
  options: 'Run options',
  short: 'Options',
  someSet: 'some are set',
  version: 'Version',
  usualVersion: (version: string): string => `${version} (usual)`,
  arguments: 'Arguments',
  argumentsExample: 'e.g. --count 3 "two words"',
  compilerArguments: 'Compiler arguments',
  compilerArgumentsExample: 'e.g. -O2 -Wall',
  stdin: 'Standard input',
  stdinExplained: 'The program reads this, then the end of input. Leave it empty to answer in the terminal.',
}
