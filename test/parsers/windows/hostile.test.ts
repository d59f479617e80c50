import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reading } from './reading.ts'
import { isTenth, large } from '../../tenth.ts'
import { stepsOf } from '../../counted.ts'

const event = (id: number, more = ''): string => `{"EventID":${id},"Channel":"System","SourceName":"a"${more}}`
const xml = (id: number, data = ''): string =>
  `<Event><System><Provider Name="a"/><EventID>${id}</EventID><Channel>System</Channel></System><EventData><Data>${data}</Data></EventData></Event>`

/** Reads, and checks what holds for every input: all bytes accounted for, gaps in order and apart. */
async function read(text: string | Uint8Array, parser: string): ReturnType<typeof reading> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const result = await reading(bytes, { parser })
  let end = 0
  for (const gap of result.gaps) {
    if (gap.offset < end || gap.length < 0)
      assert.fail(`gap at ${gap.offset} in front of ${end} of ${JSON.stringify(text.toString().slice(0, 400))}`)
    end = gap.offset + gap.length
  }
  assert.ok(end <= bytes.length)
  assert.equal(result.parsed + result.gaps.reduce((sum, gap) => sum + gap.length, 0), bytes.length)
  return result
}

const ids = (result: Awaited<ReturnType<typeof reading>>): unknown[] => result.events.map((e) => e.fields.EventID)

const shapes: readonly (readonly [name: string, text: string, ids: readonly number[], reasons: readonly string[]])[] = [
  ['nothing', '', [], []],
  ['one event without a line end', event(1), [1], []],
  ['objects without anything between them', event(1) + event(2), [1, 2], []],
  ['a list on one line', `[${event(1)},${event(2)}]`, [1, 2], []],
  ['a list over lines', `[\n  ${event(1)},\n  ${event(2)}\n]\n`, [1, 2], []],
  ['CR line ends', `${event(1)}\r${event(2)}\r`, [1, 2], []],
  ['a tail of zero bytes', `${event(1)}\n${'\0'.repeat(500)}`, [1], ['nul-tail']],
  ['a cut string', `{"EventID":1,"Channel":"Sys\n${event(2)}\n`, [2], ['corrupt']],
  ['a cut object', `{"EventID":1,"Channel":{\n${event(2)}\n`, [2], ['corrupt']],
  ['a cut object after a comma', `{"EventID":1,\n${event(2)}\n`, [2], ['corrupt']],
  ['a cut list', `{"EventID":1,"x":[\n${event(2)}\n${event(3)}\n`, [2, 3], ['corrupt']],
  ['a cut list of objects', `{"EventID":1,"x":[{"y":\n${event(2)}\n${event(3)}\n`, [2, 3], ['corrupt']],
  ['damage within a list on one line', `[${event(1)},{"EventID":2,,"Channel":"x"},${event(3)}]`, [1, 3], ['corrupt']],
  [
    'damage within an indented list',
    `[\n  ${event(1)},\n  {"EventID":2,,\n  "x":1},\n  ${event(3)}\n]`,
    [1, 3],
    ['corrupt'],
  ],
  ['wrong brackets', `{"EventID":1]}\n${event(2)}\n`, [2], ['corrupt']],
  ['a literal that is none', `{"EventID":1,"x":nul}\n${event(2)}\n`, [2], ['corrupt']],
  ['the end within an object', `${event(1)}\n{"EventID":2,"Channel":"Sys`, [1], ['truncated']],
  [
    'the end within the list of an outer object',
    `{"value":[${event(1)},${event(2)},{"EventID":3`,
    [1, 2],
    ['truncated'],
  ],
  ['a list within an outer object', `{"value":[${event(1)},${event(2)}]}`, [1, 2], []],
  ['other objects only', '{"a":[{"b":1},{"c":[{"d":1}]}]}\n{"e":1}\n', [], ['unsupported']],
  ['other objects between', `${event(1)}\n{"e":1}\n{"f":1}\n${event(2)}\n`, [1, 2], ['unsupported']],
  ['events in front of other text', `Mar  3 04:23:22 mail01 agent: ${event(1)}\nplain\n`, [1], ['unsupported']],
  ['braces in other text', `if (x) { y }\n${event(1)}\n`, [1], ['unsupported']],
  ['a control character in a text', event(1, ',"x":"a\u0001\tb"'), [1], []],
  ['names that objects inherit', event(1, ',"__proto__":{"a":1},"toString":"x","hasOwnProperty":"y"'), [1], []],
  [
    'a number that is none of Windows',
    '{"EventID":1e308,"Channel":"System"}\n{"EventID":-1,"Channel":"x"}',
    [-1],
    ['unsupported'],
  ],
  [
    'EventID of the wrong type',
    '{"EventID":{"a":[1]},"Channel":"System"}\n{"EventID":[1],"Channel":"x"}',
    [],
    ['unsupported'],
  ],
  [
    'members of the wrong type',
    '{"Event":{"System":{"EventID":1,"Provider":7,"TimeCreated":[],"Channel":{},"Computer":5},"EventData":7,"UserData":[1]}}',
    [1],
    [],
  ],
  [
    'wrong types in other shapes',
    '{"winlog":{"event_id":1,"event_data":5,"keywords":{}}}\n{"win":{"system":{"eventID":"1"},"eventdata":[1]}}',
    [1, 1],
    [],
  ],
]
for (const [name, text, expected, reasons] of shapes) {
  test(`JSON: ${name}`, async () => {
    const result = await read(text, 'json-events')
    assert.deepEqual(ids(result), expected)
    assert.deepEqual([...new Set(result.gaps.map((gap) => gap.reason))], reasons)
  })
}

