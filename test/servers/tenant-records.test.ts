import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import { entered } from '../core/ablation.ts'
import { type Damage, damaged } from '../core/damage.ts'
import { casesOf } from '../tenth.ts'
import { textOf } from './changed-evidence.ts'

// Records that are added to the export of a tenant: acts of thousands of others, and the acts of the intruder once more, of other days or
// from other places. None of them makes "no evidence" of the tenant.

const DAY = 86_400_000
const OFFICE = '198.51.100.20'

type Json = Record<string, unknown>
type Change = { readonly time?: number; readonly user?: string; readonly client?: string }
type Kind = (record: Json, time: number, whole: Assessment) => readonly Change[]

const named = (keys: readonly string[], record: Json, value: string | undefined): Json =>
  Object.fromEntries(keys.flatMap((key) => (key in record && value !== undefined ? [[key, value]] : [])))

/** The record with other values, and an id of its own. */
function changed(record: Json, { time, user, client }: Change, number: number): Json {
  return {
    ...record,
    ...(time === undefined ? {} : { CreationTime: new Date(time).toISOString().slice(0, 19) }),
    ...named(['UserId', 'MailboxOwnerUPN', 'ObjectId'], record, user),
    ...named(['ClientIP', 'ClientIPAddress', 'ActorIpAddress'], record, client),
    Id: `00000000-1111-4000-8000-${String(number).padStart(12, '0')}`,
  }
}

/** In front of the records that findings rest on, those that are made of them. */
function withRecords(files: readonly EvidenceFile[], whole: Assessment, kind: Kind): Damage[] {
  const file = files.find(({ path }) => path.endsWith('/audit.jsonl'))!
  const lines = textOf(file).split('\n')
  const at = new Set(
    whole.findings.flatMap(({ locators }) =>
      locators.flatMap(({ path, line }) => (path === file.path && line !== undefined ? [line - 1] : [])),
    ),
  )
  const added = [...at].slice(0, 12).flatMap((line, i) => {
    const record = JSON.parse(lines[line]!) as Json
    const changes = kind(record, Date.parse(`${record.CreationTime as string}Z`), whole)
    return changes.map((change, n) => JSON.stringify(changed(record, change, i * 10_000 + n)))
  })
  return [{ name: file.path, files: new Map([[file.path, Buffer.from([...added, ...lines].join('\n'))]]) }]
}

const kinds: Readonly<Record<string, readonly [Kind, readonly string[]]>> = {
  'the same of thousands of others': [
    (_, time) =>
      Array.from({ length: 1_500 }, (__, i) => ({
        user: `user${i}@contoso.example`,
        client: `198.18.${i % 200}.7`,
        time: time - 60_000 - i * 1_000,
      })),
    [
      'method-registered-from-new-network',
      'administrator-made-from-a-new-network',
      'connector-for-spam-by-a-new-application',
    ],
  ],
  'the same of one day long before': [
    () => [{ time: Date.UTC(2001, 0, 2, 10) }],
    [
      'method-registered-from-new-network',
      'phished-through-a-relay',
      'blind-copies-set-from-a-new-network',
      'second-factor-worn-down',
    ],
  ],
  'the same on the day before the logs': [
    (_, __, { coverage }) => [{ time: Math.floor(Date.parse(coverage.first!) / DAY) * DAY - DAY / 2 }],
    ['method-registered-from-new-network', 'phished-through-a-relay', 'connector-for-spam-by-a-new-application'],
  ],
  'the same on days of much later': [
    () => Array.from({ length: 6 }, (_, i) => ({ time: Date.UTC(2090, 0, 2 + i, 10) })),
    ['session-stolen', 'device-code-sent-to-a-person', 'second-factor-set-with-the-token-of-a-known-computer'],
  ],
  'the same from the office': [() => [{ client: OFFICE }], ['right-to-a-mailbox-given-from-a-new-network']],
  'the same in another mailbox': [() => [{ user: 'a.diaz@contoso.example' }], ['consent-with-scopes-alone']],
}

for (const [what, [kind, names]] of Object.entries(kinds))
  for (const name of casesOf(names))
    test(`${name}: ${what}`, async () => {
      const runs = await damaged(
        entered.find((one) => one.name === `microsoft-365/compromised/${name}`)!,
        (files, whole) => withRecords(files, whole, kind),
        (_, { verdict }) => assert.notEqual(verdict.is, 'no-evidence'),
      )
      assert.equal(runs, 1)
    })
