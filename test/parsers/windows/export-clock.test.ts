import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reading } from './reading.ts'

// An export in local time is put in UTC by the records of Sysmon in it, which hold their time in UTC besides.
const LOCAL = '2026-03-03 12:00:00.000'
const UTC = Date.parse('2026-03-03T07:00:00.000Z')

function security(time: string, more: Record<string, string> = {}): string {
  return JSON.stringify({
    EventID: 4688,
    Channel: 'Security',
    Hostname: 'MAIL01',
    TimeCreated: time,
    CommandLine: 'whoami',
    NewProcessName: 'C:\\Windows\\System32\\whoami.exe',
    ...more,
  })
}

function sysmon(time: string, utc: string): string {
  return JSON.stringify({
    EventID: 1,
    SourceName: 'Microsoft-Windows-Sysmon',
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Hostname: 'MAIL01',
    TimeCreated: time,
    UtcTime: utc,
    Image: 'C:\\Windows\\System32\\whoami.exe',
    CommandLine: 'whoami',
  })
}

async function timesOf(...lines: string[]): Promise<(number | null)[]> {
  const { events } = await reading(Buffer.from(`${lines.join('\n')}\n`))
  return events.map(({ time }) => time)
}

test('records before and after the first of Sysmon are put in UTC', async () => {
  const lines = [security(LOCAL), sysmon(LOCAL, '2026-03-03 06:59:59.990'), security(LOCAL)]
  assert.deepEqual(await timesOf(...lines), [UTC, UTC - 10, UTC])
})

test('a zone that the export states wrongly is corrected', async () => {
  const stated = '2026-03-03T12:00:00.000Z'
  assert.deepEqual(await timesOf(security(stated), sysmon(stated, '2026-03-03 07:00:00.000')), [UTC, UTC])
})

test('a right clock changes nothing', async () => {
  const stated = '2026-03-03T07:00:00.000Z'
  assert.deepEqual(await timesOf(security(stated), sysmon(stated, '2026-03-03 06:59:59.500')), [UTC, UTC])
})

test('a difference that is no zone changes nothing', async () => {
  const stated = '2026-03-03T12:00:00.000Z'
  const shown = Date.parse(stated)
  assert.deepEqual(await timesOf(security(stated), sysmon(stated, '2026-03-03 07:05:00.000')), [shown, shown])
  assert.deepEqual(await timesOf(security(stated), sysmon(stated, '2026-03-02 07:00:00.000')), [shown, shown])
})

test('summer time moves the clock by an hour, and one record that says more does not move it', async () => {
  const summer = sysmon(LOCAL, '2026-03-03 08:00:00.000')
  assert.deepEqual(await timesOf(sysmon(LOCAL, '2026-03-03 07:00:00.000'), summer, security(LOCAL)), [
    UTC,
    UTC + 3_600_000,
    UTC + 3_600_000,
  ])
  const odd = sysmon(LOCAL, '2026-03-03 01:00:00.000')
  const [, , after] = await timesOf(sysmon(LOCAL, '2026-03-03 07:00:00.000'), odd, security(LOCAL))
  assert.equal(after, UTC)
})

test('without Sysmon the times stay as they are', async () => {
  assert.deepEqual(await timesOf(security('2026-03-03T12:00:00.000Z')), [Date.parse('2026-03-03T12:00:00.000Z')])
})

test('a record of Sysmon without its data is read out of its message', async () => {
  const { events } = await reading(
    Buffer.from(
      JSON.stringify({
        EventID: 1,
        SourceName: 'Microsoft-Windows-Sysmon',
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Hostname: 'MAIL01',
        AccountName: 'SYSTEM',
        '@timestamp': '2026-03-03T07:00:00.000Z',
        Message:
          'Process Create:\r\nUtcTime: 2026-03-03 07:00:00.000\r\nProcessId: 5120\r\nImage: C:\\Windows\\System32\\whoami.exe\r\nCommandLine: whoami /all\r\nUser: CONTOSO\\a.berg',
      }),
    ),
  )
  assert.equal(events[0]!.fields.CommandLine, 'whoami /all')
  assert.equal(events[0]!.fields.AccountName, 'SYSTEM')
})
