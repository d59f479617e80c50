import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso } from '../../../src/lib/time.ts'
import type { Event } from '../../../src/model/event.ts'
import { readWith } from '../config/reading.ts'

const names = (events: readonly Event[]): unknown[] =>
  events.map(({ log, time, host, fields: { Image, CommandLine, ParentImage, ParentCommandLine } }) => [
    log,
    iso(time),
    host,
    Image,
    CommandLine,
    ParentImage,
    ParentCommandLine,
  ])

test('processes of CrowdStrike in a table', async () => {
  const rows = [
    'ContextTimeStamp,ComputerName,ParentBaseFileName,ImageFileName,CommandLine,DestinationIp',
    '2026-06-05T02:13:00.000Z,MAIL01,w3wp.exe,\\Device\\HarddiskVolume2\\Windows\\System32\\cmd.exe,"cmd.exe /c ""whoami""",',
    '1780625580.5,MAIL01,cmd.exe,\\Device\\HarddiskVolume2\\Windows\\System32\\whoami.exe,whoami,192.0.2.1',
    '2026-06-05T02:13:02.000Z,MAIL01,,\\Device\\HarddiskVolume2\\Windows\\System32\\smss.exe,,',
    '2026-06-05T02:13:03.000Z,MAIL01,cut',
  ]
  const { parser, events, gaps } = await readWith('falcon.csv', rows.join('\r\n'))
  assert.equal(parser, 'process-csv')
  assert.deepEqual(names(events), [
    [
      'windows-sysmon',
      '2026-06-05T02:13:00.000Z',
      'MAIL01',
      '\\Device\\HarddiskVolume2\\Windows\\System32\\cmd.exe',
      'cmd.exe /c "whoami"',
      '\\w3wp.exe',
      undefined,
    ],
    [
      'windows-sysmon',
      '2026-06-05T02:13:00.000Z',
      'MAIL01',
      '\\Device\\HarddiskVolume2\\Windows\\System32\\whoami.exe',
      'whoami',
      '\\cmd.exe',
      undefined,
    ],
  ])
  assert.deepEqual(
    gaps.map(({ line, reason }) => [line, reason]),
    [
      [4, 'unsupported'],
      [5, 'corrupt'],
    ],
  )
})

test('processes of SentinelOne and Cortex as JSON', async () => {
  const sentinel = {
    eventTime: 1_780_625_580_000,
    endpointName: 'MAIL01',
    srcProcImagePath: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
    srcProcCmdLine: 'w3wp.exe -ap "MSExchangeOWAAppPool"',
    tgtProcImagePath: 'C:\\Windows\\System32\\cmd.exe',
    tgtProcCmdLine: 'cmd.exe /c whoami',
  }
  const cortex = {
    agent_hostname: 'MAIL01',
    actor_process_image_path: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
    action_process_image_path: 'C:\\Windows\\System32\\net.exe',
    action_process_image_command_line: 'net user',
  }
  const text = [sentinel, cortex, { actor_process_pid: 4, size: 1 }].map((one) => JSON.stringify(one)).join('\n')
  const { parser, events, gaps } = await readWith('search.json', text)
  assert.equal(parser, 'process-json')
  assert.deepEqual(names(events), [
    [
      'windows-sysmon',
      '2026-06-05T02:13:00.000Z',
      'MAIL01',
      'C:\\Windows\\System32\\cmd.exe',
      'cmd.exe /c whoami',
      'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
      'w3wp.exe -ap "MSExchangeOWAAppPool"',
    ],
    [
      'windows-sysmon',
      null,
      'MAIL01',
      'C:\\Windows\\System32\\net.exe',
      'net user',
      'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
      undefined,
    ],
  ])
  assert.equal(gaps.length, 1)
})

test('processes of SentinelOne by the names of its newer search', async () => {
  const process = {
    'event.time': '2026-06-05T02:13:00.000Z',
    'endpoint.name': 'MAIL01',
    'src.process.image.path': 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
    'src.process.cmdline': 'w3wp.exe -ap "MSExchangeOWAAppPool"',
    'tgt.process.image.path': 'C:\\Windows\\System32\\cmd.exe',
    'tgt.process.cmdline': 'cmd.exe /c whoami',
  }
  const { parser, events, gaps } = await readWith('search.json', JSON.stringify([process]))
  assert.deepEqual([parser, gaps], ['process-json', []])
  assert.deepEqual(names(events), [
    [
      'windows-sysmon',
      '2026-06-05T02:13:00.000Z',
      'MAIL01',
      process['tgt.process.image.path'],
      'cmd.exe /c whoami',
      process['src.process.image.path'],
      process['src.process.cmdline'],
    ],
  ])
})

test('events of Sysmon listed without their log: the text tells it, and its own time the order of day and month', async () => {
  const text = [
    'TimeCreated : 7/4/2024 3:11:02 AM',
    'Id          : 1',
    'Message     : Process Create:',
    '              UtcTime: 2024-07-04 01:11:02.120',
    '              Image: C:\\Windows\\System32\\whoami.exe',
    '              CommandLine: whoami',
    '              ParentImage: C:\\Windows\\System32\\cmd.exe',
    '              ParentCommandLine: cmd.exe',
  ]
  const { parser, events } = await readWith('sysmon.txt', text.join('\r\n'))
  assert.equal(parser, 'listed-events')
  assert.deepEqual(
    events.map(({ log, time, fields: { CommandLine } }) => [log, iso(time), CommandLine]),
    [['windows-sysmon', '2024-07-04T01:11:02.000Z', 'whoami']],
  )
})
