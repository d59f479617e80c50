import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Finding } from '../../src/model/finding.ts'
import { place, write } from './command.ts'
import { runHere } from './in-process.ts'

const folder = place()

/** What is found in a text that was copied from a report, by the title of each finding. */
async function found(name: string, text: string): Promise<ReadonlyMap<string, Finding>> {
  const evidence = write(join(folder, name), { 'block.txt': text })
  const out = join(folder, `${name}-out`)
  await runHere(['assess', evidence, '--out', out, '--jobs', '1'])
  const [server] = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const { findings } = JSON.parse(readFileSync(join(out, server!.name, 'assessment.json'), 'utf8')) as Assessment
  return new Map(findings.map((finding) => [finding.title, finding]))
}

const token = 'VgEAVAdXaW5kb3dzQwBBCEtlcmJlcm9zTBZrLmJlcmdAY29udG9zby5leGFtcGxlVSxTLTEtNS0yMS0x'

describe('a text that was copied from a report', () => {
  it('requests without a status are not called refused', async () => {
    const rows = [
      '2022-12-13 14:02:41 192.0.2.5 POST /owa/mail@contoso.example/powershell ver=1',
      '2022-12-13 14:02:43 192.0.2.5 GET /owa/auth/erro.aspx cmd=whoami',
    ].join('\n')
    const titles = [...(await found('unlogged', rows)).keys()]
    assert.deepEqual(titles.sort(), [
      'Request for Remote PowerShell Through OWA, Outcome Not Logged',
      'Request for a Page That Exchange Does Not Have, Outcome Not Logged',
    ])
  })

  it('with a status they are', async () => {
    const row =
      '2022-12-13 14:02:41 192.0.2.5 POST /owa/mail@contoso.example/powershell - 443 - 203.0.113.7 x - 404 0 0 2'
    assert.deepEqual([...(await found('refused', row)).keys()], ['Refused Request for Remote PowerShell Through OWA'])
  })

  it('the account of an access token, and the client of a row without a time', async () => {
    const row = `POST /autodiscover/autodiscover.json a=k@a.example/powershell/?X-Rps-CAT=${token} 443 - 203.0.113.7 x - 200 0 0 2`
    const finding = (await found('token', row)).get('Path Confusion to PowerShell With Success for the Client')
    assert.deepEqual([finding?.client, finding?.facts.TokenAccount], ['203.0.113.7', 'k.berg@contoso.example'])
  })
})
