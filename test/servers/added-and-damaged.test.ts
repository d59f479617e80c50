import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { entered } from '../core/ablation.ts'
import { type Damage, damaged } from '../core/damage.ts'
import { hostileKinds } from './hostile-kinds.ts'
import { archive, changing, daysBefore, renamed, tenantOnDrive, updatesOfActs } from './changed-evidence.ts'

// Servers that were entered, with files added that would explain it, or with one thing damaged in all files that show it: the
// verdict stays, or nothing is known; it never becomes "no evidence".

/** More code in front of a script than names are followed through, and more text than a page is long. */
const moreCode = changing((text) => `${'var unused = "a";\n'.repeat(25_000)}${text}`)
const moreText = changing((text) => `/* ${'text '.repeat(300_000)} */\n${text}`)
/** PowerShell reads over a comment. */
const likeRule = changing((text) => `<#\ntitle: Backup\ndetection:\nrule backup\n#>\n${text}`)
const people = daysBefore(false)
const account = daysBefore(true)
// server → what is done, and the verdicts that may be
for (const [name, what, make, verdicts] of [
  [
    'any-intrusion/compromised/sprayed-over-imap',
    'a zero in front of the log',
    changing((text) => `\0${text}`),
    ['cannot-tell'],
  ],
  [
    'any-intrusion/compromised/forward-and-nameless-rule',
    'no times',
    renamed('@SystemTime|SystemTime|TimeCreated'),
    ['cannot-tell'],
  ],
  ['any-intrusion/compromised/sprayed-over-windows-logons', 'no accounts', renamed('TargetUserName'), ['cannot-tell']],
  [
    'any-intrusion/compromised/remote-control-after-remote-desktop',
    'no addresses',
    renamed('IpAddress'),
    ['cannot-tell'],
  ],
  [
    'any-intrusion/compromised/sprayed-in-a-table-of-evtxecmd',
    'other quotes',
    changing((text) => text.replaceAll('"', "'")),
    ['cannot-tell'],
  ],
  ['any-intrusion/compromised/sprayed-in-a-table-of-evtxecmd', 'days of the account', account, ['compromised']],
  ['any-intrusion/compromised/encoded-command-below-the-worker', 'updates', updatesOfActs, ['compromised']],
  ['any-intrusion/compromised/impersonated-from-a-new-network', 'a tenant', tenantOnDrive, ['compromised']],
  ['any-intrusion/compromised/guessed-at-the-form-behind-a-balancer', 'days of people', people, ['compromised']],
  ['mail-taken/compromised/device-of-the-intruder', 'days of people', people, ['compromised']],
  ['mail-taken/compromised/impersonated', 'days of people', people, ['compromised']],
  ['any-intrusion/compromised/logon-script-sends-passwords', 'more code in front', moreCode, ['cannot-tell']],
  ['any-intrusion/compromised/logon-script-sends-passwords', 'more text in front', moreText, ['compromised']],
  [
    'post-exploitation/compromised/service-in-an-exported-key',
    'a rule in front',
    changing((text) => `logsource:\n${text}`),
    ['cannot-tell'],
  ],
  [
    'post-exploitation/compromised/rows-of-hayabusa',
    'a rule in front',
    changing((text) => `logsource:\n${text}`),
    ['cannot-tell'],
  ],
  [
    'post-exploitation/compromised/rows-of-hayabusa',
    'columns in another order',
    changing((text) => text.replace(/^("[^"]*"),(.*)$/m, '$2,$1')),
    ['cannot-tell'],
  ],
  [
    'post-exploitation/compromised/rows-of-hayabusa',
    'rows without line ends',
    changing((text) => text.replaceAll('\n', '\u2028')),
    ['cannot-tell'],
  ],
  [
    'proxylogon-2021/compromised/only-the-compiled-page',
    'a zero in front',
    changing((text) => `\0${text}`),
    ['cannot-tell'],
  ],
  ['post-exploitation/compromised/task-runs-commands-from-mail', 'a comment like a rule', likeRule, ['compromised']],
  ['cve-2025-53786/compromised/keys-taken', 'an archive', archive, ['compromised']],
] as const)
  void test(`${name}: ${what}`, async () => {
    const seen: string[] = []
    const server = entered.find((one) => one.name === name)!
    const damage = (files: readonly EvidenceFile[], whole: Assessment): Damage[] => [
      {
        name: what,
        files: new Map([...make(files, whole)].map(([path, text]) => [path, Buffer.from(text as string)])),
      },
    ]
    await damaged(server, damage, ({ files }, result) => {
      assert.ok(files.size > 0)
      seen.push(result.verdict.is)
    })
    assert.equal(seen.length, 1)
    assert.ok((verdicts as readonly string[]).includes(seen[0]!), seen[0])
  })

// server → a kind of the table of kinds, and the verdicts that may be
for (const [name, what, verdicts] of [
  ['any-intrusion/compromised/guessed-beside-a-namesake', 'middle third line ends', ['cannot-tell']],
  ['any-intrusion/compromised/service-in-a-session-from-outside', 'middle third zeroed', ['cannot-tell']],
  ['any-intrusion/compromised/sprayed-in-a-table-of-evtxecmd', 'middle third comments', ['cannot-tell']],
  ['any-intrusion/compromised/page-visited-through-many-addresses', 'other years', ['cannot-tell']],
  ['any-intrusion/compromised/mail-sent-to-many-from-a-new-network', 'other years', ['cannot-tell']],
  ['cve-2020-17144/compromised/command-below-the-assistants', 'no data', ['cannot-tell']],
  ['any-intrusion/compromised/forward-and-nameless-rule', 'no data', ['cannot-tell']],
  ['post-exploitation/compromised/commands-in-json-of-nxlog', 'a scanner in front', ['compromised']],
  ['any-intrusion/compromised/sprayed-in-a-table-of-evtxecmd', 'a whole series u_ex%_x.log', ['compromised']],
  ['any-intrusion/compromised/guessed-over-imap-on-another-drive', 'a whole series u_nc%.log', ['compromised']],
  ['any-intrusion/compromised/backup-service-that-runs-code', 'in a zip', ['cannot-tell', 'compromised']],
  ['any-intrusion/compromised/backup-service-that-runs-code', 'a list of services', ['compromised']],
  ['proxylogon-2021/compromised/only-the-compiled-page', 'entries of the disk without the pages', ['compromised']],
  ['proxylogon-2021/compromised/only-the-compiled-page', 'folders without the pages', ['compromised']],
  ['any-intrusion/compromised/forward-and-nameless-rule', 'a list of no inbox rule', ['compromised']],
  ['microsoft-365/compromised/user-changed-by-the-exchange-application', 'last two thirds zeroed', ['cannot-tell']],
] as const)
  void test(`${name}: ${what}`, async () => {
    const seen: string[] = []
    const server = entered.find((one) => one.name === name)!
    await damaged(
      server,
      (files, whole) => hostileKinds(files, whole).filter((kind) => kind.name === what),
      (_, result) => seen.push(result.verdict.is),
    )
    assert.equal(seen.length, 1)
    assert.ok((verdicts as readonly string[]).includes(seen[0]!), seen[0])
  })
