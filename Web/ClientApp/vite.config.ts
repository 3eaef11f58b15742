import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { compress } from './vite/compress.ts'
import { keepEmacsBindings } from './vite/emacsBindings.ts'
import { offlineFiles } from './vite/offlineFiles.ts'

export default defineConfig({
  plugins: [react(), keepEmacsBindings(), offlineFiles(), compress()],
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    // light-dark() and dvh: the browsers of the last two years.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // Inlined as data: URLs, small files would need a laxer content security policy.
    assetsInlineLimit: 0,
    // Measured by `npm run budget`.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { input: ['index.html', 'embed.html'], output: { chunkFileNames: ({ facadeModuleId }) => `assets/${languageChunk(facadeModuleId) ?? '[name]'}-[hash].js` } },
  },
  server: {
    // The Gateway that ./run.sh starts.
    proxy: { '/api': { target: process.env['GATEWAY_URL'] ?? 'http://localhost:8080', ws: true } },
  },
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['src/testing/setup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    pool: 'threads',
  },
})

/** Grammars carry their language's name, not that of the file they happen to be in. */
function languageChunk(moduleId: string | null | undefined): string | undefined {
  const [, grammar, mode] = /@codemirror\/(?:lang-([a-z-]+)\/|legacy-modes\/mode\/([a-z0-9_-]+))/.exec(moduleId ?? '') ?? []
  const language = grammar ?? mode
  return language && `language-${language}`
}
