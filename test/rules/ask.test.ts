import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../src/model/event.ts'
import { askAll, askThese } from '../../src/rules/match.ts'
import type { EventRule } from '../../src/rules/rule.ts'
import { sigma } from '../../src/rules/sigma/index.ts'
import { event, file } from './sigma/rule.ts'

async function rules(
  ...detections: readonly (readonly [id: string, logsource: string, selection: string])[]
): Promise<readonly EventRule[]> {
  const files = detections.map(([id, logsource, selection]) =>
    file(
      `title: A\nid: ${id}\nlogsource: ${logsource}\ndetection:\n  s: ${selection}\n  f: {Out: 1}\n  condition: s and not f\n`,
      { path: `${id}.yml` },
    ),
  )
  const loaded = await sigma.load(files)
  assert.deepEqual(loaded.broken, [])
  return loaded.events
}

const security = { sources: [{ product: 'windows', service: 'security' }] }
const ids = (yes: readonly { rule: EventRule }[]): string[] => yes.map(({ rule }) => rule.info.id)

test('in the order of rule ids, only rules of the log source', async () => {
  const ask = askAll(
    await rules(
      ['c', '{product: windows}', '{A: 1}'],
      ['a', '{product: windows, service: security}', '{A: 1}'],
      ['b', '{product: windows, service: system}', '{A: 1}'],
    ),
  )
  assert.deepEqual(ids(ask(event({ A: 1 }, security))), ['a', 'c'])
  assert.deepEqual(ids(ask(event({ A: 1 }, { sources: [] }))), [])
  assert.deepEqual(ask(event({ A: 2 }, security)), [])
  assert.deepEqual(ask(event({ A: 1 }, security))[0]?.matched, ['A'])
})

test('the index by event id and by needed texts never loses an answer', async () => {
  const asked = await rules(
    ['a', '{product: windows}', '{EventID: 4624}'],
    ['b', '{product: windows}', '{EventID: [4624, 4625], A|contains: needle}'],
    ['c', '{product: windows}', "{A|endswith: ['needle', 'NADEL']}"],
    ['d', '{product: windows}', "{A|contains|all: ['need', 'xyzzy', 'q']}"],
    ['e', '{product: windows}', '[{A: null, B: text}, {EventID: 1}]'],
    ['f', '{product: windows}', '{A|re: "n[a-z]+le"}'],
    ['g', '{product: windows}', '[needle]'],
    ['h', '{product: windows}', "{A|contains: ''}"],
    ['i', '{product: windows}', '{EventID|gt: 4000}'],
    ['j', '{product: windows}', '{A|neq: needle}'],
    ['k', '{product: windows}', '{A|windash|contains: " -needle"}'],
    ['l', '{product: windows}', '{A|cased: NeedLe}'],
    ['m', '{product: windows}', "{EventID: '46*'}"],
    ['n', '{product: windows}', '{A|base64offset|contains: needle}'],
    ['o', '{product: windows}', '{EventID: 1}'],
  )
  const ask = askAll(asked)
  const values = [
    'needle',
    'NeedLe',
    'a needle',
    'Nadel',
    'xyzzy q needed',
    '',
    null,
    'x /needle',
    'ned',
    'bmVlZGxl',
    ['x', 'needle'],
  ]
  const eventIds = [4624, '4625', 1, 5000, null, [4624, 1], [1, 4624]]
  const events: Event[] = values.flatMap((A) =>
    eventIds.flatMap((EventID) => [event({ A, EventID, B: 'text' }), event({ A, eventid: EventID })]),
  )
  for (const each of [...events, event({}), event({ B: 'text' }), event({}, { raw: 'a needle' })]) {
    const all = asked.filter((rule) => rule.match(each) !== null).map((rule) => rule.info.id)
    assert.deepEqual(ids(ask(each)), all, JSON.stringify(each.fields))
  }
})

