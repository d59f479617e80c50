// Rules of keywords that chance cuts out of a log, through all ways of reading that log: KEYWORD_CASES (3000) logs, from seed
// KEYWORD_SEED (1) on. Texts, wildcards and regular expressions, alone and with what one column says; some values and times
// are odd.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import type { Event } from '../../src/model/event.ts'
import { bothWays, keepFor, scansOf } from './both-ways.ts'
import { Chance, forms, written } from './logs.ts'
import { ofBothSources } from './rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-keywords-'))
after(() => rmSync(folder, { recursive: true }))
const cases = Number(process.env.KEYWORD_CASES ?? 3000)
const first = Number(process.env.KEYWORD_SEED ?? 1)

it(`${cases} logs, each with rules of words that stand in it`, async (t) => {
  let hits = 0
  for (let seed = first; seed < first + cases; seed++) {
    const chance = new Chance(seed * 7919)
    const [path, make] = forms[seed % forms.length]!
    const plainLog = withOddities(make(new Chance(seed), 60 + chance.int(120)), chance)
    const log = chance.once(4) ? written(plainLog, seed) : plainLog
    const texts = await textsIn(path, log)
    if (texts.length === 0) continue
    const rules = await loadable(Array.from({ length: 1 + chance.int(8) }, () => detection(chance, texts)))
    const ways = await bothWays(null, rules)
    const [whole, plain, fast] = await scansOf(folder, path, log, ways.map(keepFor(seed)))
    assert.deepEqual(plain, whole, `seed ${seed}, plain`)
    assert.deepEqual(fast, whole, `seed ${seed}, kernel`)
    hits += whole!.hits.length
  }
  assert.ok(hits > cases, `${hits} hits`)
  t.diagnostic(`${hits} hits`)
})

const odd = ['%c4%b0', '%e2%84%aa', '%C3%A4', '%41', '%4', '%', '%00', '%0a', '%c5%bf', '%zz', "''", '%2520', '%20']

/** Some values hold escapes, some times are written in another way. */
function withOddities(log: Buffer, chance: Chance): Buffer {
  if (!chance.once(2)) return log
  const lines = log.toString('latin1').split('\n')
  const changed = lines.map((line) => {
    if (line.startsWith('#') || line.length < 20) return line
    const at = 25 + chance.int(line.length)
    if (chance.once(6)) return line.slice(0, at) + chance.of(odd) + line.slice(at)
    if (!chance.once(8)) return line
    const stamp = /^"?(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d{3}Z"?/
    const [day, clock] = ['$1', '$2']
    const stamps = [`${day}T${clock}+01:00`, `${day} ${clock}`, `${day}T${clock}`, `"${day}T${clock},5Z"`]
    const clocks = [`${day} ${clock}.5`, `${clock} ${day}`, `x${day} ${clock}`, `${day} ${clock}Z`]
    return line.replace(stamp, chance.of(stamps)).replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/, chance.of(clocks))
  })
  return Buffer.from(changed.join('\n'), 'latin1')
}

/** The rows of a log and the values in them. */
async function textsIn(path: string, log: Buffer): Promise<readonly string[]> {
  const texts: string[] = []
  const [whole] = await bothWays(null)
  const ask = (event: Event): [] => {
    for (const value of [event.raw, ...Object.values(event.fields)])
      if (value !== null && String(value) !== '') texts.push(String(value))
    return []
  }
  await scansOf(folder, path, log, [{ ...whole, ask }])
  return texts
}

const columns = [
  'cs-method: [GET, HEAD]',
  'sc-status: 404',
  'cs-uri-stem|contains: ecp',
  "cs-uri-query|contains: 'd='",
  'HttpStatus: 200',
  'Cmdlet|contains: Mailbox',
  'cs-user-agent|contains: python',
  "cs-uri-query|endswith: 'dir'",
]

/** A rule, mostly with keywords. */
function detection(chance: Chance, texts: readonly string[]): string {
  const word = (): string => JSON.stringify(wildcards(chance, texts))
  const together = ['a and b', 'a and not b', 'a or b', 'not a and b']
  switch (chance.int(7)) {
    case 0:
      return `a: { '|re${chance.of(['', '|i', '|m', '|s'])}': ${JSON.stringify(expression(chance, texts))} }\n    condition: a`
    case 1:
      return `a: { '|all': [${word()}, ${word()}] }\n    condition: a`
    case 2:
      return `a: [${word()}]\n    b: { ${chance.of(columns)} }\n    condition: ${chance.of(together)}`
    case 3:
      return `a: { '|${chance.of(['cased', 'startswith', 'endswith', 'neq', 'contains'])}': ${word()} }\n    condition: a`
    default:
      return `a: [${Array.from({ length: 1 + chance.int(3) }, word).join(', ')}]\n    condition: a`
  }
}

/** A piece of a text, or two with a wildcard between them. */
function wildcards(chance: Chance, texts: readonly string[]): string {
  const text = chance.of(texts)
  const piece = pieceOf(chance, text)
  const rest = text.slice(text.indexOf(piece) + piece.length)
  const pieces = rest === '' || chance.once(2) ? [piece] : [piece, pieceOf(chance, rest)]
  return pieces.map((each) => each.replace(/[\\*?]/g, (c) => `\\${c}`)).join(chance.of(['*', '?']))
}

function pieceOf(chance: Chance, text: string): string {
  const length = 1 + chance.int(chance.once(2) ? 5 : 16)
  const at = chance.int(Math.max(1, text.length - length + 1))
  return text.slice(at, at + length)
}

/** A regular expression that a piece of a text matches. */
function expression(chance: Chance, texts: readonly string[]): string {
  return [...pieceOf(chance, chance.of(texts))]
    .map((character) => {
      const c = character.replace(/[\\^$.*+?()[\]{}|/-]/, (one) => `\\${one}`)
      const forms = [
        '.',
        '.+',
        `${c}?`,
        `(?:${c}|zz)`,
        `[${c}x]`,
        `${c}+`,
        `(${c})*`,
        `(?=${c})${c}`,
        `(?:${c}.?){1,2}`,
      ]
      return chance.once(2) ? c : (forms[chance.int(2 * forms.length)] ?? c)
    })
    .join('')
}

/** As they stand in files; what cannot be loaded (an expression that is none) is left out. */
async function loadable(detections: readonly string[]): Promise<readonly string[]> {
  const kept: string[] = []
  for (const rule of ofBothSources(detections))
    await bothWays(null, [rule]).then(
      () => kept.push(rule),
      // What is broken is told with its place.
      (problem: Error) => assert.match(problem.message, /^\{"file":/),
    )
  return kept
}
