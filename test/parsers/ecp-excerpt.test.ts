import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../src/model/event.ts'
import { choose } from '../../src/parsers/index.ts'

// People quote ECP rows with the columns that matter to them; a command may hold commas and quotes of its own.
const command = `'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''http://f/<b title=""x"">a(c[""k""],""d"")</b>''.Identity=''1'''`

for (const [name, row, host] of [
  ['time and pairs', `2021-03-03T06:49:53.772Z,${command};;S:EX=`, null],
  ['time, server and pairs', `2021-03-03T06:49:53.772Z,EXCH01,${command};S:EX=`, 'EXCH01'],
] as const) {
  test(`ECP Server row kept in part: ${name}`, async () => {
    const [event] = await eventsOf(`${row}\r\n`)
    assert.equal(event?.log, 'ecp-server')
    assert.equal(event.host, host)
    assert.equal(event.fields.Cmdlet, 'Set-OabVirtualDirectory')
    assert.match(String(event.fields.Parameters), /^-ExternalUrl "http:\/\/f\/<b .*<\/b>" -Identity "1"$/)
    assert.notEqual(event.fields.Succeeded, false)
  })
}

test('a row in CSV with an address that holds script is a row, and no list of directories', async () => {
  const quoted = `S:TIME=12;${command.replaceAll('"', '""')};S:URL=/ecp/x;S:EX=`
  const [event] = await eventsOf(`2021-03-03T06:49:53.772Z,EXCH01,ECP.Request,"${quoted}"\r\n`)
  assert.equal(event?.log, 'ecp-server')
  assert.equal(event.fields.Cmdlet, 'Set-OabVirtualDirectory')
})

test('a row without pairs is none', async () => {
  assert.deepEqual(await eventsOf('2021-03-03T06:49:53.772Z,something else, S: x\r\n'), [])
})

async function eventsOf(text: string): Promise<Event[]> {
  const bytes = new TextEncoder().encode(text)
  const head = { path: 'rows.txt', windowsPath: null, size: bytes.length, bytes, text }
  const events: Event[] = []
  const source = {
    ...head,
    modified: null,
    chunks: async function* () {
      yield bytes
    },
  }
  await choose(head).read(source, { event: (event) => events.push(event), gap: () => {}, fact: () => {} })
  return events
}