test('a rule that cannot match without a field is left out where the names of the fields show that there is none', async () => {
  const asked = await rules(
    ['a', '{product: windows}', '{C: x}'],
    ['b', '{product: windows}', '{C: null}'],
    ['c', '{product: windows}', '{C|exists: false}'],
    ['d', '{product: windows}', '{C|exists: true}'],
    ['e', '{product: windows}', '{C|neq: x}'],
    ['f', '{product: windows}', '[{C: x}, {A: y}]'],
    ['g', '{product: windows}', '{Provider|contains: ab}'],
    ['h', '{product: windows}', '{ThreatName: x}'],
    ['i', '{product: windows}', '{C|fieldref: A}'],
    ['j', '{product: windows}', '[x]'],
    ['k', '{category: webserver}', '{cs-uri-query|contains: /x}'],
    ['l', '{category: webserver}', '{cs-user-agent|contains: a b}'],
  )
  const ask = askAll(asked)
  const web = { sources: [{ category: 'webserver', product: 'windows' }] }
  for (const sources of [security, web])
    for (const fields of [
      {},
      { A: 'y' },
      { C: 'x' },
      { c: 'X', A: 'x' },
      { C: null },
      { Provider_Name: 'abc' },
      { Provider_Name: null },
      { provider: 'ab', Provider_Name: 'c' },
      { 'Threat Name': 'x' },
      { 'cs-uri-stem': '/x' },
      { 'cs-uri-stem': '/y', 'cs-uri-query': null },
      { 'cs-user-agent': 'a+b' },
    ]) {
      // Events of one form follow one another.
      const alike = Object.fromEntries(Object.entries(fields).map(([name]) => [name, 'other']))
      for (const each of [event(fields, sources), event(alike, sources), event(fields, sources)]) {
        const all = asked.filter(
          (rule) => rule.sources.some((of) => sourceAnswers(each, of)) && rule.match(each) !== null,
        )
        assert.deepEqual(
          ids(ask(each)),
          all.map((rule) => rule.info.id),
          JSON.stringify(each.fields),
        )
      }
    }
  let evaluated = 0
  const counting = asked.map(
    (rule): EventRule => ({
      info: rule.info,
      sources: rule.sources,
      ...(rule.needs ? { needs: rule.needs } : {}),
      ...(rule.questions ? { questions: rule.questions } : {}),
      match: (each) => (evaluated++, rule.match(each)),
    }),
  )
  askAll(counting.filter(({ info }) => 'adfgi'.includes(info.id)))(event({ B: 'text' }, security))
  assert.equal(evaluated, 0)
})

function sourceAnswers({ sources }: Event, { category, product }: EventRule['sources'][number]): boolean {
  return sources.some((one) => [one.category, one.product].includes(category ?? product))
}

test('log sources made up by the thousand', async () => {
  const ask = askAll(await rules(['a', '{product: windows}', '{A: 1}']))
  for (let i = 0; i < 5_000; i++) {
    assert.equal(ask(event({ A: 1 }, { sources: [{ product: 'windows', service: `s${i}` }] })).length, 1)
  }
})

test('log sources that differ in one part alone have their own rules', async () => {
  const loaded = await rules(
    ['a', '{category: webserver}', '{A: 1}'],
    ['b', '{category: cmdlet}', '{A: 1}'],
    ['c', '{product: exchange}', '{A: 1}'],
    ['d', '{product: iis}', '{A: 1}'],
    ['e', '{service: owa}', '{A: 1}'],
    ['f', '{service: ecp}', '{A: 1}'],
  )
  const ask = askAll(loaded.toReversed())
  const sources = [
    { category: 'webserver' },
    { category: 'cmdlet' },
    { product: 'exchange' },
    { product: 'iis' },
    { service: 'owa' },
    { service: 'ecp' },
  ]
  for (const [i, source] of sources.entries())
    assert.deepEqual(ids(ask(event({ A: 1 }, { sources: [source] }))), ['abcdef'[i]], JSON.stringify(source))
})

test('rules that are asked alone answer in the order of their ids', async () => {
  const loaded = await rules(
    ['b', '{product: windows}', '{A: 1}'],
    ['d', '{product: windows}', '{A: 2}'],
    ['c', '{product: windows}', '{A: 1}'],
    ['a', '{product: windows}', '{A: 1}'],
  )
  assert.deepEqual(ids(askThese(loaded, event({ A: 1 }, security))), ['a', 'b', 'c'])
})

