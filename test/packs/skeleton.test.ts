import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { place, write } from '../cli/command.ts'
import { runHere } from '../cli/in-process.ts'

// What `postern packs new` and `postern packs add-rule` write fails the check on every line that is not filled in, and
// passes when it is.

const folder = place()
const pack = join(folder, 'lantern-2021')
const at = { cwd: folder }
const row = (status: number): string =>
  `#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status
2021-06-03 04:23:22 192.0.2.10 POST /ecp/lantern.aspx wick=1 443 - 203.0.113.7 curl/7.64 ${status}
`

void test('a new pack and its rule fail the check until they are filled in', async () => {
  const made = await runHere(['packs', 'new', 'lantern-2021'], at)
  assert.deepEqual([made.status, made.err], [0, ''])
  const added = await runHere(['packs', 'add-rule', 'lantern-2021', 'lantern-answered'], at)
  assert.deepEqual([added.status, added.err], [0, ''])
  assert.equal(added.out.split('\n').length, 4, added.out)

  const before = await runHere(['packs', 'check', '--packs', 'lantern-2021'], at)
  assert.equal(before.status, 1)
  for (const path of [
    'pack.yml',
    'text.yml',
    'rules/lantern-answered.yml',
    'samples/rules/lantern-answered/fire/sample.txt',
    'samples/rules/lantern-answered/quiet/sample.txt',
  ])
    for (const [i, line] of readFileSync(join(pack, path), 'utf8').split('\n').entries())
      if (line.includes('FILL-THIS-IN'))
        assert.ok(before.out.includes(`wrong lantern-2021/${path}:${i + 1}: replace FILL-THIS-IN`), `${path}: ${line}`)
  assert.match(before.out, /fire\/sample\.txt: the rule lantern-answered does not fire on it/)

  for (const [path, values] of [
    [
      'pack.yml',
      [
        'Lantern',
        'A page.',
        'Exchange2016',
        '2021-06-01',
        '2021-06-30',
        'A firewall.',
        'https://advisories.example/lantern',
        'IIS logs',
      ],
    ],
    ['text.yml', ['Lantern', 'A page.', 'Eine Seite.', 'Une page.', 'ページ。']],
    [
      'rules/lantern-answered.yml',
      [
        'Lantern Page Answered',
        'a page.',
        'https://advisories.example/lantern',
        'J. Doe',
        'MIT',
        'lantern.aspx',
        'A test.',
        'Look at the hour after.',
      ],
    ],
  ] as const) {
    let text = readFileSync(join(pack, path), 'utf8')
    for (const value of values) text = text.replace('FILL-THIS-IN', value)
    write(pack, { [path]: text })
  }
  for (const [kind, status] of [
    ['fire', 200],
    ['quiet', 404],
  ] as const) {
    rmSync(join(pack, 'samples/rules/lantern-answered', kind, 'sample.txt'))
    write(pack, { [`samples/rules/lantern-answered/${kind}/u_ex210603.log`]: row(status) })
  }
  const after = await runHere(['packs', 'check', '--packs', 'lantern-2021'], at)
  assert.equal(after.status, 0, after.out)
})

for (const [what, args, says] of [
  ['a pack that exists', ['new', 'lantern-2021'], /lantern-2021 exists already/],
  ['a name that is no id', ['new', 'Lantern'], /Invalid name 'Lantern' for a pack/],
  ['a rule that exists', ['add-rule', 'lantern-2021', 'lantern-answered'], /lantern-answered\.yml exists already/],
  ['a rule elsewhere', ['add-rule', 'lantern-2021', '../away'], /Invalid name '\.\.\/away' for a rule/],
  ['a folder that is no pack', ['add-rule', 'none', 'one'], /none: pack\.yml is missing/],
  ['a rule without a name', ['add-rule', 'lantern-2021'], /Usage: postern packs add-rule FOLDER RULE/],
] as const)
  void test(`refused: ${what}`, async () => {
    const { status, err } = await runHere(['packs', ...args], at)
    assert.equal(status, 2)
    assert.match(err, says)
  })
