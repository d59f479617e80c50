// Gives the engine JavaScript where a module is TypeScript, so that it can put its counters in: types are blanked out,
// and every line and column stays where it is. `node --import` this file before the engine.
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) register(import.meta.url)

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context)
  const { readFileSync } = await import('node:fs')
  const { stripTypeScriptTypes } = await import('node:module')
  return {
    format: 'module',
    source: stripTypeScriptTypes(readFileSync(new URL(url), 'utf8')),
    shortCircuit: true,
  }
}
