import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, it } from 'node:test'

// The working copy must come whole onto every disk: Windows and macOS keep one of two names that differ by case only, Windows
// refuses some names, and its paths end at 260 characters, of which a clone's own place needs some.

const root = join(import.meta.dirname, '..')
const LONGEST = 150

describe('tracked paths', () => {
  const paths = trackedPaths()

  it('are many', () => assert.ok(paths.length > 1000))

  it('differ by more than case, folders included', () => {
    const byFolded = new Map<string, string>()
    const clashes: string[] = []
    for (const path of paths) {
      const parts = path.split('/')
      for (let i = 1; i <= parts.length; i++) {
        const name = parts.slice(0, i).join('/')
        const folded = name.toLowerCase()
        const other = byFolded.get(folded)
        if (other === undefined) byFolded.set(folded, name)
        else if (other !== name) clashes.push(`${other} and ${name}`)
      }
    }
    assert.deepEqual(clashes, [])
  })

  it(`have at most ${LONGEST} characters`, () =>
    assert.deepEqual(
      paths.filter((path) => path.length > LONGEST),
      [],
    ))

  it('are names that Windows keeps', () =>
    assert.deepEqual(
      paths.filter((path) =>
        path.split('/').some((part) => /[<>:"\\|?*\p{Cc}]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu.test(part)),
      ),
      [],
    ))
})

/** What git tracks or would track; without git, all files but those of packages and of the build. */
function trackedPaths(): readonly string[] {
  const options = ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const done = spawnSync('git', options, { encoding: 'utf8', maxBuffer: 64 << 20 })
  if (done.status === 0 && done.stdout !== '') return done.stdout.split('\0').filter((path) => path !== '')
  const ignored = new Set(['node_modules', 'dist', '.git', '.cache'])
  const below = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !ignored.has(name) && !name.startsWith('postern-'))
      .flatMap((entry) => (entry.isDirectory() ? below(join(folder, entry.name)) : [join(folder, entry.name)]))
  return below(root).map((file) => relative(root, file).split(sep).join('/'))
}
