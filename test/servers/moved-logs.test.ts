import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { type EvidenceFile, evidenceFiles } from '../../tools/simulator/build.ts'
import { readSpec } from '../../tools/simulator/spec.ts'
import { tarOf, pax } from '../../tools/writers/tar.ts'

// A log that alone shows an intrusion, moved to where no product keeps its logs: it explains nothing there, and what it shows still counts.

const root = fileURLToPath(new URL('../../', import.meta.url))
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))

type File = Pick<EvidenceFile, 'path' | 'bytes'>
const inTar = (files: readonly File[]): Buffer =>
  tarOf(files.flatMap(({ path, bytes }) => [pax({ path }), { name: 'x', content: bytes }]))
const below =
  (folder: string) =>
  (files: readonly File[]): File[] =>
    files.map(({ path, bytes }) => ({ path: `${folder}/${path}`, bytes }))
const places: Readonly<Record<string, (files: readonly File[]) => File[]>> = {
  'a folder for temporary files': below('C/Windows/Temp'),
  'a packed archive called like a log': (files) => [{ path: 'C/Windows/x.log', bytes: gzipSync(inTar(files)) }],
}

for (const [name, log] of [
  ['any-intrusion/samples/compromised/sprayed-over-imap', /IMAP4/],
  ['any-intrusion/samples/compromised/sprayed-over-windows-logons', /Security\.jsonl/],
  ['any-intrusion/samples/compromised/mail-sent-to-many-from-a-new-network', /MSGTRK/],
  ['mail-taken/samples/compromised/delegate-added-from-a-new-network', /Logging\/Ews/],
] as const)
  test(`moved: ${name}`, async () => {
    const files = evidenceFiles(readSpec(join(root, 'packs', name, 'server.yml')), 'ctree')
    const [moved, others] = [files.filter(({ path }) => log.test(path)), files.filter(({ path }) => !log.test(path))]
    assert.ok(moved.length > 0)
    for (const [what, place] of Object.entries(places)) {
      const folder = mkdtempSync(join(tmpdir(), 'postern-moved-'))
      try {
        for (const { path, bytes } of [...others, ...place(moved)]) {
          mkdirSync(dirname(join(folder, path)), { recursive: true })
          writeFileSync(join(folder, path), bytes)
        }
        const pool = inlinePool(knowledge, null)
        const { verdict } = await assess([folder], knowledge, facts, pool, { fallbackName: 'X', tool: 'test' })
        assert.equal(verdict.is, 'compromised', what)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
  })
