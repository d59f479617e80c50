// Targets that hold two readings of one thing together: what a matcher answers, what a report shows, what a seal or a ledger
// takes back, what a time is.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSeal, sealText } from '../../src/custody/seal.ts'
import { type SecretKey, secretKeyOf } from '../../src/lib/ed25519.ts'
import { PosternError } from '../../src/lib/errors.ts'
import { eachLine } from '../../src/lib/lines.ts'
import { decodeText } from '../../src/lib/text.ts'
import { iso, isoTime } from '../../src/lib/time.ts'
import { utcOf, wallOf, zoneOf } from '../../src/lib/zones.ts'
import { askAll } from '../../src/rules/match.ts'
import { loadSigma } from '../../src/rules/sigma/load.ts'
import { loadYara } from '../../src/rules/yara/yara.ts'
import { Ledger } from '../../src/run/ledger.ts'
import { hostile } from '../reports/hostile.ts'
import { checkReports } from '../reports/safe-output.ts'
import { holds } from '../rules/sigma/naive.ts'
import { type Choose, randomEvent, randomRule, yamlOf } from '../rules/sigma/random-rules.ts'
import { event, file } from '../rules/sigma/rule.ts'
import { seed, type Seed, texts } from './seeds.ts'
import type { Target } from './targets.ts'

/** The bytes of an input, one after the other, as choices; 0 behind its end. */
function choices(input: Buffer): Choose {
  let at = 0
  return (n) => (at < input.length ? input[at++]! % n : 0)
}

/** Inputs whose bytes are choices. */
const numbers = (): readonly Seed[] =>
  [7, 31, 61, 101].map((step, i) =>
    seed(`choices-${i}`, Buffer.from(Array.from({ length: 300 }, (_, at) => (at * at + step * at) & 255))),
  )

/** A rule and an event by the choices of the input: the matcher says what the specification says, read plainly. */
const sigmaMatch: Target = {
  name: 'sigma-match',
  seeds: numbers,
  run: async (input) => {
    const choose = choices(input)
    const rules = [randomRule(choose), randomRule(choose)]
    const { events, broken } = loadSigma(rules.map((rule, i) => file(yamlOf(rule, i), { path: `rules/${i}.yml` })))
    assert.deepEqual(broken, [])
    const ask = askAll(events)
    for (let i = 0; i < 3; i++) {
      const asked = randomEvent(choose)
      const found = ask(event(asked.fields, { raw: asked.raw })).map(({ rule }) => Number(rule.info.id.slice(-12)))
      assert.deepEqual(
        found,
        rules.flatMap((rule, number) => (holds(rule, asked) ? [number] : [])),
      )
    }
  },
}

const page = Buffer.from('MZ\x90\0<%@ Page %><% eval(Request["x"]) %>\0\0abababab', 'latin1')

/** A rule file is compiled or named as broken, and both engines find the same with it. */
const yaraSearch: Target = {
  name: 'yara-search',
  seeds: () =>
    texts(
      'rule a { strings: $a = "eval(Request" nocase $b = { 4d 5a ?? 00 } condition: $a or $b at 0 }',
      'rule b { strings: $r = /e[va]{2,3}l\\(/ condition: #r > 0 and filesize < 1KB }\nprivate rule c { condition: uint16(0) == 0x5a4d }\nrule d { condition: c }',
      'import "math"\nrule e { condition: math.entropy(0, filesize) > 1.0 and for any i in (0..9) : ( uint8(i) == 0x25 ) }',
      'rule f { strings: $x = "ab" xor wide ascii fullword $y = "ab" base64 condition: any of them }',
    ),
  run: async (input) => {
    const text = input.toString('utf8')
    const rules = { path: 'a.yar', text, pack: 'test', campaign: 'unknown', settings: {} }
    const [portable, native] = (['portable', 'native'] as const).map((engine) => {
      const { scanners, broken } = loadYara([rules], [engine])
      for (const each of broken) assert.equal(typeof each.detail, 'string')
      return scanners.flatMap((scanner) => found(() => scanner.scan(page)))
    })
    if (portable!.includes(LATE) || native!.includes(LATE)) return
    assert.deepEqual(native, portable)
  },
}

const LATE = 'too slow'
function found(scan: () => readonly { readonly rule: string; readonly places: readonly unknown[] }[]): string[] {
  try {
    return scan().map(({ rule, places }) => `${rule} ${JSON.stringify(places)}`)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return [LATE]
  }
}

/** A text in every field of an assessment: every report is read back, and nothing in it acts. */
const writers: Target = {
  name: 'writers',
  seeds: () =>
    texts(
      '\u001b[31m<script>alert(1)</script>',
      '=cmd|\' /C calc\'!A0\r\n"x",y',
      '](javascript:x) ```\n# a\u202eb',
      ']]>&lt;\0',
    ),
  run: async (input) => {
    const evil = input.toString('utf8').slice(0, 2_000)
    checkReports(hostile(evil), evil)
  },
}

const key = secretKeyOf(
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
) as SecretKey
const digest = 'a'.repeat(64)
const sealed = {
  sealed: '2026-05-01T12:00:00.000Z',
  tool: 'postern',
  results: [{ path: 'A/report.html', size: 10, sha256: digest }],
  servers: [{ folder: 'A', evidence: ['A.zip'], masked: false, files: [{ path: 'a.log', size: 7, sha256: digest }] }],
}
const good = Buffer.from(sealText(sealed, key))

