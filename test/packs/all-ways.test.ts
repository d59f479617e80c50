import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { materialise } from '../../tools/simulator/build.ts'
import { readSpec } from '../../tools/simulator/spec.ts'
import { sameInAllWays } from './all-ways.ts'

// However a file is read, it gives the same: a sample that a rule must know, a miniature server, an ordinary log.

const root = fileURLToPath(new URL('../../', import.meta.url))
const packs = readdirSync(join(root, 'packs')).sort()
const folder = mkdtempSync(join(tmpdir(), 'postern-ways-'))
after(() => rmSync(folder, { recursive: true }))

void describe('samples give the same in all ways of reading', () => {
  for (const pack of packs) {
    const samples = join(root, 'packs', pack, 'samples/rules')
    if (!existsSync(samples)) continue
    void it(pack, async () => {
      const { files, hits } = await sameInAllWays(samples)
      assert.ok(files > 0 && hits > 0)
    })
  }
  for (const name of ['server', 'benign'])
    void it(`samples/${name}`, async () => void (await sameInAllWays(join(root, 'samples', name))))
})

void describe('miniature servers give the same in all ways of reading', () => {
  const servers = packs.flatMap((pack) =>
    ['compromised', 'exploited', 'targeted', 'no-evidence', 'cannot-tell'].flatMap((verdict) => {
      const place = join(root, 'packs', pack, 'samples', verdict)
      return existsSync(place) ? readdirSync(place).map((name) => join(place, name, 'server.yml')) : []
    }),
  )
  // The others: npm run long.
  for (const [i, file] of servers.entries())
    if (i % Number(process.env.EACH_SERVER ?? 32) === 0)
      void it(file.slice(root.length), async () => {
        const place = join(folder, String(i))
        await materialise(readSpec(file), place)
        const { files } = await sameInAllWays(place, i % 64 === 0 ? ['kernel', 'plain'] : ['kernel'])
        rmSync(place, { recursive: true })
        assert.ok(files > 0)
      })
})

void describe('real evidence gives the same in all ways of reading', { skip: !process.env.POSTERN_DATA }, () => {
  const data = process.env.POSTERN_DATA ?? root
  for (const entry of process.env.POSTERN_DATA ? readdirSync(data, { withFileTypes: true }) : [])
    if (entry.isDirectory())
      void it(entry.name, async () => void (await sameInAllWays(join(data, entry.name), ['kernel', 'plain'])))
})
