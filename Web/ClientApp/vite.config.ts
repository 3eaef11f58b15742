import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { compress } from './vite/compress.ts'

export default defineConfig({
  plugins: [react(), compress()],
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
  },
})
