import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { readTable } from '../../src/lib/table.ts'
import { type Assessment } from '../../src/model/assessment.ts'
import { type Answer, type Is, type Question, type VerdictIs } from '../../src/model/answer.ts'
import { persistences, stages } from '../../src/model/stages.ts'
import { catalogues, typeset } from '../../src/locales/catalogues.ts'
import { loadKnowledge, packFolders } from '../../src/knowledge/load-packs.ts'
import { noPackTexts } from '../../src/model/pack-texts.ts'
import { type Facts, briefingFacts, type Left, type Taken } from '../../src/reports/briefing/facts.ts'
import { headlines, type VulnerabilityState } from '../../src/locales/briefing.ts'
import { formats } from '../../src/locales/formats.ts'
import { type Language, briefingLanguages } from '../../src/locales/languages.ts'
import {
  doorText,
  headlineOf,
  howSureText,
  leadOf,
  managementPage,
  type Pen,
  penOf,
  stillText,
  takenText,
} from '../../src/reports/briefing/management-page.ts'
import { noticePage, recipientsOf, todoText, unknownText } from '../../src/reports/briefing/notice-page.ts'
import { bare, type Block, type BriefingPage, quotedText, type BriefingText } from '../../src/locales/briefing-text.ts'
import { knownDuties, knownMeans } from '../../src/locales/briefing.ts'
import { management } from '../../src/reports/briefing/management.ts'
import { notices } from '../../src/reports/briefing/notices.ts'
import { busy, empty, fixture, hostile, quiet } from './fixture.ts'
import { casesOf } from '../tenth.ts'

const root = join(import.meta.dirname, '..', '..')
const facts = briefingFacts(fixture)
const { texts: packTexts } = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const noTaken: Taken = {
  certain: 0,
  possible: 0,
  any: [],
  unknown: false,
  means: [],
  from: null,
  to: null,
  requests: 0,
  bytes: 0,
  items: null,
  secrets: 'no',
  mailboxes: [],
}

/** The campaign that stands for all of them: what a pack brings is checked below, and in the golden files of no report. */
const shown = 'proxylogon-2021'

// To accept what is written now: UPDATE=1 node --test test/reports/plain.test.ts
for (const language of briefingLanguages) {
  test(`${language}: every sentence in every combination is as in golden/plain-${language}.txt`, () => {
    const file = new URL(`./golden/plain-${language}.txt`, import.meta.url)
    const text = everything(language)
    if (process.env.UPDATE) writeFileSync(file, text)
    assert.equal(text, readFileSync(file, 'utf8'))
  })

  test(`${language}: the page for the management and the notices of a server are as in golden/pages-${language}.txt`, () => {
    const file = new URL(`./golden/pages-${language}.txt`, import.meta.url)
    const pages = [fixture, quiet, empty].map((a) => managementPage(a, language, packTexts, a === fixture))
    const letters = recipientsOf(fixture).map((recipient) => noticePage(fixture, recipient, language))
    const text = `${[...pages, ...letters].map(plain).join(`\n\n${'='.repeat(80)}\n`)}\n`
    if (process.env.UPDATE) writeFileSync(file, text)
    assert.equal(text, readFileSync(file, 'utf8'))
  })

  test(`${language}: whatever the verdict and the answers, each text is whole`, () => {
    for (const a of casesOf([...assessments()])) {
      const page = managementPage(a, language, packTexts)
      for (const text of textsOf(page)) checkText(text, language)
      assert.ok(page.headline.length > 0 && page.sections.length >= 3)
    }
  })
}

test('golden files have the sentences of one campaign, so that a new one changes none of them', () => {
  for (const language of briefingLanguages) {
    const text = readFileSync(new URL(`./golden/plain-${language}.txt`, import.meta.url), 'utf8')
    const named = Object.keys(packTexts.campaigns).filter((id) => text.includes(`[${id}]`))
    assert.deepEqual(named, [shown])
  }
})

