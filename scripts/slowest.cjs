// A reporter of Node's test runner: the test files that took longest, by the sum of their tests.
const { join, relative } = require('node:path')

const MOST = 15

module.exports = async function* slowest(events) {
  const files = new Map()
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.nesting !== 0 || !data.file) continue
    files.set(data.file, (files.get(data.file) ?? 0) + data.details.duration_ms)
  }
  const list = [...files].sort(([, a], [, b]) => b - a).slice(0, MOST)
  const root = join(__dirname, '..')
  yield `\nslowest files, in seconds: ${list.map(([file, ms]) => `${relative(root, file)} ${Math.round(ms / 1000)}`).join(', ')}\n`
}
