import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { evidenceFiles } from '../../tools/simulator/build.ts'
import { readSpec } from '../../tools/simulator/spec.ts'

// A tenant whose records were exported by user, in files whose names do not show what they are: the file of the user whose account was
// taken, with other text in front of it, around its records or over them, never makes "no evidence".

const root = fileURLToPath(new URL('../../', import.meta.url))
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))
const folder = mkdtempSync(join(tmpdir(), 'postern-exports-'))
after(() => rmSync(folder, { recursive: true }))

const many = (line: string): string => line.repeat(Math.ceil(70_000 / line.length))
const TRACE = '{"SenderAddress":"a@b","RecipientAddress":"c@d","Received":"2021-03-03T10:00:00Z"}\n'
const each =
  (change: (line: string, at: number) => string) =>
  (text: string): string =>
    text.split('\n').map(change).join('\n')

const kinds: Readonly<Record<string, (text: string) => string>> = {
  'much text in front': (text) => many('A line of a report.\n') + text,
  'blanks in front': (text) => ' '.repeat(70_000) + text,
  'blank lines in front': (text) => '\n'.repeat(70_000) + text,
  'comments in front': (text) => many('# a comment\n') + text,
  'other JSON in front': (text) => many('{"level":"info","msg":"started"}\n') + text,
  'records of another kind in front': (text) => many(TRACE) + text,
  'one record of another kind in front': (text) => TRACE + text,
  'a table in front': (text) => `a,b,c,d,e\n${many('1,2,3,4,5\n')}${text}`,
  'XML in front': (text) => `<?xml version="1.0"?>\n<a>\n${many('<b>c</b>\n')}</a>\n${text}`,
  'a title with a rule below it in front': (text) => `Report of the audit log\n=======\n-------\n${text}`,
  'the header of a hunt in front': (text) =>
    `Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details\n${text}`,
  'a transcript in front': (text) =>
    `**********************\nWindows PowerShell transcript start\nStart time: 20260301000000\n**********************\nPS C:\\> dir\n${text}`,
  'indented by four': each((line) => line && `    ${line}`),
  'text in front, and indented': (text) => many('A line of a report.\n') + each((line) => line && `  ${line}`)(text),
  'below a rule of a detection, and indented': (text) =>
    `title: a\nlogsource:\n  product: m365\ndetection:\n  selection:\n${each((line) => line && `    - ${line}`)(text)}`,
  'letters over the middle third': (text) => {
    const third = Math.floor(text.length / 3)
    return text.slice(0, third) + 'x'.repeat(third) + text.slice(2 * third)
  },
  'letters over all rows but the first': each((line, at) => (at === 0 ? line : 'x'.repeat(line.length))),
}

const records = (name: string): readonly string[] => {
  const spec = readSpec(join(root, 'packs/microsoft-365/samples/compromised', name, 'server.yml'))
  const [file] = evidenceFiles(spec, 'ctree')
  return file!.bytes.toString().split('\n').filter(Boolean)
}

/** The records of each user, so that those of the others are of the same time. */
function byUser(lines: readonly string[]): readonly string[][] {
  const users = new Map<string, string[]>()
  for (const line of lines) {
    const user = /"(?:UserId|userPrincipalName)":"([^"]*)/.exec(line)?.[1] ?? ''
    users.set(user, [...(users.get(user) ?? []), line])
  }
  return [...users.values()]
}

const quoted = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`
const table = (lines: readonly string[]): string => {
  const rows = lines.map((line) => {
    const record = JSON.parse(line) as Readonly<Record<string, unknown>>
    return [record.RecordType, record.CreationTime, record.UserId, record.Operation, line].map(quoted).join(',')
  })
  return ['RecordType,CreationDate,UserIds,Operations,AuditData', ...rows, ''].join('\n')
}
const lined = (lines: readonly string[]): string => `${lines.join('\n')}\n`

async function assessed(files: ReadonlyMap<string, string>): ReturnType<typeof assess> {
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  return assess([folder], knowledge, facts, inlinePool(knowledge, null), { fallbackName: 'X', tool: 'test' })
}

for (const [name, form, write] of [
  ['aitm-rule-and-device', 'lines of JSON', lined],
  ['aitm-rule-and-device', 'a table', table],
  ['guessed-by-sign-in-logs', 'lines of JSON', lined],
] as const)
  test(`${name}, exported by user as ${form}`, async () => {
    const parts = byUser(records(name)).map(write)
    const files = new Map(parts.map((text, i) => [`part-${i}.txt`, text]))
    const whole = await assessed(files)
    assert.equal(whole.verdict.is, 'compromised')
    const named = new Set(whole.findings.flatMap(({ locators }) => locators.map(({ path }) => path)))
    const own = [...files].filter(([path]) => named.has(path))
    assert.ok(own.length > 0 && own.length < files.size)
    for (const [what, change] of Object.entries(kinds)) {
      const { verdict, coverage } = await assessed(new Map(own.map(([path, text]) => [path, change(text)])))
      const isNamed = own.some(([path]) => coverage.gaps.some((gap) => gap.path === path))
      assert.ok(['compromised', 'cannot-tell'].includes(verdict.is), `${what}: ${verdict.is}`)
      assert.ok(verdict.is === 'compromised' || isNamed, `${what}: the file is not named`)
    }
    for (const [path] of files) rmSync(join(folder, path))
  })
