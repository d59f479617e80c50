import assert from 'node:assert/strict'
import { appendFileSync, copyFileSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { listEvidence } from '../../src/evidence/index.ts'
import type { Member } from '../../src/evidence/container.ts'
import type { Pool, Scan } from '../../src/model/scan.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { unscanned } from '../../src/scan/scan.ts'
import { Ledger } from '../../src/run/ledger.ts'
import { resumable } from '../../src/run/resume.ts'
import { write } from '../cli/command.ts'
import { tarOf } from '../../tools/writers/tar.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-resumable-'))
after(() => rmSync(folder, { recursive: true }))

const scanOf = (member: Member): Scan => ({ ...unscanned(member, 'timeout', ''), gaps: [] })

/** A trail with one row, and one record of an audit log. */
function numbers() {
  const [log, timeBasis, counts] = ['m365-exchange', 'format', 'line'] as const
  const key = { log, timeBasis, host: null, client: null, user: null, values: {}, counts }
  return {
    trails: [{ rule: 'a', keys: [key], rows: Float64Array.of(1e12, 0, 0, 1, 1, 1, 0, 0), untimed: 0, beyond: 0 }],
    cloud: {
      mailboxes: ['ann@contoso.example'],
      sources: ['\0\0\0bind'],
      cells: Float64Array.of(0, 18_000, 0, 1, 1, 1, 1e12, 1e12, 0, 0, 1, 1),
      users: [['ann@contoso.example', '192.0.2.7', 'Send'].join('\0')],
      acts: Float64Array.of(1, 1e12, 1e12),
      names: ['b5f0c2d1-0000-4000-8000-000000000001\0ann@contoso.example'],
      graphSince: 1_700_000_000_000,
      signIns: {
        parts: ['audit\x0018000\0ann@contoso.example\x00192.0.2.7\0\0\0windows\0\0\0\0\0success'],
        numbers: Float64Array.of(1, 1e12, 1e12, 0, 1, 1),
        beyond: 0,
      },
      records: Float64Array.of(7, 1, 1),
      beyond: { rows: 0, acts: 0, records: 0 },
    },
  }
}

/** Reads the evidence with the ledger beside it, and says what was really read, and what came. */
async function read(name: string, make: (member: Member) => unknown = scanOf) {
  const read: string[] = []
  const pool: Pool = {
    async run<Item, Result>(_: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      for (const [index, item] of items.entries()) {
        read.push((item as Member).path)
        each(make(item as Member) as Result, index)
      }
    },
  }
  const settings = { digest: 'a'.repeat(64), now: () => 0, tell: assert.fail, wait: 0 }
  const ledger = Ledger.open(join(folder, `${name}.ledger`), settings)
  const { members } = await listEvidence(join(folder, name))
  const came: (string | undefined)[] = []
  let found = -1
  const whole = resumable(pool, ledger, (count) => (found = count))
  await whole.run<Member, Scan>('scan', members, (scan, index) => {
    came[index] = scan.artifact.path
  })
  await ledger.close()
  assert.deepEqual(
    came,
    members.map((member) => member.path),
  )
  assert.equal(found, members.length - read.length)
  return read.sort()
}

function evidence(name: string): string {
  const tar = tarOf([
    { name: 'C/a.log', content: 'a' },
    { name: 'C/b.log', content: 'b' },
  ])
  return write(join(folder, name), {
    'one.log': '1',
    'two.log': '2',
    SYSTEM: 'hive',
    'SYSTEM.LOG1': 'log',
    'c.tar': tar,
  })
}

const all = ['SYSTEM', 'SYSTEM.LOG1', 'c.tar!/C/a.log', 'c.tar!/C/b.log', 'one.log', 'two.log']

