import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventValues } from '../../src/rules/field-values.ts'
import { reading } from '../parsers/windows/reading.ts'

// A rule that names the provider of an event means the same in every form of it, whichever name it uses.
const names = ['provider_name', 'providername', 'sourcename', 'source', 'provider', 'eventsourcename', 'source_name']
const provider = 'Microsoft-Windows-Windows Defender'
const channel = `${provider}/Operational`
const item = 'Real-Time Protection'
const xml = `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${provider}"/><EventID>1119</EventID><TimeCreated SystemTime="2021-03-13T04:23:22.0Z"/><Channel>${channel}</Channel><Computer>MAIL01</Computer></System><EventData><Data Name="Source Name">${item}</Data><Data Name="Threat Name">x</Data></EventData></Event>`

const forms: readonly (readonly [form: string, text: string, hasItem: boolean])[] = [
  ['XML', xml, true],
  [
    'JSON, nested',
    JSON.stringify({
      Event: {
        System: {
          Provider: { '#attributes': { Name: provider } },
          EventID: 1119,
          Channel: channel,
          Computer: 'MAIL01',
          TimeCreated: { '#attributes': { SystemTime: '2021-03-13T04:23:22.0Z' } },
        },
        EventData: { 'Source Name': item, 'Threat Name': 'x' },
      },
    }),
    true,
  ],
  [
    'JSON, winlogbeat',
    JSON.stringify({
      '@timestamp': '2021-03-13T04:23:22Z',
      winlog: {
        provider_name: provider,
        channel,
        event_id: 1119,
        computer_name: 'MAIL01',
        event_data: { 'Source Name': item, 'Threat Name': 'x' },
      },
    }),
    true,
  ],
  [
    'JSON, flat, item under the name of a provider',
    JSON.stringify({
      EventID: 1119,
      Provider_Name: provider,
      SourceName: item,
      ThreatName: 'x',
      Channel: channel,
      Computer: 'MAIL01',
      EventTime: '2021-03-13T04:23:22Z',
    }),
    true,
  ],
  [
    'JSON, NXLog',
    JSON.stringify({
      EventID: 1119,
      SourceName: provider,
      Channel: channel,
      Hostname: 'MAIL01',
      ThreatName: 'x',
      EventTime: '2021-03-13T04:23:22Z',
    }),
    false,
  ],
  [
    'JSON, Get-WinEvent',
    JSON.stringify({
      Id: 1119,
      ProviderName: provider,
      LogName: channel,
      MachineName: 'MAIL01',
      TimeCreated: '2021-03-13T04:23:22Z',
      Properties: [],
    }),
    false,
  ],
  [
    'CSV, Event Viewer',
    `Level,Date and Time,Source,Event ID,Task Category\r\nError,3/13/2021 4:23:22 AM,${provider},1119,None,x\r\n`,
    false,
  ],
  [
    'CSV, Get-WinEvent',
    `"Id","ProviderName","LogName","MachineName","TimeCreated","Message"\r\n"1119","${provider}","${channel}","MAIL01","13.03.2021 04:23:22","x"\r\n`,
    false,
  ],
  [
    'key=value',
    `03/13/2021 04:23:22 AM\nLogName=${channel}\nSourceName=${provider}\nEventCode=1119\nEventType=2\nComputerName=MAIL01\nTaskCategory=None\nKeywords=None\nMessage=x\n`,
    false,
  ],
]

for (const [form, text, hasItem] of forms)
  test(`${form}: each name for the provider means it`, async () => {
    const [event] = (await reading(Buffer.from(text))).events
    assert.ok(event)
    const values = eventValues(event)
    for (const name of names) assert.ok(values.get(name).folded.includes(provider.toLowerCase()), name)
    // Defender has an item of its own that public rules call `SourceName`, too.
    assert.equal(values.get('sourcename').folded.includes(item.toLowerCase()), hasItem)
    if (hasItem) assert.deepEqual(values.get('threatname').folded, ['x'])
  })

test('an event without a provider has its own fields alone', () => {
  const roles = { host: null, client: null, user: null, target: null, request: null, session: null }
  const at = { path: 'x', offset: 0, length: 1 }
  const event = {
    log: 'message-tracking' as const,
    sources: [],
    time: null,
    timeBasis: 'format' as const,
    fields: { source: 'SMTP' },
    raw: '',
    at,
    ...roles,
  }
  assert.deepEqual(eventValues(event).get('source').texts, ['SMTP'])
  assert.equal(eventValues(event).get('sourcename').present, false)
})
