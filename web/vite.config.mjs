import { fileURLToPath } from 'node:url'

const folder = (path) => fileURLToPath(new URL(path, import.meta.url))

/** The packages whose code is in the page, in order: they ship although they are no dependencies at run time. */
const packagesInside = {
  name: 'packages-inside',
  generateBundle(_options, bundle) {
    const names = new Set()
    for (const output of Object.values(bundle))
      for (const module of Object.keys(output.modules ?? {})) {
        const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module.replaceAll('\\', '/'))?.[1]
        if (name) names.add(name)
      }
    this.emitFile({
      type: 'asset',
      fileName: 'packages.json',
      source: `${JSON.stringify([...names].sort((a, b) => (a < b ? -1 : 1)))}\n`,
    })
  },
}

/** One script and one style for report.html, which src/reports/html/page.ts puts into the page together with the data. */
// oxlint-disable-next-line import/no-default-export -- Vite asks for one
export default {
  root: folder('.'),
  logLevel: 'warn',
  plugins: [packagesInside],
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
