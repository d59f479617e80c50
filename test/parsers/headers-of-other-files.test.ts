import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeText } from '../../src/lib/text.ts'
import { exchangeCsv } from '../../src/parsers/exchange/csv-log.ts'
import type { Sink } from '../../src/parsers/parser.ts'

// What headers say is remembered from file to file, up to a number. However many were met before, a file says the same.

const MANY = 40
/** More than are remembered come together within some rounds. */
const ROUNDS = 60

const log = (kind: string, round: string): Buffer =>
  Buffer.from(
    [
      '#Software: Microsoft Exchange Server',
      '#Version: 15.01.2176.002',
      `#Log-type: ${kind}`,
      '#Fields: TimeStamp,ServerName,EventId,EventData',
      // The rows below have other columns than the header names.
      ...Array.from({ length: 5 }, () => '2021-06-02T07:10:00.123Z,no name!,/no event/,S:PSA=director'),
      ...Array.from({ length: MANY }, (_, i) => `#Fields: date-time,who,what${round}x${i}`),
      '2021-06-02T07:10:00.500Z,ada,nothing',
      '#Fields: TimeStamp,ServerName,EventId,EventData',
      '2021-06-02T07:10:01.123Z,MAIL01,GetItem,S:PSA=director;S:user=ann',
      '2021-06-02T07:10:02.123Z,no name!,/no event/,S:PSA=director',
      '2021-06-02T07:10:03.123Z,ada,nothing',
      '',
    ].join('\r\n'),
  )

async function read(bytes: Buffer): Promise<string> {
  const said: unknown[] = []
  const sink: Sink = {
    event: ({ fields, log: kind }) => said.push([kind, fields]),
    gap: (gap) => said.push(gap),
    fact: (fact) => said.push(fact),
  }
  const path = 'evidence.log'
  const text = decodeText(bytes)
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const known = { path, windowsPath: null, size: bytes.length, bytes, text, modified: null, companions: [] }
  said.push(await exchangeCsv.read({ ...known, chunks }, sink))
  return JSON.stringify(said)
}

for (const kind of ['OWA Server Log', 'Another Log'])
  test(`${kind}: the same, whatever was read before`, async () => {
    const said = new Set<string>()
    for (let round = 0; round < ROUNDS; round++) {
      const name = String(round).padStart(2, '0')
      said.add((await read(log(kind, name))).replaceAll(`${name}x`, 'x'))
    }
    assert.equal(said.size, 1)
  })
