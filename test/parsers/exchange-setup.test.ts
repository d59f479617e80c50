import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../../src/model/event.ts'
import { exchangeSetup } from '../../src/parsers/exchange/setup-log.ts'
import { choose } from '../../src/parsers/index.ts'
import type { Head } from '../../src/parsers/parser.ts'

const headOf = (text: string, path = 'x.log'): Head => ({
  path,
  windowsPath: null,
  size: text.length,
  bytes: Buffer.from(text),
  text,
})

async function factsOf(text: string): Promise<string[]> {
  const facts: Fact[] = []
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text)
  }
  const sink = { event: () => assert.fail('no events'), gap: () => {}, fact: (fact: Fact) => void facts.push(fact) }
  await exchangeSetup.read({ ...headOf(text), modified: null, chunks }, sink)
  return facts.flatMap((fact) =>
    fact.fact === 'build' ? [`build ${fact.build}`] : fact.fact === 'installed' ? ['installed'] : [],
  )
}

/** One session: month and day, build, messages. */
const session = (day: string, build: string, ...messages: string[]): string =>
  [`Starting Microsoft Exchange Server 2019 Setup`, `Setup version: ${build}.`, ...messages, 'End of Setup']
    .map((message, i) => `[${day}/2021 10:00:${10 + i}.0000] [0] ${message}\r\n`)
    .join('')
const mode = (name: string): string => `The installation mode is set to: '${name}'.`
const roles = (names: string): string => `The following roles are installed: ${names}`
const done = 'The Exchange Server setup operation completed successfully.'

for (const [name, text, expected] of [
  [
    'a first installation',
    session('01/10', '15.2.792.3', mode('Install'), roles(''), done),
    ['build 15.2.792.3', 'installed'],
  ],
  [
    'management tools make no server',
    session('01/10', '15.2.792.3', mode('Install'), roles('AdminToolsRole'), done),
    ['build 15.2.792.3', 'installed'],
  ],
  [
    'a role more on a server that was there',
    session('01/10', '15.2.792.3', mode('Install'), roles('MailboxRole'), done),
    ['build 15.2.792.3'],
  ],
  [
    'what was upgraded before was there before',
    session('01/10', '15.2.792.3', mode('BuildToBuildUpgrade'), done) +
      session('02/10', '15.2.792.3', mode('Uninstall'), done) +
      session('03/10', '15.2.858.5', mode('Install'), roles(''), done),
    ['build 15.2.792.3', 'build 15.2.858.5'],
  ],
  [
    'the backup copy that an unfinished setup left is no installation of that build',
    session(
      '01/10',
      '15.2.858.5',
      mode('BuildToBuildUpgrade'),
      "The backup copy of the previously installed version is '15.2.792.3'.",
      'The locally installed version is 15.2.792.3.',
      roles('MailboxRole'),
      done,
    ),
    ['build 15.2.858.5'],
  ],
  ['a server that was recovered', session('01/10', '15.2.792.3', mode('DisasterRecovery'), done), ['build 15.2.792.3']],
  [
    'the mode of the command line alone',
    session('01/10', '15.2.792.3', "Command Line Parameter Name='mode', Value='Upgrade'.", done),
    ['build 15.2.792.3'],
  ],
  [
    'a directory that was prepared',
    session('01/10', '15.2.792.3', "Command Line Parameter Name='preparead', Value=''.", done),
    [],
  ],
  [
    'prepared, whatever mode setup takes that for',
    session('01/10', '15.2.792.3', "Command Line Parameter Name='prepareschema', Value=''.", mode('Install'), done),
    [],
  ],
  [
    'an update that failed says what ran before it',
    session(
      '03/06',
      '15.2.858.5',
      roles('MailboxRole AdminToolsRole'),
      mode('BuildToBuildUpgrade'),
      'The locally installed version is 15.2.792.3.',
      "The Exchange Server setup operation didn't complete.  More details can be found in ExchangeSetup.log",
    ),
    ['build 15.2.792.3'],
  ],
  [
    'and so does one of the directory alone',
    session(
      '03/06',
      '15.2.858.5',
      "Command Line Parameter Name='preparead', Value=''.",
      roles('MailboxRole'),
      'The locally installed version is 15.2.792.3.',
      done,
    ),
    ['build 15.2.792.3'],
  ],
  [
    'after half an installation, and without roles, nothing ran',
    session('03/06', '15.2.858.5', roles('MailboxRole'), 'The locally installed version is 15.2.858.5.') +
      session('03/07', '15.2.858.5', roles('AdminToolsRole'), 'The locally installed version is 15.2.792.3.'),
    [],
  ],
  ['no success without its sentence', session('01/10', '15.2.792.3', mode('Install')), []],
  [
    'errors after the sentence',
    session(
      '01/10',
      '15.2.792.3',
      mode('Install'),
      done,
      'Setup is stopping now because of one or more critical errors.',
    ),
    [],
  ],
  ['a version that is none', session('01/10', '15.2.0.0', mode('Install'), roles(''), done), ['installed']],
  ['quoted sentences are none', session('01/10', '15.2.792.3', mode('Install'), `note: ${done}`), []],
] as const) {
  test(name, async () => assert.deepEqual(await factsOf(text), expected))
}

test('its lines are known under any name, and those of other programs are not', () => {
  assert.equal(choose(headOf(session('01/10', '15.2.792.3'))).name, 'exchange-setup')
  assert.equal(choose(headOf('[01/10/2021 10:00:00.0000] [0] Copying Files...\n')).name, 'scan')
  assert.equal(choose(headOf('[01/10/2021 10:00:00] Setup version: 1.2.3.4\n', 'ExchangeSetup.log')).name, 'scan')
})
