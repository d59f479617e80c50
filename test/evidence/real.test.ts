import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import yauzl from 'yauzl'
import { came, listing } from './evidence.ts'

const data = process.env['POSTERN_DATA']
const skip = data === undefined

test('real collections: each member is read whole or refused with a reason', { skip }, async () => {
  const folder = join(data ?? '', 'collections/velociraptor')
  const archives = readdirSync(folder).filter((name) => name.endsWith('.zip'))
  assert.ok(archives.length > 10)
  for (const archive of archives) {
    const { members, gaps } = await listing(join(folder, archive))
    assert.deepEqual(gaps, [], archive)
    assert.ok(members.length > 0, archive)
    for (const m of members) {
      if (m.refused) assert.equal(m.refused.reason, 'encrypted')
      else assert.deepEqual(await came(m).then((c) => [c.reason, c.delivered]), [null, m.size], `${archive}: ${m.path}`)
    }
  }
})

test('a zipped folder of event logs: all members, size = bytes read', { skip }, async () => {
  const { members, gaps } = await listing(join(data ?? '', 'evtx/benign-win10.zip'))
  assert.equal(gaps.length, 0)
  assert.ok(members.length > 100)
  for (const m of members) assert.equal((await came(m)).delivered, m.size)
})

test('another reader finds the same members', { skip }, async () => {
  for (const archive of ['evtx/benign-win10.zip', 'webshells.zip', 'collections/velociraptor/system.journal.zip']) {
    const path = join(data ?? '', archive)
    const ours = (await listing(path, { depth: 0 })).members.map((m): [string, number | null] => [m.path, m.size])
    assert.deepEqual(inOrder(ours), inOrder(await namesByYauzl(path)), archive)
  }
})

/** Archives within an archive are listed behind its other members. */
function inOrder(members: readonly (readonly [string, number | null])[]): string[] {
  return members.map(([name, size]) => `${ascii(name)} ${size}`).sort((a, b) => (a < b ? -1 : 1))
}

function namesByYauzl(path: string): Promise<[string, number][]> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      const found: [string, number][] = []
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!entry.fileName.endsWith('/')) found.push([entry.fileName, entry.uncompressedSize])
        zip.readEntry()
      })
      zip.on('end', () => resolve(found))
      zip.on('error', reject)
      zip.readEntry()
    })
  })
}

/** The other reader takes UTF-8 names without the flag for CP437: only their ASCII letters are compared. */
function ascii(name: string): string {
  return name.replace(/[^\x20-\x7e]+/g, '?')
}
