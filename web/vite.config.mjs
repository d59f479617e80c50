import { fileURLToPath } from 'node:url'

const folder = (path) => fileURLToPath(new URL(path, import.meta.url))

/** One script and one style for report.html, which src/reports/html.ts puts into the page together with the data. */
// oxlint-disable-next-line import/no-default-export -- Vite asks for one
export default {
  root: folder('.'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic' } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: folder('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: false,
    lib: {
      entry: folder('main.tsx'),
      formats: ['iife'],
      name: 'postern',
      fileName: () => 'report.js',
      cssFileName: 'report',
    },
  },
}
