import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bothWays, scansOf } from '../../kernel/both-ways.ts'

// What the service writes into every record of a kind, under another name: the hours of such records are uncovered.

const folder = mkdtempSync(join(tmpdir(), 'postern-lacking-'))
after(() => rmSync(folder, { recursive: true }))

const HOUR = 3_600_000
const at = (i: number): string => new Date(Date.UTC(2026, 2, 3) + i * HOUR).toISOString().slice(0, 19)
const common = (i: number, operation: string, type: number, workload: string): object => ({
  CreationTime: at(i),
  Id: `0a0b0c0d-0000-4000-8000-${String(i).padStart(12, '0')}`,
  Operation: operation,
  RecordType: type,
  Workload: workload,
  UserId: 'ann@contoso.example',
})
const pairs = [{ Name: 'RequestType', Value: 'OAuth2:Authorize' }]
const records: Readonly<Record<string, (i: number) => object>> = {
  mail: (i) => ({
    ...common(i, 'MailItemsAccessed', 50, 'Exchange'),
    ClientIPAddress: '192.0.2.7',
    MailboxOwnerUPN: 'ann@contoso.example',
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Sync' }],
  }),
  rule: (i) => ({
    ...common(i, 'New-InboxRule', 1, 'Exchange'),
    Parameters: [{ Name: 'ForwardTo', Value: 'x@mail.example' }],
  }),
  logon: (i) => ({
    ...common(i, 'UserLoggedIn', 15, 'AzureActiveDirectory'),
    ClientIP: '192.0.2.7',
    ExtendedProperties: pairs,
  }),
  consent: (i) => ({
    ...common(i, 'Consent to application.', 8, 'AzureActiveDirectory'),
    ModifiedProperties: [{ Name: 'ConsentAction.Permissions', NewValue: 'Mail.Read', OldValue: '' }],
  }),
}
const needed: Readonly<Record<string, readonly string[]>> = {
  mail: ['CreationTime', 'Operation', 'Workload', 'UserId', 'ClientIPAddress', 'MailboxOwnerUPN'],
  rule: ['CreationTime', 'Operation', 'Workload', 'UserId', 'Parameters', 'Name', 'Value'],
  logon: ['CreationTime', 'Operation', 'Workload', 'UserId', 'ClientIP', 'ExtendedProperties', 'Name', 'Value'],
  consent: ['CreationTime', 'Operation', 'Workload', 'UserId', 'ModifiedProperties', 'Name', 'NewValue'],
}

/** Values that are none: what stands there where there is nothing, and what was written over one. */
const emptied: Readonly<Record<string, readonly string[]>> = {
  mail: ['Operation', 'Workload', 'UserId', 'ClientIPAddress', 'MailboxOwnerUPN'],
  rule: ['Operation', 'Workload', 'UserId', 'Parameters'],
  logon: ['Operation', 'Workload', 'UserId', 'ClientIP', 'ExtendedProperties', 'Name'],
  consent: ['Operation', 'Workload', 'UserId', 'ModifiedProperties', 'Name'],
}
/** The value of a name, where it is a text or a list. */
const valueOf = (key: string): RegExp => new RegExp(`("${key}":)("[^"]*"|\\[.*?\\])`)

for (const [name, record] of Object.entries(records))
  test(`records of a tenant without what each of them has: ${name}`, async () => {
    const settings = await bothWays(null)
    const lines = Array.from({ length: 12 }, (_, i) => JSON.stringify(record(i)))
    const rows = (of: readonly string[]): string =>
      `CreationDate,UserIds,Operations,AuditData\n${of.map((line, i) => `${at(i)}Z,ann@contoso.example,x,"${line.replaceAll('"', '""')}"\n`).join('')}`
    const json = (of: readonly string[]): string => `${of.join('\n')}\n`
    for (const [path, write] of [
      ['audit.json', json],
      ['audit.csv', rows],
    ] as const) {
      const gapsOf = async (of: readonly string[]): Promise<readonly (readonly [number, number])[]> => {
        const [whole, plain, fast] = await scansOf(folder, path, Buffer.from(write(of)), settings)
        assert.deepEqual(plain, whole)
        assert.deepEqual(fast, whole)
        return whole!.gaps.map(({ after: from, before: to }) => [from ?? -Infinity, to ?? Infinity])
      }
      assert.deepEqual(await gapsOf(lines), [])
      for (const key of emptied[name]!) {
        if (path === 'audit.csv' && ['Operation', 'UserId'].includes(key)) continue
        for (const value of ['""', 'null', '"-"', '"xxxxxxxx"']) {
          const changed = lines[6]!.replace(valueOf(key), `$1${value}`)
          assert.notEqual(changed, lines[6])
          const gaps = await gapsOf(lines.with(6, changed))
          const time = Date.parse(`${at(6)}Z`)
          assert.ok(
            gaps.some(([from, to]) => from <= time && to >= time),
            `${path}, ${key} as ${value}: ${JSON.stringify(gaps)}`,
          )
        }
      }
      for (const key of needed[name]!) {
        // What a table has beside the record it has all the same.
        if (path === 'audit.csv' && ['CreationTime', 'Operation', 'UserId'].includes(key)) continue
        const gaps = await gapsOf(lines.with(6, lines[6]!.replaceAll(`"${key}":`, `"other${key}":`)))
        const time = Date.parse(`${at(6)}Z`)
        assert.ok(
          gaps.some(([from, to]) => from <= time && to >= time),
          `${path}, ${key}: ${JSON.stringify(gaps)}`,
        )
      }
    }
  })