test('only those are told whose mailbox could be read: nobody, where nobody came in', () => {
  const pages = (is: VerdictIs): number => recipientsOf({ ...fixture, verdict: { ...fixture.verdict, is } }).length
  assert.deepEqual([pages('compromised'), pages('exploited'), pages('targeted'), pages('cannot-tell')], [4, 4, 0, 0])
  assert.deepEqual(
    recipientsOf(fixture).map(({ mailbox, sure }) => [mailbox, sure]),
    [
      ['a.archer@example.com', 'probable'],
      ['b.baker@example.com', 'certain'],
      [hostile.image, 'possible'],
      [null, 'possible'],
    ],
  )
})

test('what a page says follows the facts: no name unasked, pseudonyms said, one source is no certainty', () => {
  const text = (a: Assessment, names = false): string => plain(managementPage(a, 'en', packTexts, names))
  assert.doesNotMatch(text(fixture), /a\.archer|b\.baker/)
  assert.match(text(fixture, true), /a\.archer@example\.com/)
  const options = { ...fixture.knowledge.options, mask: 'people of the organization' }
  const masked = { ...fixture, knowledge: { ...fixture.knowledge, options } }
  assert.match(text(masked), /pseudonyms/)
  assert.doesNotMatch(text(fixture), /pseudonyms/)
  assert.match(plain(noticePage(masked, recipientsOf(masked)[0]!, 'en')), /pseudonym/)
  const unsure = { ...fixture, verdict: { ...fixture.verdict, sure: false } }
  assert.match(text(unsure), /was probably compromised/)
  assert.match(plain(noticePage(unsure, recipientsOf(unsure)[0]!, 'en')), /probably gained access/)
})

test('each pack brings its plain sentences in the four languages', () => {
  const missing: string[] = []
  for (const folder of packFolders(join(root, 'packs'))) {
    const pack = parse(readFileSync(join(folder, 'pack.yml'), 'utf8')) as Pack
    const sentences = (pack.actions ?? []).map(({ id }) => [`action ${id}`, packTexts.actions[id] ?? {}] as const)
    const campaign = pack.exploitation === undefined ? null : packTexts.campaigns[pack.id]
    if (campaign?.name === null) missing.push(`${pack.id}: name`)
    for (const [what, by] of [...sentences, ...(campaign ? [['summary', campaign.summary] as const] : [])])
      for (const language of briefingLanguages)
        if (by[language] === undefined) missing.push(`${pack.id}: ${what} in ${language}`)
        else checkText([by[language]], language)
  }
  assert.deepEqual(missing, [])
})

type Pack = {
  readonly id: string
  readonly exploitation?: object
  readonly actions?: readonly { readonly id: string }[]
}

test('a language that a pack does not bring has the words of the pack, marked as English', () => {
  const action = { ...fixture.actions[0]!, id: 'ours', title: 'Look at the lantern' }
  const campaigns = [{ ...fixture.campaigns[0]!, campaign: 'ours', name: 'Lantern' }]
  const summary = { en: 'The lantern was lit.', de: 'Die Laterne brannte.' }
  const texts = {
    campaigns: { ours: { name: 'Lantern (CVE-2021-26855)', cves: [], summary, ownSummary: 'They lit the lantern.' } },
    actions: { ours: { de: 'Die Laterne prüfen.' } },
    asksForEvidence: [],
  }
  const said = (language: Language) =>
    textsOf(managementPage({ ...fixture, actions: [action], campaigns }, language, texts)).flat()
  for (const text of ['Lantern (CVE-2021-26855)', 'Die Laterne brannte.', 'Die Laterne prüfen.'])
    assert.ok(
      said('de').some((part) => typeof part === 'string' && part.includes(text)),
      text,
    )
  for (const quoted of ['They lit the lantern.', 'Look at the lantern'])
    assert.ok(
      said('fr').some((part) => typeof part !== 'string' && part.quoted === quoted && part.lang === 'en'),
      quoted,
    )
  const html = [...management.write({ ...fixture, actions: [action], campaigns }, { language: 'ja', texts })].join('')
  assert.match(html, /<bdi lang="en">Look at the lantern<\/bdi>/)
})

