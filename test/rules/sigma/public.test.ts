// The public rules of SigmaHQ and their regression evidence, where the evidence folder is given.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import type { Event } from '../../../src/model/event.ts'
import type { Gap } from '../../../src/model/evidence.ts'
import { evtx } from '../../../src/parsers/windows-events/evtx/index.ts'
import { jsonEvents } from '../../../src/parsers/windows-events/json.ts'
import { askAll } from '../../../src/rules/match.ts'
import type { RuleFile } from '../../../src/rules/rule.ts'
import { sigma } from '../../../src/rules/sigma/index.ts'
import { answers, hasSource } from '../../../src/rules/log-source.ts'
import { file } from './rule.ts'

const data = process.env['POSTERN_DATA'] ?? ''
const skip = data === ''
const archive = (): RuleFile[] => rulesIn(gunzipSync(readFileSync(join(data, 'sigma-rules.tar.gz'))))

test('every public rule loads, or says what of it is not supported', { skip }, async (t) => {
  const files = archive()
  const { events, correlations, broken } = await sigma.load(files)
  const sourced = events.filter((rule) => hasSource(rule)).length
  t.diagnostic(`${files.length} files: ${events.length} load, ${sourced} of them with a log source here`)
  assert.deepEqual(
    [files.length, events.length, correlations!.length, broken.length, sourced],
    [3_780, 3_755, 0, 25, 2_936],
  )
  // What is left out names placeholders that only the house can fill, and nothing else.
  for (const each of broken) {
    assert.equal(each.reason, 'unsupported', `${each.file}: ${each.detail}`)
    assert.match(each.detail, /the placeholder \("expand"\) %[\w.-]+% has no values/)
  }
  // Aggregations behind a pipe, which Sigma 1 had, stand in none of them.
  const piped = files.filter(({ text }) => /^ *condition:.*\|/m.test(text))
  assert.deepEqual(piped, [])
  assert.equal(files.filter(({ text }) => /^detection:/m.test(text)).length, files.length)
})

test('with values for their placeholders all public rules load', { skip }, async () => {
  const files = archive()
  const names = new Set(
    files.flatMap(({ text }) => [...text.matchAll(/\|expand[^%]*'%([\w.-]+)%'/g)].map((m) => m[1]!)),
  )
  const listed = files.flatMap(({ text }) => [...text.matchAll(/^ *- '%([\w.-]+)%'/gm)].map((m) => m[1]!))
  const vars = [...new Set([...names, ...listed])].map((name) => `  ${name}: [one, two*]\n`)
  const { events, broken } = await sigma.load([...files, file(`vars:\n${vars.join('')}`, { path: 'values.yml' })])
  assert.deepEqual([events.length, broken], [3_780, []])
})

// Their evidence holds more rows that satisfy the rule than the stated count.
const more: Readonly<Record<string, number>> = {
  '8fbf3271-1ef6-4e94-8210-03c2317947f6': 3,
  '45e112d0-7759-4c2a-aa36-9f8fb79d3393': 3,
  'c7dcacd0-cc59-4004-b0a4-1d6cdebe6f3e': 2,
}

test('each rule fires on its regression evidence as often as stated', { skip }, async (t) => {
  const { events: rules } = await sigma.load(archive())
  const ask = askAll(rules)
  const asked = { '.json': 0, '.evtx': 0 }
  const infos = filesBelow(join(data, 'sigma-regression')).filter((path) => path.endsWith('info.yml'))
  for (const [info, form] of infos.flatMap((path) => [[path, '.json'] as const, [path, '.evtx'] as const])) {
    const twins = filesBelow(dirname(info)).filter((path) => path.endsWith(form))
    if (twins.length === 0) continue
    // What was left in free space of a log is not what the count speaks of.
    const events = (await Promise.all(twins.map(eventsOf))).flat().filter(({ fields }) => fields.Recovered !== true)
    const hits = events.flatMap((event) => ask(event).map(({ rule }) => rule.info.id))
    const { rule_metadata: named, regression_tests_info: tests } = parse(readFileSync(info, 'utf8')) as Info
    for (const { id } of named) {
      const fired = hits.filter((hit) => hit === id).length
      const wanted = more[id] ?? tests.find((each) => each.match_count !== undefined)?.match_count
      if (wanted === undefined) assert.ok(fired > 0, info)
      else assert.equal(fired, wanted, info)
      asked[form]++
    }
    // The index loses nothing that asking each rule would find.
    for (const event of events) {
      const plain = rules.filter((rule) => answers(event, rule) && rule.match(event)).map((rule) => rule.info.id)
      assert.deepEqual(
        ask(event).map(({ rule }) => rule.info.id),
        plain.sort(),
        info,
      )
    }
  }
  t.diagnostic(`${asked['.json']} rules fire on their evidence as JSON, ${asked['.evtx']} on event logs`)
  assert.ok(asked['.json'] >= 105 && asked['.evtx'] >= 104)
})

type Info = {
  readonly rule_metadata: readonly { readonly id: string }[]
  readonly regression_tests_info: readonly { readonly match_count?: number }[]
}

async function eventsOf(path: string): Promise<Event[]> {
  const bytes = readFileSync(path)
  const events: Event[] = []
  const gaps: Omit<Gap, 'path'>[] = []
  const head = {
    path,
    windowsPath: null,
    size: bytes.length,
    bytes: bytes.subarray(0, 65_536),
    text: path.endsWith('.json') ? bytes.toString('utf8') : '',
  }
  const parser = path.endsWith('.json') ? jsonEvents : evtx
  assert.ok(parser.recognize(head) > 0, path)
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes)
  }
  await parser.read(
    { ...head, modified: null, chunks },
    { event: (e) => events.push(e), gap: (g) => gaps.push(g), fact: () => {} },
  )
  assert.deepEqual(gaps, [], path)
  return events
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** The `.yml` members of a tar archive (ustar): blocks of 512 bytes, name and octal size in the header. */
function rulesIn(tar: Buffer): RuleFile[] {
  const files: RuleFile[] = []
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const field = (from: number, length: number): string =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '')
    const size = Number.parseInt(field(124, 12), 8)
    const [name, prefix] = [field(0, 100), field(345, 155)]
    const path = prefix ? `${prefix}/${name}` : name
    if (field(156, 1) === '0' && path.endsWith('.yml')) {
      files.push(file(tar.toString('utf8', at + 512, at + 512 + size), { path }))
    }
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}
