import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { joins } from '../../src/findings/joins.ts'
import { commandSpecs } from '../../src/cli/options.ts'
import { catalogues } from '../../src/locales/catalogues.ts'
import { de } from '../../src/locales/de/page.ts'
import { en } from '../../src/locales/en/page.ts'
import { fr } from '../../src/locales/fr/page.ts'
import { ja } from '../../src/locales/ja/page.ts'
import { REFUSED } from '../refused-words.ts'
import { empty, fixture, quiet } from '../reports/fixture.ts'

const others = { de, fr, ja } as const
const english = leaves(en)

/** What is called the same in two languages: names, units, and words that both have. */
const shared = new Set([
  'CVE',
  'SHA-256',
  'Postern',
  'CVE, ATT&CK',
  'Text',
  'Filter',
  'Status',
  'Build',
  'Campaign',
  'Code',
  'Client',
  'Page',
  'Message',
  'Verdict',
  'Service',
  'Stage',
  'Contents',
  'Section',
  'Action',
  'Place',
  'possible',
  'Updates',
  'Update:',
  'License',
  'UTC',
  'en-GB',
  'assessment.json',
  'findings.jsonl',
  'coverage.jsonl',
  'Version',
  'Export',
  'Attribution',
  'Reconnaissance',
  'certain',
  'probable',
  ': ',
])
/** Words that only English has. The words of ICD 203 stay English. */
const onlyEnglish = /\b(?:the|and|of|with|are|which|nothing|this|that|there|cannot|has)\b/i

for (const [language, texts] of Object.entries(others)) {
  const own = leaves(texts)

  test(`${language}: the same keys as English, each a text or a function as there`, () => {
    assert.deepEqual([...own.keys()], [...english.keys()])
    for (const [key, value] of english) assert.equal(typeof own.get(key), typeof value, key)
  })

  test(`${language}: no English is left`, () => {
    const left = [...own].filter(
      ([key, value]) =>
        typeof value === 'string' &&
        value !== '' &&
        !shared.has(value) &&
        (value === english.get(key) || (onlyEnglish.test(value) && !key.includes('likelihood'))),
    )
    assert.deepEqual(left, [])
  })

  test(`${language}: every text with values says the same values as English`, () => {
    for (const [key, value] of english) {
      if (typeof value !== 'function' || key.startsWith('words.')) continue
      for (const given of samples(value.length)) {
        const a: string | null = said(value, given)
        const b: string | null = said(own.get(key) as Text, given)
        if (a === null) continue
        assert.ok(b !== null, key)
        assert.deepEqual(marksIn(b), marksIn(a), `${key}: ${a} / ${b}`)
        assert.doesNotMatch(b, /undefined|NaN|\[object|\s\s/, key)
        assert.doesNotMatch(b.replace(/[A-Za-z.]+\.jsonl?/g, ''), onlyEnglish, `${key}: ${b}`)
      }
    }
  })

  test(`${language}: one and many differ where they do in English`, {
    skip: language === 'ja' && 'has one form',
  }, () => {
    /** Nouns with one form for both. */
    const same = new Set(['frame.results', 'requests.moreStatuses'])
    for (const [key, value] of english) {
      if (typeof value !== 'function' || value.length !== 1 || key.startsWith('words.') || same.has(key)) continue
      const form = (text: Text, n: number): string | null => said(text, [n])?.replace(String(n), '#') ?? null
      const [one, many] = [form(value, 1), form(value, 7)]
      if (one === null || one === many) continue
      assert.notEqual(form(own.get(key) as Text, 1), form(own.get(key) as Text, 7), key)
    }
  })

  test(`${language}: the words of a report are whole, with the numbers that English has`, () => {
    for (const a of [fixture, quiet, empty]) {
      const say = (w: typeof en.words): readonly string[] => [
        w.verdict(a.verdict),
        w.product(a.server.product),
        w.mailboxes(a),
        w.exposure(a),
        w.missing(a),
        w.requests(a.requests),
        ...(a.exposure.support ? [w.update(a.exposure.support), w.support(a.exposure.support)] : []),
        ...a.mailboxes.flatMap((m) => [w.amount(m), w.ordinary(m), ...m.accessMethods.map(w.means)]),
        ...a.answers.flatMap((x) => [w.reach(x.coverage) ?? '', w.span(x.coverage.from, x.coverage.to)]),
        ...a.actions.flatMap(({ affected }) => affected.map(w.fact)),
        ...a.exposure.cves.flatMap((c) => [w.condition(c), w.fix(c)]),
        ...[true, false, null].map(w.patchedTooLate),
        w.span(null, '2021-03-03T04:23:22Z'),
        w.span('2021-03-03T04:23:22Z', null),
        w.span(null, null),
        w.utc(null),
        w.day(null),
      ]
      const [mine, theirs] = [say(texts.words), say(en.words)]
      for (const [i, text] of mine.entries()) {
        assert.doesNotMatch(text, /undefined|NaN|\[object/, theirs[i])
        assert.deepEqual(numbersIn(text), numbersIn(theirs[i]!), `${theirs[i]} / ${text}`)
      }
    }
  })
}

test('one word for one thing: what the pages call it, the report calls it too', () => {
  const both = { de, fr, ja } as const
  for (const language of ['de', 'fr', 'ja'] as const) {
    const report = both[language]
    const mailbox = catalogues[language].notice.facts.mailbox
    assert.equal(report.mail.mailbox, mailbox)
    assert.equal(report.frame.resultKinds.mailbox, mailbox)
    assert.equal(report.frame.language, { de: 'Deutsch', fr: 'Français', ja: '日本語' }[language])
  }
})

type Text = (...values: unknown[]) => unknown

/** Every text and function, by its path. */
function leaves(value: unknown, path = ''): ReadonlyMap<string, string | Text> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value as string | Text]])
  const of = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(of.flatMap(([key, each]) => [...leaves(each, path === '' ? key : `${path}.${key}`)]))
}