test('the duties and the ways to mail are all in the catalogues', async () => {
  const table = readTable(new URL('../../knowledge/duties.csv', import.meta.url)).map(({ id }) => id!)
  assert.deepEqual([...knownDuties].sort(), table.sort())
  const { infos } = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
  const means = [...infos.values()].flatMap(({ accessMethod }) => accessMethod ?? [])
  assert.deepEqual(
    [...new Set(means)].filter((way) => !(knownMeans as readonly string[]).includes(way)),
    [],
  )
})

test('an action, a duty, a way in and a way out that no catalog knows stay as they are', () => {
  const action = { ...fixture.actions[0]!, id: 'ours', title: hostile.script }
  const campaigns = [{ ...fixture.campaigns[0]!, campaign: 'ours', name: hostile.lines }]
  const page = managementPage({ ...fixture, actions: [action], campaigns }, 'de', noPackTexts)
  const quotes = textsOf(page).flatMap((text) => text.flatMap((part) => (typeof part === 'string' ? [] : part.quoted)))
  for (const text of [hostile.script, hostile.lines, 'EWS over SSRF', 'Law of Example, Article 1'])
    assert.ok(quotes.includes(text), text)
})

test('numbers, dates and times are written as each language does', () => {
  const rows: Readonly<Record<Language, readonly string[]>> = {
    en: [
      '0',
      '999',
      '1,234,567',
      '46.5',
      '1 byte',
      '0 bytes',
      '999 bytes',
      '1 kB',
      '48 MB',
      '1.5 GB',
      '1 March 2021',
      '3 March 2021, 04:23 UTC',
      '3 March 2021, 04:23 to 05:00 UTC',
      '3 March 2021, 04:23 to 5 March 2021, 16:02 UTC',
      'until 3 March 2021, 04:23 UTC',
      'from 3 March 2021, 04:23 on UTC',
    ],
    de: [
      '0',
      '999',
      '1.234.567',
      '46,5',
      '1 Byte',
      '0 Bytes',
      '999 Bytes',
      '1 kB',
      '48 MB',
      '1,5 GB',
      '1. März 2021',
      '3. März 2021, 04:23 Uhr UTC',
      '3. März 2021, 04:23 bis 05:00 Uhr UTC',
      '3. März 2021, 04:23 Uhr bis 5. März 2021, 16:02 Uhr UTC',
      'bis 3. März 2021, 04:23 Uhr UTC',
      'ab 3. März 2021, 04:23 Uhr UTC',
    ],
    fr: [
      '0',
      '999',
      '1 234 567',
      '46,5',
      '1 octet',
      '0 octet',
      '999 octets',
      '1 ko',
      '48 Mo',
      '1,5 Go',
      '1er mars 2021',
      '3 mars 2021 à 04 h 23 UTC',
      '3 mars 2021, de 04 h 23 à 05 h 00 UTC',
      'du 3 mars 2021 à 04 h 23 au 5 mars 2021 à 16 h 02 UTC',
      'jusqu’au 3 mars 2021 à 04 h 23 UTC',
      'à partir du 3 mars 2021 à 04 h 23 UTC',
    ],
    ja: [
      '0',
      '999',
      '1,234,567',
      '46.5',
      '1 バイト',
      '0 バイト',
      '999 バイト',
      '1 kB',
      '48 MB',
      '1.5 GB',
      '2021年3月1日',
      '2021年3月3日4時23分（UTC）',
      '2021年3月3日4時23分から5時00分まで（UTC）',
      '2021年3月3日4時23分から2021年3月5日16時02分まで（UTC）',
      '2021年3月3日4時23分まで（UTC）',
      '2021年3月3日4時23分以降（UTC）',
    ],
  }
  for (const language of briefingLanguages) {
    const f = formats[language]
    const [a, b, c] = ['2021-03-03T04:23:22.370Z', '2021-03-03T05:00:00Z', '2021-03-05T16:02:11Z']
    const written = [
      f.number(0),
      f.number(999),
      f.number(1_234_567),
      f.decimal(46.54),
      f.bytes(1),
      f.bytes(0),
      f.bytes(999),
      f.bytes(1000),
      f.bytes(48_230_114),
      f.bytes(1_499_999_999),
      f.day('2021-03-01'),
      f.moment(a),
      f.span(a, b)!,
      f.span(a, c)!,
      f.span(null, a)!,
      f.span(a, null)!,
    ]
    assert.deepEqual(
      written.map((text) => text.replaceAll('\u202f', ' ')),
      rows[language],
    )
    assert.equal(f.span(null, null), null)
    assert.equal(f.day('soon'), 'soon')
  }
})