const documents: readonly (readonly [
  name: string,
  text: string,
  ids: readonly number[],
  reasons: readonly string[],
])[] = [
  ['nothing', '', [], []],
  ['no root', `${xml(1)}${xml(2)}\n${xml(3)}`, [1, 2, 3], []],
  ['an event cut by the next', `${xml(1).slice(0, 70)}${xml(2)}`, [2], ['corrupt']],
  ['the end within an event', `${xml(1)}${xml(2).slice(0, -9)}`, [1], ['truncated']],
  ['the end within a comment', `${xml(1)}<!-- never closed`, [1], ['truncated']],
  ['an end tag too many', `</Event></Event>${xml(1)}`, [1], []],
  ['tags that do not match', `<Event><System><EventID>1</Sys></EventID></Event>${xml(2)}`, [2], ['corrupt']],
  ['entities of all kinds', xml(1, '&lt;&#65;&#x41;&#x110000;&bomb;&'), [1], []],
  ['a document type is not read', `<!DOCTYPE x [<!ENTITY a "b">]>${xml(1, '&a;')}`, [1], []],
  ['a tail of zero bytes', `${xml(1)}\n${'\0'.repeat(500)}`, [1], ['nul-tail']],
  ['names that objects inherit', xml(1).replace('<Data>', '<Data Name="__proto__">'), [1], []],
]
for (const [name, text, expected, reasons] of documents) {
  test(`XML: ${name}`, async () => {
    const result = await read(text, 'xml-events')
    assert.deepEqual(ids(result), expected)
    assert.deepEqual(
      [...new Set(result.gaps.map((gap) => gap.reason))].filter((r) => r !== 'unsupported'),
      reasons,
    )
  })
}

test('an entity that the document defines stays as it is', async () => {
  const { events } = await read(`<!DOCTYPE x [<!ENTITY a "b">]>${xml(1, '&a;')}`, 'xml-events')
  assert.equal(events[0]!.fields.Data, '&a;')
})

test('names from the evidence do not reach what objects inherit', async () => {
  const { events } = await read(event(1, ',"__proto__":"x"'), 'json-events')
  assert.equal(events[0]!.fields.__proto__, 'x')
  assert.equal(({} as Record<string, unknown>).x, undefined)
})

for (const [name, open, close] of [
  ['objects', '{"a":', '}'],
  ['lists', '{"a":[', ']}'],
  ['lists of objects', '{"value":[', ']}'],
] as const) {
  test(`JSON nested 100,000 deep (${name}) is a gap, and the next line is read`, async () => {
    const result = await read(`${open.repeat(100_000)}1${close.repeat(100_000)}\n${event(2)}\n`, 'json-events')
    assert.deepEqual(ids(result), [2])
    assert.ok(result.gaps.length >= 1)
  })
}

