import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../../src/model/event.ts'
import { choose } from '../../../src/parsers/index.ts'

const TEXT = [
  'Windows Registry Editor Version 5.00',
  '',
  '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\sample]',
  '"Type"=dword:00000020',
  '"Start"=dword:00000002',
  '"ImagePath"="%SystemRoot%\\\\System32\\\\svchost.exe -k netsvcs"',
  '"Description"="says \\"hello\\""',
  '',
  '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\sample\\Parameters]',
  '"ServiceDll"=hex(2):43,00,3a,00,5c,00,61,\\',
  '  00,2e,00,64,00,6c,00,6c,00,00,00',
  '',
  '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run]',
  '@=""',
  '"start"="C:\\\\Users\\\\Public\\\\a.exe"',
  'this is no value',
].join('\r\n')

async function reading(text: string, bytes: Buffer): Promise<{ name: string; events: Event[]; gaps: string[] }> {
  const head = { path: 'keys.reg', windowsPath: null, size: bytes.length, bytes, text }
  const events: Event[] = []
  const gaps: string[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const parser = choose(head)
  await parser.read(
    { ...head, modified: null, chunks },
    { event: (event) => events.push(event), gap: ({ detail }) => gaps.push(detail ?? ''), fact: () => {} },
  )
  return { name: parser.name, events, gaps }
}

for (const [encoding, bytes] of [
  ['UTF-16, as reg export writes it', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-8, as it was saved again', Buffer.from(TEXT)],
] as const)
  test(`keys of the registry in a text of ${encoding}: a service with its library, and what is started`, async () => {
    const { name, events, gaps } = await reading(TEXT, bytes)
    assert.equal(name, 'exported-registry')
    assert.deepEqual(gaps, ['text that is no value of a key'])
    const service = events.find(({ log }) => log === 'services')
    assert.deepEqual(
      [service?.fields.ServiceName, service?.fields.ServiceDll, service?.fields.StartType, service?.fields.Description],
      ['sample', 'C:\\a.dll', 'auto', 'says "hello"'],
    )
    assert.equal(service?.time, null)
    const start = events.find(({ fields }) => fields.Name === 'start')
    assert.equal(start?.fields.Command, 'C:\\Users\\Public\\a.exe')
  })

test('keys as reg query prints them: a service with its library, and packages of the security authority', async () => {
  const text = [
    'C:\\>reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\sample /s',
    '',
    'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\sample',
    '    Type    REG_DWORD    0x20',
    '    Start    REG_DWORD    0x2',
    '    ImagePath    REG_EXPAND_SZ    %SystemRoot%\\System32\\svchost.exe -k sample',
    '',
    'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\sample\\Parameters',
    '    ServiceDll    REG_EXPAND_SZ    C:\\a.dll',
    '',
    'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa',
    '    Notification Packages    REG_MULTI_SZ    scecli\\0sample',
  ].join('\r\n')
  const { name, events } = await reading(text, Buffer.from(text))
  assert.equal(name, 'exported-registry')
  const service = events.find(({ log }) => log === 'services')
  assert.deepEqual(
    [service?.fields.ServiceName, service?.fields.ServiceDll, service?.fields.StartType],
    ['sample', 'C:\\a.dll', 'auto'],
  )
  assert.ok(events.some(({ fields }) => String(fields.Command ?? '').includes('sample')))
})

const SERVICE = TEXT.split('\r\n').slice(2, 12)

for (const [name, lines, expected] of [
  ['its key over again', [...SERVICE, SERVICE[0]!, '"ImagePath"="x"'], 'a value over again'],
  ['a value over again', [...SERVICE.slice(0, 4), '"Start"=dword:00000004', ...SERVICE.slice(4)], 'a value over again'],
  ['a value that is open', ['"x"=hex:00,\\', ...SERVICE], 'a value that breaks off'],
  ['a comment', [SERVICE[0]!, `;${SERVICE[3]!}`, ...SERVICE.slice(1)], 'text that is no value of a key'],
] as const)
  test(`a service in an exported registry is found or a gap, with ${name}`, async () => {
    const text = ['Windows Registry Editor Version 5.00', '', ...lines].join('\r\n')
    const { events, gaps } = await reading(text, Buffer.from(text))
    assert.ok(gaps.includes(expected), gaps.join())
    assert.equal(events.find(({ log }) => log === 'services')?.fields.ServiceDll, 'C:\\a.dll')
  })