test('the time of the server stands beside UTC; its day where it is another', () => {
  const zone = { name: 'Europe/Vienna', fixed: null }
  const { moment, span } = formats.en
  assert.equal(moment('2021-03-03T04:23:22Z', zone), '3 March 2021, 04:23 UTC (05:23 in Europe/Vienna)')
  assert.equal(moment('2021-07-03T23:30:00Z', zone), '3 July 2021, 23:30 UTC (4 July 2021, 01:30 in Europe/Vienna)')
  assert.equal(
    span('2021-03-03T04:00:00Z', '2021-03-03T05:00:00Z', { name: '+09:00', fixed: 540 }),
    '3 March 2021, 04:00 to 05:00 UTC (13:00 to 14:00 in +09:00)',
  )
  assert.equal(moment('2021-03-03T04:23:22Z', { name: 'UTC', fixed: 0 }), '3 March 2021, 04:23 UTC')
})

test('the catalogues say the same with the same values, each in its own words', () => {
  const [first, ...others] = briefingLanguages.map((language) => leaves(catalogues[language]))
  for (const other of others) {
    assert.deepEqual([...other.keys()], [...first!.keys()])
    for (const [key, value] of first!) assert.equal(typeof other.get(key), typeof value, key)
    const same = [...first!].filter(([key, value]) => typeof value === 'string' && value === other.get(key))
    // What is called the same everywhere: names of laws and of authorities, the comma, and words that two languages share.
    const shared = /^(?:comma|between|certainties\.|management\.duties\.)/
    assert.deepEqual(
      same.map(([key]) => key).filter((key) => !shared.test(key)),
      [],
    )
  }
  for (const value of leaves(catalogues.ja).values())
    if (typeof value === 'string' && value.length > 12) assert.match(value, /[\u3040-\u30ff\u4e00-\u9fff]/)
})

