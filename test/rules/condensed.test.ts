import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { openEvidence, type Member } from '../../src/evidence/index.ts'
import { lostCoverage } from '../../src/assessment/coverage/lost-coverage.ts'
import type { Scan } from '../../src/model/scan.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { type Condensed, Condenser } from '../../src/evidence/condensed.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { casesOf } from '../tenth.ts'

const MIB = 1024 * 1024
const words = Buffer.alloc(20 * MIB)
for (let i = 0, at = 0; at < words.length; i++) at += words.write(`w${(i * 2654435761) >>> 0} `, at, 'latin1')
/** Text that no run shortens: words of a counter. */
function prose(length: number): Buffer {
  assert.ok(length <= words.length)
  return words.subarray(0, length)
}

function condensed(bytes: Buffer, name = 'x.aspx', piece = 65_536): Condensed {
  const condenser = new Condenser(name)
  for (let at = 0; at < bytes.length; at += piece) condenser.push(bytes.subarray(at, at + piece))
  return condenser.finish()
}

const code = Buffer.from('<% Response.Write(1 + 1); %>')
const blocks: readonly (readonly [name: string, block: string])[] = [
  ['<% %>', '<% Response.Write(1 + 1); %>'],
  ['a script of the server', '<script language="c#" runat="server">void A() { B(); }</script>'],
  ['PHP', '<?php echo(1); ?>'],
  ['Razor', '@{ var a = 1 + 1; }'],
]
for (const [name, block] of blocks) {
  test(`a block of code between megabytes of text is kept: ${name}`, () => {
    const file = Buffer.concat([prose(3 * MIB), Buffer.from(block), prose(3 * MIB)])
    const small = condensed(file)
    assert.ok(small.bytes.length < 512 * 1024, `${small.bytes.length}`)
    const at = small.bytes.indexOf(block)
    assert.ok(at > 0)
    assert.deepEqual(small.place(at, block.length), { offset: 3 * MIB, length: block.length, at })
    assert.equal(small.missed, 0)
    assert.ok(small.bytes.subarray(-1000).equals(file.subarray(-1000)))
  })
}

test('code in UTF-16 is found, and its halves stay where they are', () => {
  const text = Buffer.from(`${' '.repeat(700_001)}${code.toString()}${' '.repeat(700_001)}`, 'utf16le')
  for (const piece of [1, 4096, 65_536]) {
    const small = condensed(piece === 1 ? text.subarray(0, 300_000) : text, 'x.aspx', piece)
    if (piece === 1) continue
    const at = small.bytes.indexOf(Buffer.from(code.toString(), 'utf16le'))
    assert.ok(at > 0 && at % 2 === 0)
    assert.equal(small.place(at, 2).offset, 1_400_002)
  }
})

test('the same bytes give the same page wherever pieces are cut', () => {
  const file = Buffer.concat([
    prose(200_000),
    Buffer.alloc(5_001, 0x20),
    code,
    Buffer.alloc(3_000, 0x41),
    prose(200_000),
  ])
  const whole = condensed(file)
  for (const piece of [1, 7, 1000]) assert.ok(condensed(file, 'x.aspx', piece).bytes.equals(whole.bytes))
})

test('a handler is code from its directive to its end', () => {
  const file = Buffer.concat([
    Buffer.from('<%@ WebHandler Language="C#" %>'),
    prose(MIB),
    Buffer.from('eval me'),
    prose(MIB / 2),
  ])
  assert.ok(condensed(file).bytes.includes('eval me'))
})

test('code for which there is no room is counted, and its end is kept', () => {
  const file = Buffer.concat([Buffer.from('<% '), prose(5 * MIB), Buffer.from('last(); %>')])
  const small = condensed(file)
  assert.ok(small.missed > 2 * MIB && small.missedFrom > MIB)
  assert.ok(small.bytes.length < 2 * MIB && small.bytes.includes('last();'))
})

// ---------------------------------------------------------------- as evidence is read

const knowledge = await loadKnowledge({ packs: [join(import.meta.dirname, '../../packs')], rules: [], iocs: [] })
const settings = { rules: knowledge.rules, ask: askAll(knowledge.rules.events), zone: null }

async function scanned(path: string, bytes: Buffer): Promise<Scan> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-padded-'))
  try {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
    const members: Member[] = []
    for await (const member of (await openEvidence(folder)).list()) if ('ref' in member) members.push(member)
    return await scanMember(members[0]!, settings)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const shell = Buffer.from('<%@ Page Language="Jscript"%><%eval(Request.Item["a"],"unsafe");%>')
const rulesOf = (one: Scan): string[] => one.hits.map(({ rule }) => rule).sort()
const page = 'C/inetpub/wwwroot/aspnet_client/x.aspx'
const isShell = (rule: string): boolean => /^Postern_Evaluates/.test(rule)

test('a page is searched wherever in its padding the code lies', async () => {
  const plain = rulesOf(await scanned(page, shell))
  assert.ok(plain.some(isShell), plain.join())
  const padded: readonly (readonly [string, Buffer[]])[] = [
    ['9 MB of blanks in front', [Buffer.alloc(9 * MIB, 0x20), shell]],
    ['20 MB of blanks around', [Buffer.alloc(10 * MIB, 0x20), shell, Buffer.alloc(10 * MIB, 0x20)]],
    ['20 MB of lines around', [Buffer.from('\r\n'.repeat(5 * MIB)), shell, Buffer.from('\r\n'.repeat(5 * MIB))]],
    ['18 MB behind', [shell, prose(18 * MIB)]],
    ['20 MB of text around', [prose(10 * MIB), shell, prose(10 * MIB)]],
  ]
  for (const [name, parts] of casesOf(padded)) {
    const file = Buffer.concat(parts)
    const result = await scanned(page, file)
    const rules = rulesOf(result)
    for (const rule of plain.filter(isShell)) assert.ok(rules.includes(rule), `${name}: ${rule}`)
    assert.deepEqual(result.gaps, [], name)
    const { event } = result.hits.find(({ rule }) => isShell(rule))!
    const there = file.subarray(event.at.offset, event.at.offset + event.at.length)
    assert.equal(there.toString(), event.raw, name)
    assert.ok(event.raw.includes('eval(Request'), name)
  }
})

test('code that no rule was asked of is a gap that leaves open what is still there', async () => {
  const result = await scanned(page, Buffer.concat([Buffer.from('<% '), prose(20 * MIB), Buffer.from('%>')]))
  assert.deepEqual(
    result.gaps.map(({ reason, length }) => [reason, length]),
    [['too-long', 0]],
  )
  assert.deepEqual(
    lostCoverage([result]).blind.map(({ kind, reason }) => [kind, reason]),
    [['web-roots', 'too-long']],
  )
})

test('of any other file the beginning and the end are searched, and the rest is a gap', async () => {
  const result = await scanned('C/Users/x/big.bin', Buffer.concat([prose(17 * MIB), shell]))
  assert.ok(rulesOf(result).some(isShell))
  assert.deepEqual(
    result.gaps.map(({ reason, offset }) => [reason, offset]),
    [['too-long', 16 * MIB]],
  )
  assert.deepEqual(lostCoverage([result]), { hours: [], blind: [] })
})