/** A seal of which bytes were changed, added or taken away is refused, or says what it said. */
const seal: Target = {
  name: 'seal',
  seeds: numbers,
  run: async (input) => {
    const text = changed(good, choices(input)).toString('latin1')
    for (const asked of [key.public, null]) {
      try {
        assert.deepEqual(openSeal(text, asked).seal, { ...sealed, key: key.public })
      } catch (error) {
        if (!(error instanceof PosternError)) throw error
      }
    }
  },
}

/** The bytes with some changed, some taken away and some put in. */
function changed(bytes: Buffer, choose: Choose): Buffer {
  let made = Buffer.from(bytes)
  for (let times = 1 + choose(3); times > 0; times--) {
    const at = (choose(256) * 256 + choose(256)) % (made.length + 1)
    const how = choose(4)
    if (how === 0 && at < made.length) made[at]! ^= 1 << choose(8)
    else if (how === 1) made = made.subarray(0, at)
    else if (how === 2) made = Buffer.concat([made.subarray(0, at), made.subarray(at + choose(64))])
    else made = Buffer.concat([made.subarray(0, at), Buffer.alloc(1 + choose(16), choose(256)), made.subarray(at)])
  }
  return made
}

const results: readonly (readonly [key: string, result: unknown])[] = [
  ['first', { text: 'Überfall', list: [1, -0, Infinity], none: undefined }],
  ['second', { text: 'x'.repeat(300) }],
  ['third', ['']],
]

/**
 * A ledger that was cut off, changed or written over anywhere, again and again: what it gives back is what was added, and the
 * next run completes it.
 */
const ledger: Target = {
  name: 'ledger',
  seeds: numbers,
  run: async (input) => {
    const choose = choices(input)
    const folder = mkdtempSync(join(tmpdir(), 'postern-fuzz-'))
    const path = join(folder, 'ledger')
    const open = (): Ledger => Ledger.open(path, { digest, now: () => 0, tell: () => undefined, wait: 0 })
    const complete = async (): Promise<void> => {
      const book = open()
      for (const [name, result] of results) {
        const taken = book.take(name)
        if (taken === undefined) book.add(() => name, result)
        else assert.deepStrictEqual(taken, result)
      }
      await book.close()
    }
    try {
      for (let times = 1 + choose(3); times > 0; times--) {
        await complete()
        writeFileSync(path, changed(readFileSync(path), choose))
      }
      await complete()
      const book = open()
      for (const [name, result] of results) assert.deepStrictEqual(book.take(name), result)
      await book.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

const zones = ['UTC', '+05:45', 'Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kathmandu'].map(
  (name) => zoneOf(name)!,
)

/** Times keep their order and come back as they were, in every zone; what is no time is none. */
const times: Target = {
  name: 'times',
  seeds: () => [
    ...texts('2021-03-03T04:23:22.370Z', '2021-03-28 02:30:00,123 +01:00', '0000-00-00T25:61:61Z'),
    ...numbers(),
  ],
  run: async (input) => {
    const text = input.toString('latin1')
    const read = isoTime(text)
    if (read !== null && read >= 0) assert.equal(isoTime(iso(read)), read)
    zoneOf(text)
    if (input.length < 6) return
    const zone = zones[input[0]! % zones.length]!
    // From 1970 to 2106, to the second.
    const utc = input.readUInt32LE(1) * 1_000
    const wall = wallOf(zone, utc)
    assert.equal(isoTime(iso(utc)), utc)
    // Of an hour that a clock shows twice it is the first.
    assert.equal(wallOf(zone, utcOf(zone, wall)), wall)
    assert.ok(utcOf(zone, wall) <= utc && utc - utcOf(zone, wall) <= 3_600_000, `${zone.name} ${iso(utc)}`)
  },
}

/** Any bytes are some text, and it does not depend on the pieces in which they come. */
const text: Target = {
  name: 'text',
  seeds: () => [
    ...texts('\u001b%c3%a9 +ADw-', 'a\r\nb\rc\n\n', '\ufeffé'),
    seed('utf-16', Buffer.from('\ufeffab\r\n😀', 'utf16le')),
    seed('overlong', Buffer.from([0xc0, 0xaf, 0xe0, 0x80, 0xaf, 0xff, 0xed, 0xa0, 0x80, 0x0a])),
  ],
  run: async (input) => {
    const whole = decodeText(input)
    assert.equal(decodeText(Buffer.from(`\ufeff${whole}`, 'utf16le')), whole)
    const [one, many] = [await linesOf(input, input.length || 1), await linesOf(input, 1 + (input.length % 7))]
    assert.deepEqual(many, one)
  },
}

async function linesOf(input: Buffer, piece: number): Promise<unknown[]> {
  const told: unknown[] = []
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < input.length; at += piece) yield input.subarray(at, at + piece)
  }
  const read = await eachLine(
    pieces(),
    ({ text: line, offset, length, number, ended }) => void told.push([line, offset, length, number, ended]),
    (gap) => void told.push(gap),
  )
  assert.equal(read.size, input.length)
  return [...told, read]
}

export const promiseTargets: readonly Target[] = [sigmaMatch, yaraSearch, writers, seal, ledger, times, text]