for (const report of [management, notices]) {
  for (const language of briefingLanguages) {
    test(`${report.file}, ${language}: no script, nothing asked for, evidence inert`, () => {
      for (const a of [fixture, quiet, empty, busy(50)]) {
        const page = [...report.write(a, { language })].join('')
        assert.match(page, new RegExp(`^<!doctype html>\n<html lang="${language}">`))
        assert.match(page, /default-src &#39;none&#39;/)
        assert.doesNotMatch(
          page,
          /<(?:script|img|a|iframe|link|form|input)\b|https?:|<[^>]*\s(?:on\w+|style|href|src)=/,
        )
        assert.doesNotMatch(page, /[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/)
        assert.equal(page, [...report.write(a, { language })].join(''))
      }
    })
  }
}

test('French has spaces that do not break before its high signs', () => {
  const page = typeset(managementPage(fixture, 'fr', packTexts, true))
  for (const text of textsOf(page))
    for (const part of text) if (typeof part === 'string') assert.doesNotMatch(part, / [;:?!»]|« /)
})

// ---------------------------------------------------------------- every combination

function everything(language: Language): string {
  const pen = penOf({ zone: null }, language)
  const { words } = pen
  const m = words.management
  const count = pen.count
  const out: string[] = []
  const part = (title: string, lines: readonly (readonly [of: string, text: BriefingText | string])[]): void => {
    const seen = new Map<string, string[]>()
    for (const [of, text] of lines) {
      const said = typeof text === 'string' ? text : bare(text)
      seen.set(said, [...(seen.get(said) ?? []), of])
      checkText(typeof text === 'string' ? [text] : text, language, false)
    }
    out.push(
      `## ${title}`,
      ...[...seen].map(
        ([said, of]) => `[${of.slice(0, 4).join(' | ')}${of.length > 4 ? ` | ${of.length - 4} more` : ''}]\n${said}`,
      ),
      '',
    )
  }
  const both = [true, false] as const
  const kinds = ['server', 'tenant'] as const
  const whys = ['nothing', 'hours', 'silent'] as const

  part(
    'headline',
    headlines.flatMap((headline) =>
      both.flatMap((sure) =>
        kinds.map(
          (kind) =>
            [`${headline} ${sureWord(sure)} ${kind}`, headlineOf({ ...facts, headline, sure, kind }, pen)] as const,
        ),
      ),
    ),
  )
  part(
    'lead',
    headlines.flatMap((headline) =>
      both.flatMap((sure) =>
        kinds.flatMap((kind) =>
          (['no-evidence', 'mail', 'cannot-tell'] as const).flatMap((beyond) =>
            whys.map(
              (why) =>
                [
                  `${headline} ${sureWord(sure)} ${kind} ${beyond} ${why}`,
                  leadOf({ ...facts, headline, sure, kind, beyond, why }, pen),
                ] as const,
            ),
          ),
        ),
      ),
    ),
  )
  part('door', [[shown, doorText(doorWith(shown, null), true, pen)]])
  part(
    'hole',
    both.flatMap((intrusion) =>
      both.flatMap((sure) =>
        (['open', 'mitigated', 'unknown', 'fixed', null] as const).flatMap((hole) =>
          both.map(
            (tooLate) =>
              [
                `${intrusion ? 'came in' : 'tried'} ${sureWord(sure)} ${hole ?? 'no build decides'}${tooLate ? ' too late' : ''}`,
                doorText({ ...doorWith(shown, hole), sure, tooLate: tooLate && hole === 'fixed' }, intrusion, pen),
              ] as const,
          ),
        ),
      ),
    ),
  )
  part(
    'other door',
    both.flatMap((alone) =>
      both.map(
        (intrusion) =>
          [`${alone ? 'alone' : 'beside'} ${intrusion ? 'came in' : 'tried'}`, m.otherDoor(alone, intrusion)] as const,
      ),
    ),
  )
  part('time', [
    ['none', m.noTime],
    ['one', m.firstTrace(pen.moment('2021-03-03T04:23:22Z'))],
    ['two', m.firstAndLast(pen.moment('2021-03-03T04:23:22Z'), pen.moment('2021-03-05T16:02:11Z'))],
    ['inexact', m.inexact],
    ['intro', m.stepsIntro],
  ])
  part(
    'step',
    stages.flatMap((stage) =>
      stage === 'context'
        ? []
        : both.flatMap((sure) =>
            [null, '2021-03-03T04:23:22Z'].map(
              (time) =>
                [
                  `${stage} ${sureWord(sure)}`,
                  m.step(m.steps[stage], sure, time === null ? null : pen.moment(time)),
                ] as const,
            ),
          ),
    ),
  )
  part('who', [
    ['nobody', m.noActor],
    ...(
      [
        'almost no chance',
        'very unlikely',
        'unlikely',
        'roughly even chance',
        'likely',
        'very likely',
        'almost certain',
      ] as const
    ).map((words) => [words, m.actor(quotedText('HAFNIUM'), words)] as const),
  ])
  part(
    'looked for',
    [1, 15].map((n) => [`${n}`, m.asked(count(n))] as const),
  )
  part(
    'exposed',
    (['yes', 'likely', 'no-evidence', 'cannot-tell'] as const).map((is) => [is, m.exposed(is)] as const),
  )
  part(
    'taken',
    [...takens()].map(
      ([of, taken, is]) => [of, takenText({ ...facts, taken, is: { ...facts.is, 'mail-taken': is } }, pen)] as const,
    ),
  )
  part('amount', [
    ['requests', m.amounts.requests(count(1))],
    ['requests', m.amounts.requests(count(1431))],
    ['bytes', m.amounts.bytes(pen.format.bytes(48_230_114))],
    ['items', m.amounts.items(count(1))],
    ['items', m.amounts.items(count(96))],
    ['none', m.amounts.noSize],
    ['names', m.namesLeftOut],
  ])
  part(
    'ways',
    knownMeans.map((way) => [way, words.means[way]] as const),
  )
  part(
    'still there',
    (['yes', 'likely', 'no-evidence', 'cannot-tell', 'not-asked'] as const).flatMap((is) =>
      both.flatMap((present) =>
        ['2021-03-14T08:59:58Z', null].map(
          (to) =>
            [
              `${is}${present ? ' something present' : ''}${to === null ? ' no end' : ''}`,
              stillText(
                {
                  ...facts,
                  left: present ? [leftWith(1)] : [],
                  is: { ...facts.is, 'still-there': is },
                  logs: { ...facts.logs, to },
                },
                pen,
              ),
            ] as const,
        ),
      ),
    ),
  )
  part(
    'left',
    persistences.flatMap((kind) =>
      [1, 2].map((n) => [`${kind} ${n}`, m.leftItem(m.left[kind](count(n)), m.states.present)] as const),
    ),
  )
  part(
    'state',
    (['present', 'was-there', 'requested-after-removal', 'unknown'] as const).map(
      (state) => [state, m.leftItem(m.left.task(count(2)), m.states[state])] as const,
    ),
  )
  part('not known', [
    ...questions.flatMap((question) =>
      (['hours', 'state', 'silent'] as const).map(
        (why) =>
          [
            `${question} ${why}`,
            m.openItem(
              m.open[question],
              m.openWhy(why, pen.days(391, Math.floor).is, pen.days(why === 'hours' ? 537 : 24)),
            ),
          ] as const,
      ),
    ),
    ['messages', m.openMessages],
    ['who', m.openWho],
    ['after', m.openAfter(pen.moment('2021-03-14T08:59:58Z'))],
    ['before', m.openBefore],
    ['settle', m.openSettle],
  ])
  part('decide', [
    ...fixture.actions.flatMap(({ id }) => {
      const sentence = packTexts.actions[id]?.[pen.language]
      return sentence === undefined ? [] : [[id, sentence] as const]
    }),
    ['none', m.noActions],
    ['open', m.decideOpen(count(1))],
    ['open', m.decideOpen(count(5))],
  ])
  part(
    'holes at the end',
    [
      [1, 0],
      [1, 1],
      [12, 1],
      [12, 7],
    ].map(([open, used]) => [`${open} ${used}`, m.openHoles(count(open!), count(used!))] as const),
  )
  part('support', [
    ['ended', m.supportEnded('Exchange Server 2016', pen.format.day('2025-10-14'))],
    ['ends', m.supportEnds('Exchange Server 2016', pen.format.day('2025-10-14'))],
  ])
  part('duties', [
    ['intro', m.dutiesIntro],
    ...knownDuties.map(
      (id) =>
        [
          id,
          [
            m.duties[id].law,
            m.duties[id].binds,
            m.duties[id].tell,
            m.dutyClock(m.duties[id].within, m.duties[id].from),
          ].join(' · '),
        ] as const,
    ),
  ])
  part(
    'how sure',
    headlines.flatMap((headline) =>
      both.flatMap((sure) =>
        [
          [0, 0],
          [24, 24],
          [391, 537],
          [537, 537],
        ].map(
          ([covered, of]) =>
            [
              `${headline} ${sureWord(sure)} ${covered} of ${of}`,
              howSureText({ ...facts, headline, sure, logs: { ...facts.logs, covered: covered!, of: of! } }, pen),
            ] as const,
        ),
      ),
    ),
  )
  part(
    'read',
    [1, 4].flatMap((gaps) =>
      both.map(
        (whole) =>
          [`${gaps} ${whole}`, howSureText({ ...facts, whole, evidence: { ...facts.evidence, gaps } }, pen)] as const,
      ),
    ),
  )
  part(
    'notice',
    kinds.flatMap((kind) =>
      both.flatMap((entered) => [
        ...(['certain', 'probable', 'possible'] as const).map(
          (sure) =>
            [
              `${kind} ${entered ? 'entered' : 'probably entered'} ${sure}`,
              words.notice.what(
                { kind, name: quotedText('MAIL01') },
                entered,
                quotedText('a.archer@example.com'),
                sure,
              ),
            ] as const,
        ),
        ...(['possible', 'unknown'] as const).map(
          (sure) =>
            [
              `${kind} ${entered ? 'entered' : 'probably entered'} anybody ${sure}`,
              words.notice.whatAll({ kind, name: quotedText('MAIL01') }, entered, sure),
            ] as const,
        ),
      ]),
    ),
  )
  part('notice: how sure', Object.entries(words.notice.sure))
  part(
    'notice: cannot be known',
    [...letters(pen)].flatMap(([of, unknown]) => unknown.map((text) => [of, text] as const)),
  )
  part(
    'notice: to do',
    [...letters(pen)].flatMap(([of, , todo]) => todo.map((text) => [of, text] as const)),
  )
  part('notice: consequences', [['always', words.notice.consequences]])
  return `${out.join('\n')}\n`
}

const questions: readonly Question[] = ['exposed', 'targeted', 'exploited', 'compromised', 'mail-taken', 'still-there']
const sureWord = (sure: boolean): string => (sure ? 'sure' : 'not sure')
const leftWith = (count: number): Left => ({ kind: 'task', state: 'present', count })

function doorWith(id: string, hole: VulnerabilityState | null): Facts['doors'][number] {
  const fixedAt = hole === 'fixed' ? '2021-03-09T21:40:00Z' : null
  return { text: packTexts.campaigns[id]!, name: id, sure: true, hole, fixedAt, tooLate: false }
}

function* takens(): Iterable<readonly [string, Taken, Is]> {
  const time = { from: '2021-03-05T01:00:00Z', to: '2021-03-05T01:10:00Z' }
  for (const is of ['yes', 'likely', 'no-evidence', 'cannot-tell', 'not-asked'] as const)
    for (const certain of is === 'yes' || is === 'likely' ? [0, 1, 12] : [0])
      for (const possible of [0, 1, 3])
        for (const any of [[], [time]])
          for (const unknown of [false, true])
            for (const secrets of certain === 1 || is === 'cannot-tell'
              ? (['no', 'yes', 'likely'] as const)
              : (['no'] as const))
              yield [
                `${is}, certain ${certain}, possible ${possible}${any.length > 0 ? ', any' : ''}${unknown ? ', unknown' : ''}${secrets === 'no' ? '' : `, secrets ${secrets}`}`,
                { ...noTaken, certain, possible, any, unknown, secrets },
                is,
              ]
}

function* letters(pen: Pen): Iterable<readonly [string, readonly string[], readonly string[]]> {
  const [box] = fixture.mailboxes
  for (const way of [...knownMeans, null])
    for (const certainty of ['named', 'joined', 'possible'] as const)
      for (const items of [null, 96]) {
        const of = { ...box!, accessMethods: way === null ? [] : [way], certainty, items }
        yield [
          `${way ?? 'no way'} ${certainty}${items === null ? '' : ' counted'}`,
          unknownText(of, facts, pen),
          todoText(of, pen),
        ]
      }
  for (const certainty of ['possible', 'unknown'] as const) {
    const of = { ...fixture.mailboxes.at(-1)!, certainty }
    yield [`anybody ${certainty}`, unknownText(of, facts, pen), todoText(of, pen)]
  }
}

/** Every verdict with every combination of answers. */
function* assessments(): Iterable<Assessment> {
  const each: readonly Is[] = ['yes', 'likely', 'no-evidence', 'cannot-tell', 'not-asked']
  for (const is of ['compromised', 'exploited', 'targeted', 'cannot-tell', 'no-evidence'] as const)
    for (const sure of [true, false])
      for (const exploited of each)
        for (const compromised of each)
          for (const mail of each)
            for (const still of each) {
              const by: Partial<Record<Question, Is>> = {
                exploited,
                compromised,
                'mail-taken': mail,
                'still-there': still,
              }
              const answers = fixture.answers.map((a): Answer => ({ ...a, is: by[a.question] ?? a.is }))
              const base = still === 'yes' ? { ...fixture, mailboxes: [], persistence: [] } : fixture
              yield { ...base, verdict: { ...fixture.verdict, is, sure }, answers }
            }
}

/** Whole: nothing undefined, no blank doubled or before a sign, and an end. */
function checkText(text: BriefingText, language: Language, ends = false): void {
  const said = text.map((part) => (typeof part === 'string' ? part : 'X')).join('')
  assert.doesNotMatch(said, /undefined|null|NaN|\[object|\$\{|\s\s|^\s|\s$|\s[.,]|\.\.(?!\.)|。。|、。|：。/, said)
  if (language !== 'ja') assert.doesNotMatch(said, /[。、「」]/)
  if (language === 'ja' && !ends) assert.doesNotMatch(said, /[\u3040-\u30ff\u4e00-\u9fff][,.]/, said)
}

function textsOf(page: BriefingPage): readonly BriefingText[] {
  const of = (block: Block): readonly BriefingText[] => {
    switch (block.block) {
      case 'text':
      case 'note':
        return [block.text]
      case 'list':
        return block.items
      case 'facts':
        return block.facts.map(([, value]) => value)
      case 'table':
        return block.rows.flat()
      case 'blank':
        return []
    }
  }
  return [page.headline, ...[...page.lead, ...page.sections.flatMap(({ blocks }) => blocks), ...page.foot].flatMap(of)]
}

/** A page as text. */
function plain(page: BriefingPage): string {
  const of = (block: Block): string => {
    switch (block.block) {
      case 'text':
      case 'note':
        return bare(block.text)
      case 'list':
        return block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '-'} ${bare(item)}`).join('\n')
      case 'facts':
        return block.facts.map(([name, value]) => `${name}: ${bare(value)}`).join('\n')
      case 'table':
        return [block.head.join(' | '), ...block.rows.map((row) => row.map(bare).join(' | '))].join('\n')
      case 'blank':
        return `[${block.label}]`
    }
  }
  const sections = page.sections.map(({ heading, blocks }) => `\n${heading}\n${blocks.map(of).join('\n')}`)
  const parts = [page.title, bare(page.headline), ...page.lead.map(of), ...sections, '', ...page.foot.map(of)]
  return parts.filter((line, i) => i > 2 || line !== '').join('\n')
}

/** Every text and function of a catalog, by its path. */
function leaves(value: unknown, path = ''): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]])
  const of = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(of.flatMap(([key, each]) => [...leaves(each, path === '' ? key : `${path}.${key}`)]))
}
