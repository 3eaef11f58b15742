import type { Language } from '../languages/languages'

const base = { aliases: [], version: '1.0', installed: true, installCommand: '', compiled: false, editorMode: '', versions: ['1.0'], lineComment: null, blockComment: null }

export const python: Language = {
  ...base, id: 'python', name: 'Python', aliases: ['py', 'python3'], extensions: ['.py'], version: '3.11.2', entryPoint: 'main.py', sample: 'print(input())\n',
}

export const cpp: Language = {
  ...base, id: 'cpp', name: 'C++', aliases: ['c++'], extensions: ['.cpp'], version: '12.2.0', compiled: true, entryPoint: 'main.cpp', sample: 'int main() {}\n',
}

export const go: Language = {
  ...base, id: 'go', name: 'Go', extensions: ['.go'], version: '', installed: false, installCommand: './run.sh --languages go', entryPoint: 'main.go', sample: 'package main\n',
}

export const languages: Language[] = [python, cpp, go]
