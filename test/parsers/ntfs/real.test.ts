import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Event, FieldValue } from '../../../src/model/event.ts'
import { i30 } from '../../../src/parsers/ntfs/i30.ts'
import { mft } from '../../../src/parsers/ntfs/mft.ts'
import { usn } from '../../../src/parsers/ntfs/usn.ts'
import type { Parser } from '../../../src/parsers/parser.ts'
import { reading } from '../hostile.ts'

// Real metadata, held against libfsntfs (fsntfsinfo) and The Sleuth Kit (fls, istat, icat). Only where both are at hand.
const data = process.env.POSTERN_DATA
const ntfs = join(data ?? '', 'ntfs')
const none = data === undefined || !existsSync(ntfs) ? 'POSTERN_DATA is not set: no real metadata of NTFS here' : false
const has = (tool: string): boolean => spawnSync(tool, ['-V']).error === undefined

describe('real metadata of NTFS', { skip: none }, () => {
  const all = none ? [] : readdirSync(ntfs, { recursive: true, encoding: 'utf8' })
  const files = all.filter((name) => statSync(join(ntfs, name)).isFile())

  for (const file of files.filter((name) => /[\\/]\$MFT$/.test(name))) {
    it(`${file}: names, folders and times as fsntfsinfo says`, {
      skip: has('fsntfsinfo') ? false : 'fsntfsinfo is not installed',
    }, async () => {
      const bytes = readFileSync(join(ntfs, file))
      const { events, gaps } = await reading(mft, bytes, file)
      const byEntry = Map.groupBy(events, ({ fields }) => Number(fields.EntryNumber))
      let compared = 0
      let paths = 0
      for (let number = 0; number < bytes.length / 1024; number++) {
        const theirs = entryOf(join(ntfs, file), number)
        if (!theirs) continue
        const ours = byEntry.get(number) ?? []
        const names = theirs.names.filter(({ space }) => space !== 2)
        const wanted = names.length > 0 ? names : theirs.names
        // They tell of each attribute, also twice of one name.
        assert.deepEqual(
          ours.map(({ fields }) => timesOf(fields)),
          unique(wanted).map(({ times }) => [...theirs.times, ...times]),
          `${file} ${number}`,
        )
        for (const [i, { name, path }] of unique(wanted).entries()) {
          const fields = ours[i]!.fields
          if (number !== 5) assert.equal(fields.FileName, name)
          assert.equal(fields.Deleted, !theirs.allocated)
          assert.equal(fields.Sequence, theirs.sequence)
          compared++
          // They follow numbers of folders without regard to their sequence.
          if (path === null || fields.PathUncertain === true || number === 5) continue
          assert.equal(fields.TargetFilename, path)
          paths++
        }
      }
      console.log(`${file}: ${compared} names of ${events.length} compared, ${paths} paths; ${gaps.length} gaps`)
      assert.ok(compared > 30 && paths > 30)
    })
  }

  const image = files.find((name) => name.endsWith('charlie.dd.bz2'))
  it('an image: files and streams as fls lists them, names and times as istat, indexes and journal as icat gives them', {
    skip:
      image === undefined || !has('fls') || !has('istat') || !has('bzcat')
        ? 'no image, fls, istat or bzcat here'
        : false,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-ntfs-'))
    try {
      const raw = join(folder, 'image')
      writeFileSync(raw, run('bzcat', [join(ntfs, image!)]))
      const { events, gaps } = await reading(mft, run('icat', [raw, '0']), '$MFT')
      assert.deepEqual(gaps, [])
      const listed = run('fls', ['-rpu', raw]).toString('utf8').trim().split('\n')
      const theirs = new Set<string>()
      for (const line of listed) {
        const m = /^(\S)\/\S \*?\s*(\d+)-\d+-\d+:\t(.+)$/.exec(line)
        // Indexes are streams to them, and a folder of their own holds what is lost.
        if (!m || m[1] === 'V') continue
        theirs.add(`\\${m[3]!.replaceAll('/', '\\').replace(/:\$?(?:O|Q|R|SDH|SII)$/, '')}`)
      }
      const ours = new Set(events.flatMap(pathsOf))
      assert.deepEqual(
        [...theirs].filter((path) => !ours.has(path)),
        [],
      )
      const live = events.filter(({ fields }) => fields.Deleted === false && fields.EntryNumber !== 5)
      assert.deepEqual(
        live.map(({ target }) => target).filter((path) => !theirs.has(path!)),
        [],
      )
      for (const { fields } of live) {
        const theirs = run('istat', ['-z', 'UTC', raw, String(fields.EntryNumber)]).toString('utf8')
        assert.deepEqual(statOf(fields), istatOf(theirs), `entry ${String(fields.EntryNumber)}`)
      }
      const index = await reading(i30, run('icat', [raw, '5-160']), '$I30')
      const root = live.filter(({ fields }) => fields.Directory === '')
      const names = index.events.filter(({ snippet, fields }) => !snippet && fields.FileName !== '.')
      assert.deepEqual(
        new Set(names.map(({ fields }) => fields.FileName)),
        new Set(root.map(({ fields }) => fields.FileName)),
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  for (const [parser, pattern] of [
    [i30, /[\\/]\$I30$/],
    [usn, /usn[\\/]sample\.bin$|record\.usn$/],
    [mft, /0x\w+\.bin$/],
  ] as const satisfies readonly (readonly [Parser, RegExp])[]) {
    it(`${parser.name}: every byte of every file is accounted for`, async () => {
      const counts = { files: 0, events: 0, gaps: 0 }
      for (const file of files.filter((name) => pattern.test(name))) {
        const bytes = readFileSync(join(ntfs, file))
        const head = { path: file, windowsPath: null, size: bytes.length, bytes: bytes.subarray(0, 65_536), text: '' }
        if (parser.recognize(head) === 0) continue
        const { events, gaps } = await reading(parser, bytes, file)
        counts.files++
        counts.events += events.length
        counts.gaps += gaps.length
      }
      console.log(parser.name, counts)
      assert.ok(counts.files > 0 && counts.events > 0)
    })
  }
})

type Named = {
  readonly name: string
  readonly space: number
  readonly path: string | null
  readonly times: readonly string[]
}
type Entry = {
  readonly allocated: boolean
  readonly sequence: number
  readonly times: readonly string[]
  readonly names: readonly Named[]
}

/** What fsntfsinfo says of an entry; null when it does not read it, or not to the end. */
function entryOf(file: string, number: number): Entry | null {
  const done = spawnSync('fsntfsinfo', ['-E', String(number), file], { encoding: 'utf8' })
  const text = done.stdout
  const sequence = /File reference\s*: \d+-(\d+)/.exec(text)?.[1]
  // Of a record that continues another the names are told with that one.
  if (done.status !== 0 || sequence === undefined || !/Base record file reference\s*: Not set/.test(text)) return null
  const parts = text.split(/^Attribute: \d+$/m).slice(1)
  const own = parts.find((part) => part.includes('(0x00000010)'))
  if (!own) return null
  const names = parts
    .filter((part) => part.includes('(0x00000030)'))
    .map((part) => ({
      name: /\tName\t+: (.*)/.exec(part)?.[1] ?? '',
      space: Number(/Name space\s*: .*\((\d)\)/.exec(part)?.[1]),
      path: /Path hint\s*: (.*)/.exec(part)?.[1]?.replaceAll('\\\\', '\\') ?? null,
      times: fourOf(part),
    }))
  return { allocated: /Is allocated\s*: true/.test(text), sequence: Number(sequence), times: fourOf(own), names }
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Created, modified, accessed, changed: `May 03, 2004 16:05:01.234375000 UTC`. */
function fourOf(part: string): string[] {
  return ['Creation', 'Modification', 'Access', 'Entry modification'].map((which) => {
    const m = new RegExp(`\\t${which} time\\s*: (\\w+) (\\d+), (\\d+) ([\\d:]+)\\.(\\d{7})`).exec(part)
    return m ? `${m[3]}-${String(MONTHS.indexOf(m[1]!) + 1).padStart(2, '0')}-${m[2]}T${m[4]}.${m[5]}Z` : '-'
  })
}

/** Name, sequence, attributes and both sets of times, as istat writes them. */
function istatOf(text: string): string[] {
  const parts = text.split(/^(?=\$)/m)
  const part = (name: string): string => parts.find((one) => one.startsWith(name)) ?? ''
  const [own, name] = [part('$STANDARD_INFORMATION'), part('$FILE_NAME')]
  const times = [own, name].flatMap((set) =>
    ['Created', 'File Modified', 'Accessed', 'MFT Modified'].map(
      (which) =>
        new RegExp(`^${which}:\t(\\S+) (\\S+)00 \\(UTC\\)`, 'm').exec(set)?.slice(1).join('T').concat('Z') ?? '-',
    ),
  )
  const flags = /^Flags: (.*)/m.exec(own)?.[1]?.toLowerCase().split(/, ?/).filter(Boolean) ?? []
  return [
    /^Name: (.*)/m.exec(name)?.[1] ?? '',
    /Sequence: (\d+)/.exec(text)?.[1] ?? '',
    flags.sort().join(','),
    ...times,
  ]
}

function statOf(fields: Readonly<Record<string, FieldValue>>): string[] {
  const attributes = Array.isArray(fields.Attributes) ? fields.Attributes.map(String) : []
  return [String(fields.FileName), String(fields.Sequence), attributes.sort().join(','), ...timesOf(fields)]
}

function timesOf(fields: Readonly<Record<string, FieldValue>>): string[] {
  return ['SI', 'FN'].flatMap((set) =>
    ['Created', 'Modified', 'Accessed', 'Changed'].map((time) => String(fields[`${set}_${time}`] ?? '-')),
  )
}

function unique(names: readonly Named[]): Named[] {
  return names.filter(
    ({ name, path }, i) => names.findIndex((other) => other.name === name && other.path === path) === i,
  )
}

function pathsOf({ target, fields }: Event): string[] {
  const streams = Array.isArray(fields.Streams) ? fields.Streams : []
  return [target!, ...streams.map((stream) => `${target}:${stream}`)]
}

function run(tool: string, options: readonly string[]): Buffer {
  return spawnSync(tool, options, { maxBuffer: 1 << 28 }).stdout
}