void describe('a run that goes on', () => {
  void it('reads nothing twice', async () => {
    evidence('same')
    assert.deepEqual(await read('same'), all)
    assert.deepEqual(await read('same'), [])
  })

  const changes: readonly (readonly [what: string, change: (at: string) => void, again: readonly string[]])[] = [
    ['a file that became longer', (at) => appendFileSync(join(at, 'one.log'), 'x'), ['one.log']],
    ['a file of another time', (at) => utimesSync(join(at, 'two.log'), 1e9, 1e9), ['two.log']],
    ['a new file', (at) => copyFileSync(join(at, 'one.log'), join(at, 'new.log')), ['new.log']],
    [
      'an archive of another time, with all that lies in it',
      (at) => utimesSync(join(at, 'c.tar'), 1e9, 1e9),
      ['c.tar!/C/a.log', 'c.tar!/C/b.log'],
    ],
    [
      'a transaction log, with its hive',
      (at) => utimesSync(join(at, 'SYSTEM.LOG1'), 1e9, 1e9),
      ['SYSTEM', 'SYSTEM.LOG1'],
    ],
  ]
  for (const [i, [what, change, again]] of changes.entries()) {
    void it(`reads again: ${what}`, async () => {
      const at = evidence(`changed ${i}`)
      await read(`changed ${i}`)
      change(at)
      assert.deepEqual(await read(`changed ${i}`), again)
      assert.deepEqual(await read(`changed ${i}`), [])
    })
  }

  void it('tries again what was given up or could not be opened', async () => {
    evidence('given-up')
    const gap = (path: string, reason: Gap['reason']): Gap => ({ path, offset: 0, length: 1, reason, detail: '' })
    const reasons = { 'one.log': 'timeout', SYSTEM: 'denied', 'two.log': 'truncated' } as Record<string, Gap['reason']>
    await read('given-up', (member) => ({
      ...scanOf(member),
      gaps: reasons[member.path] ? [gap(member.path, reasons[member.path]!)] : [],
    }))
    assert.deepEqual(await read('given-up'), ['SYSTEM', 'one.log'])
  })

  void it('takes results with lists of numbers: rows that correlations count, and audit logs', async () => {
    evidence('numbers')
    const with3 = (member: Member): Scan => ({ ...scanOf(member), ...numbers() })
    assert.deepEqual(await read('numbers', with3), all)
    assert.deepEqual(await read('numbers', with3), [])
  })

  const wrong: readonly (readonly [string, Partial<Record<keyof Scan, unknown>>])[] = [
    [
      'a trail of a key that is not there',
      { trails: [{ ...numbers().trails[0], rows: Float64Array.of(0, 1, 0, 0, 0, 0, 0, 0) }] },
    ],
    ['a trail with half a row', { trails: [{ ...numbers().trails[0], rows: Float64Array.of(0, 0, 0) }] }],
    ['a cell of a mailbox that is not there', { cloud: { ...numbers().cloud, cells: new Float64Array(12).fill(1) } }],
    [
      'a record of a cell that is not there',
      { cloud: { ...numbers().cloud, records: Float64Array.of(1, 2 ** 20, 0) } },
    ],
    [
      'a cell of mail of no mailbox',
      { mail: { mailboxes: [], sources: [], cells: [0, 0, 0, 1, 1, 1], together: [], beyond: 0 } },
    ],
    [
      'a day that is none',
      { mail: { mailboxes: ['a'], sources: ['b'], cells: [0, 1e9, 0, 1, 1, 1], together: [], beyond: 0 } },
    ],
    [
      'a device at no time',
      {
        devices: {
          values: [['a', 'b', '0'].join('\0')],
          counts: Float64Array.of(1, 0, Infinity, 0, 0, 1, 1),
          clients: [''],
          beyond: 0,
        },
      },
    ],
  ]
  for (const [i, [what, part]] of wrong.entries()) {
    void it(`reads again: ${what}`, async () => {
      evidence(`wrong ${i}`)
      await read(`wrong ${i}`, (member) => ({ ...scanOf(member), ...part }))
      assert.deepEqual(await read(`wrong ${i}`), all)
    })
  }

  void it('takes no result that is not in the form of one', async () => {
    evidence('forged')
    const { artifact, ...rest } = scanOf({ path: 'x', size: 1, ref: { root: '', steps: [] } } as unknown as Member)
    const forged: Record<string, unknown> = {
      'one.log': null,
      'two.log': { ...rest, artifact: { ...artifact, path: 'one.log' } },
      SYSTEM: { ...rest, artifact: { ...artifact, path: 'SYSTEM' }, facts: [new Map()] },
      'SYSTEM.LOG1': { ...rest, artifact: { ...artifact, path: 'SYSTEM.LOG1' }, saidMore: '3' },
    }
    const settings = { digest: 'a'.repeat(64), now: () => 0, tell: assert.fail, wait: 0 }
    // Written with the right keys, as only somebody who means it would.
    const ledger = Ledger.open(join(folder, 'forged.ledger'), settings)
    const add = ledger.add.bind(ledger)
    ledger.add = (key, result) =>
      add(key, forged[(result as Scan).artifact.path] === undefined ? result : forged[(result as Scan).artifact.path])
    const { members } = await listEvidence(join(folder, 'forged'))
    const pool: Pool = {
      async run<Item, Result>(_: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
        for (const [index, item] of items.entries()) each(scanOf(item as Member) as Result, index)
      },
    }
    await resumable(pool, ledger, () => undefined).run('scan', members, () => undefined)
    await ledger.close()
    assert.deepEqual(await read('forged'), Object.keys(forged).sort())
  })
})
