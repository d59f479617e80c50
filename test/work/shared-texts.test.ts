import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FileRequests } from '../../src/activity/requests.ts'
import { ValueIds } from '../../src/prefilter/value-ids.ts'
import { SentTexts, TakenTexts } from '../../src/run/shared-texts.ts'

/** An answer whose scan has these values, as far as lists of texts are concerned. */
function answerOf(clients: readonly string[], logons: readonly string[], only: readonly (string | null)[] = []) {
  const requests = new FileRequests().tallies()
  return {
    scan: {
      artifact: { path: 'a.log' },
      requests: {
        ...requests,
        client: { ...requests.client, values: clients },
        path: { ...requests.path, values: only.map((_, i) => `/path${i}`), only },
      },
      logons: { values: logons, counts: new Float64Array(7 * logons.length), beyond: 0 },
    },
  }
}

const texts = (n: number, from = 0): string[] => Array.from({ length: n }, (_, i) => `text ${from + i}`)

/** What the other side takes of messages, each of which is copied on its way. */
function across(messages: readonly (readonly unknown[])[]): { taken: unknown[]; sent: unknown[] } {
  const [sender, taker] = [new SentTexts(), new TakenTexts()]
  const sent = messages.map((answers) => structuredClone(sender.pack(answers)))
  return { sent, taken: sent.map((message) => taker.unpack(message)) }
}

test('answers are the same on the other side, and a text is sent once', () => {
  const only = texts(100).map((text, i) => (i % 3 === 0 ? null : i % 3 === 1 ? '' : text))
  const messages = [
    [answerOf(texts(100), texts(80, 50)), { elsewhere: true }],
    [answerOf(texts(3), texts(2)), answerOf(texts(200, 20), [], only)],
    [answerOf(texts(200, 20), texts(80, 50))],
  ]
  const { taken, sent } = across(messages)
  assert.deepEqual(taken, messages)
  assert.deepEqual((sent[2] as { fresh: unknown }).fresh, [])
})

test('answers without long lists are sent as they are', () => {
  const messages = [[answerOf(texts(3), texts(2))], [{ elsewhere: true }]]
  assert.deepEqual(across(messages).sent, messages)
})

test('more texts than are remembered begin anew', () => {
  const messages = Array.from({ length: 5 }, (_, i) => [answerOf(texts(90_000, i * 90_000), texts(70, 5))])
  const { taken, sent } = across(messages)
  assert.deepEqual(taken, messages)
  assert.ok(sent.some((message) => (message as { isAnew: boolean }).isAnew))
})

test('values that are known from file to file are the same on the other side, also of another sender', () => {
  const ids = new ValueIds()
  /** A file with these values, as it is read row by row. */
  const fileOf = (numbers: readonly number[]): unknown => {
    const requests = new FileRequests(ids)
    const at = { path: 'a.log', offset: 0, length: 1 }
    for (const n of numbers) {
      requests.addRow(`192.0.2.${n}`, { 'cs-uri-stem': `/path${n}` }, n)
      requests.addLogon({ value: `user${n}\u0000192.0.2.${n}\u0000\u00000`, client: `192.0.2.${n}` }, n, {
        ...at,
        offset: 1000 - n,
      })
    }
    return { scan: { artifact: { path: 'a.log' }, requests: requests.tallies(), logons: requests.logons.tally() } }
  }
  const numbers = Array.from({ length: 100 }, (_, i) => i)
  const [first, second] = [fileOf(numbers), fileOf(numbers.toReversed())]
  for (const messages of [
    [[first], [second]],
    [[second], [first, first]],
  ]) {
    const { taken, sent } = across(messages)
    assert.deepEqual(taken, messages)
    assert.equal((sent[0] as { fresh: readonly string[] }).fresh.length, 300)
    assert.deepEqual((sent[1] as { fresh: unknown }).fresh, [])
  }
})