test('JSON nested 100,000 deep within a text of an event costs that text only', async () => {
  const deep = JSON.stringify(`{"EventData":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
  const result = await read(`${event(1, `,"EventData":${deep},"Payload":${deep}`)}\n${event(2)}\n`, 'json-events')
  assert.deepEqual(ids(result), [1, 2])
})

test('ten levels are nothing', async () => {
  const result = await read(event(1, `,"x":${'{"a":'.repeat(10)}1${'}'.repeat(10)}`), 'json-events')
  assert.deepEqual(ids(result), [1])
})

test('XML nested 100,000 deep is a gap, and the next event is read', async () => {
  const result = await read(`${xml(1, '<a>'.repeat(100_000))}${xml(2)}`, 'xml-events')
  assert.deepEqual(ids(result), [2])
})

test('a line of 10 MB is read', async () => {
  const result = await read(`${event(1, `,"x":"${'a'.repeat(10_000_000)}"`)}\n${event(2)}\n`, 'json-events')
  assert.deepEqual(ids(result), [1, 2])
})

test('an object of 40 MB is a gap, and the next line is read', async () => {
  const result = await read(`${event(1, `,"x":"${'a'.repeat(40_000_000)}"`)}\n${event(2)}\n`, 'json-events')
  assert.deepEqual(ids(result), [2])
  assert.equal(result.gaps[0]!.reason, 'too-long')
})

void large('a list of 40 MB in an outer object is read', async () => {
  const one = event(1, `,"x":"${'a'.repeat(40_000)}"`)
  const result = await read(`{"took":1,"hits":{"hits":[${Array(1000).fill(one).join(',')}]}}`, 'json-events')
  assert.equal(result.events.length, 1000)
  assert.deepEqual(result.gaps, [])
})

void large('an XML event of 40 MB is a gap, and the next is read', async () => {
  const result = await read(`${xml(1, 'a'.repeat(40_000_000))}${xml(2)}`, 'xml-events')
  assert.deepEqual(ids(result), [2])
})

test('bytes without sense end in gaps', async () => {
  let seed = 7
  const noise = Uint8Array.from(
    { length: isTenth ? 5_000 : 50_000 },
    () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16,
  )
  for (const parser of ['json-events', 'xml-events', 'key-value-events']) await read(noise, parser)
  const signs = '{}[]":,\\\n <>/Event1'
  for (let round = 0; round < (isTenth ? 30 : 300); round++) {
    let text = ''
    for (let i = 0; i < 300; i++)
      text += signs[((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16) % signs.length]!
    for (const parser of ['json-events', 'xml-events', 'key-value-events']) {
      const whole = await read(text, parser)
      const cut = await reading(Buffer.from(text), { parser, cut: 5 })
      assert.deepEqual(cut, whole, JSON.stringify(text))
    }
  }
})

test('events with bytes changed at random are accounted for', async () => {
  let seed = 11
  const random = (n: number): number => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8) % n
  const texts = [
    [
      'json-events',
      `{"took":1,"hits":{"hits":[\n${event(1)},\n${event(2, ',"x":[{"a":1},{"b":"c"}]')}\n]}}\n${event(3)}\n${event(4)}`,
    ],
    [
      'json-events',
      `[\n  {\n    "EventID": 1,\n    "Channel": "x",\n    "a": { "b": [ { "c": 1 } ] }\n  },\n  {\n    "EventID": 2,\n    "Channel": "x"\n  }\n]`,
    ],
    ['xml-events', `<?xml version="1.0"?><Events>\n${xml(1)}\n<!-- x -->${xml(2, '<![CDATA[x]]>')}\n</Events>`],
  ] as const
  for (let round = 0; round < (isTenth ? 150 : 1500); round++) {
    const [parser, text] = texts[round % texts.length]!
    const bytes = Buffer.from(text)
    for (let i = 0; i < 1 + random(4); i++) bytes[random(bytes.length)] = '{}[]":,\\\n <>/\0'.charCodeAt(random(14))
    const whole = await read(bytes, parser)
    const cut = await reading(bytes, { parser, cut: 1 + random(40) })
    assert.deepEqual(cut, whole, JSON.stringify(bytes.toString()))
  }
})

// The last, since counting makes what follows slow.
test('key=value lines that are made to be slow are not', async () => {
  const lines = [
    `EventCode=1 a="${' '.repeat(900_000)}`,
    `EventCode=1 Computer=x ${'a="b '.repeat(180_000)}`,
    `EventCode=1 CommandLine=${' ,'.repeat(450_000)}`,
    `EventCode=1 CommandLine="${'" '.repeat(450_000)}`,
    `EventCode=1 ${'Aa=b '.repeat(180_000)}`,
  ]
  const steps = await stepsOf(() => read(`${lines.join('\n')}\n`, 'key-value-events'))
  assert.ok(steps > 0 && steps < 50_000_000, `${steps} steps`)
})
