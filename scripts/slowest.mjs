// A reporter of Node's test runner: the test files that took longest, by the sum of their tests.
import { relative } from 'node:path'
import { root } from './ready.mjs'

const MOST = 15

export default async function* slowest(events) {
  const files = new Map()
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.nesting !== 0 || !data.file) continue
    files.set(data.file, (files.get(data.file) ?? 0) + data.details.duration_ms)
  }
  const list = [...files].sort(([, a], [, b]) => b - a).slice(0, MOST)
  yield `\nslowest files, in seconds: ${list.map(([file, ms]) => `${relative(root, file)} ${Math.round(ms / 1000)}`).join(', ')}\n`
}