/** Values to try: numbers, texts, and both in turn, that can be found again. */
function samples(many: number): readonly (readonly unknown[])[] {
  const list = <Value>(of: (i: number) => Value): readonly Value[] => Array.from({ length: many }, (_, i) => of(i))
  const number = (i: number): number => 71 + i
  const text = (i: number): string => `Ω${i}Ω`
  return [
    list(number),
    list(text),
    list((i) => (i % 2 === 0 ? number(i) : text(i))),
    list((i) => (i % 2 === 0 ? text(i) : number(i))),
  ]
}

function said(text: Text, values: readonly unknown[]): string | null {
  try {
    const out = text(...values)
    return typeof out === 'string' ? out : null
  } catch {
    return null // it wants other values: a list, an answer
  }
}

const marksIn = (text: string): readonly string[] => [...new Set(text.match(/Ω\dΩ|\b7\d\b|7\d(?=\D|$)/g))].sort()
/** Numbers whatever parts their groups and decimals. */
const numbersIn = (text: string): readonly string[] =>
  (text.replace(/(?<=\d)[\u202f,.](?=\d)/g, '').match(/\d+/g) ?? []).sort()

test('English texts of the reports and options have no word that leaves open who acts', () => {
  const texts = [...english, ...leaves(catalogues.en), ...leaves(commandSpecs)]
  const refused = texts.filter(
    ([, text]) => typeof text === 'string' && REFUSED.test(text.replace(/cannot tell|^Tell us/gi, '')),
  )
  assert.deepEqual(refused, [])
})

test('each explanation has a text, by the name under which the assessment has it', () => {
  const folder = new URL('../../src/assessment/weighing/explanations/', import.meta.url)
  const names = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/\bby: ([^,\n]*'[^,\n]*),/g)].flatMap(([, value = '']) =>
      [...value.matchAll(/'([a-z-]+)'/g)]
        .map(([, name = '']) => name)
        .filter((name) => !/^(?:strong|task)$/.test(name)),
    ),
  )
  // Several explanations may be of one kind to the reader.
  assert.deepEqual([...new Set(names)].toSorted(), Object.keys(en.weighed.reasons).toSorted())
})

test('each join of findings has a text', () => {
  assert.deepEqual(Object.keys(joins).toSorted(), Object.keys(en.weighed.ties).toSorted())
})