test('rules of the same id answer in the order in which they were given', async () => {
  const [first, second] = [
    await rules(['a', '{product: windows}', '{A: 1}']),
    await rules(['a', '{product: windows}', '{B: 1}']),
  ]
  const both = event({ A: 1, B: 1 }, security)
  const matched = (given: readonly EventRule[]): unknown[] => [
    askAll(given)(both).map((yes) => yes.matched),
    askThese(given, both).map((yes) => yes.matched),
  ]
  assert.deepEqual(matched([...first, ...second]), [
    [['A'], ['B']],
    [['A'], ['B']],
  ])
  assert.deepEqual(matched([...second, ...first]), [
    [['B'], ['A']],
    [['B'], ['A']],
  ])
})

test('of log sources that no rule asks about the fields are not even read', async () => {
  const ask = askAll(await rules(['a', '{product: windows}', '{EventID: 1}']))
  let read = 0
  const fields = Object.defineProperty({}, 'EventID', { enumerable: true, get: () => (read++, 1) })
  const unread = new Proxy(fields, { ownKeys: () => assert.fail('the names of the fields were read') })
  assert.deepEqual(ask(event(unread, { sources: [{ product: 'exchange' }] })), [])
  assert.equal(ask(event(fields, security)).length, 1)
  assert.ok(read > 0)
})

test('the log sources of a list are compared with rules once, however many events have that list', async () => {
  const ask = askAll(await rules(['a', '{product: windows}', '{A: 1}']))
  let read = 0
  const sources = [Object.defineProperty({}, 'product', { enumerable: true, get: () => (read++, 'windows') })]
  assert.equal(ask(event({ A: 1 }, { sources })).length, 1)
  const before = read
  for (let i = 0; i < 3; i++) assert.equal(ask(event({ A: 1 }, { sources })).length, 1)
  assert.equal(read, before)
})

test('a rule that is alone is evaluated only where its texts are, too', async () => {
  const [only] = await rules(['a', '{product: windows}', '{A|contains: needle}'])
  let evaluated = 0
  const { info, sources, needs } = only!
  const ask = askAll([{ info, sources, needs, match: (each) => (evaluated++, only!.match(each)) }])
  assert.deepEqual([ask(event({ A: 'x' }, security)).length, evaluated], [0, 0])
  assert.deepEqual([ask(event({ A: 'a needle' }, security)).length, evaluated], [1, 1])
})

test('a rule for some event ids is not evaluated on events of another id, nor a rule whose texts they do not have', async () => {
  const evaluated: string[] = []
  const asked = (
    await rules(
      ['a', '{product: windows}', '{EventID: 4624}'],
      ['b', '{product: windows}', '{EventID: [4624, 4625]}'],
      ['c', '{product: windows}', '{A: 1}'],
      ['d', '{product: windows}', '{A|contains: needle}'],
      ['e', '{product: windows}', '{EventID: 4624, A|contains: needle}'],
    )
  ).map(
    (rule): EventRule => ({
      info: rule.info,
      sources: rule.sources,
      eventIds: rule.eventIds,
      needs: rule.needs,
      match: (each) => (evaluated.push(rule.info.id), rule.match(each)),
    }),
  )
  const ask = askAll(asked)
  const evaluatedOn = (fields: Record<string, string | number>): string => {
    evaluated.length = 0
    ask(event(fields, security))
    return evaluated.join('')
  }
  assert.equal(evaluatedOn({ EventID: 4624, A: 'x' }), 'abc')
  assert.equal(evaluatedOn({ EventID: 4625, A: 'x' }), 'bc')
  assert.equal(evaluatedOn({ EventID: 1, A: 'x' }), 'c')
  assert.equal(evaluatedOn({ A: 'x' }), 'c')
  assert.equal(evaluatedOn({ EventID: 1, A: 'a needle' }), 'cd')
  assert.equal(evaluatedOn({ EventID: 4624, A: 'a needle' }), 'abcde')
})
