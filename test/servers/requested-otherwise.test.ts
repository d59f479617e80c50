import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import { entered } from '../core/ablation.ts'
import { type Damage, damaged } from '../core/damage.ts'
import { casesOf } from '../tenth.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import { actsOf } from './forged-evidence.ts'

// What an intruder can choose in his own requests: other ways to write the path of his page, and a header that is too long for the log.

/** A token that ASP.NET takes out of a path, whatever it is. */
const TOKEN = '(S(abcdefghijklmnopqrstuvwx))'
const paths: Readonly<Record<string, (path: string) => string>> = {
  'a token in front': (path) => `/${TOKEN}${path}`,
  'a token within': (path) => path.replace(/\/([^/]*)$/, `/${TOKEN}/$1`),
  'two tokens': (path) => `/${TOKEN}${path.replace(/\/([^/]*)$/, '/(A(x)F(y))/$1')}`,
  'a name behind': (path) => `${path}/x.js`,
}

const LOG = /\/(?:LogFiles|HttpProxy)\//

/** The same requests with other paths, in all logs of the front end. */
function otherPaths(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const pages = new Set(whole.findings.flatMap(({ is, target }) => (/^(?:yes|likely)$/.test(is) ? (target ?? []) : [])))
  const ofPages = [...pages].filter((page) => /^\/.*\.(?:aspx|ashx)$/i.test(page))
  return Object.entries(paths).map(([name, change]) => ({
    name,
    files: changed(files, (text) => ofPages.reduce((all, page) => all.replaceAll(page, change(page)), text)),
  }))
}

function changed(files: readonly EvidenceFile[], change: (text: string) => string): Map<string, Buffer> {
  const all = new Map<string, Buffer>()
  for (const { path, bytes } of files) {
    const text = bytes.toString('utf8')
    const now = LOG.test(path) ? change(text) : text
    if (now !== text) all.set(path, Buffer.from(now))
  }
  return all
}

for (const name of casesOf([
  'any-intrusion/compromised/page-of-one-client',
  'any-intrusion/compromised/page-polled-from-inside',
  'post-exploitation/compromised/page-below-ecp-used-by-one-client',
  'post-exploitation/compromised/commands-to-a-page-elsewhere',
  'post-exploitation/compromised/tunnel-page-in-iis-alone',
]))
  test(`${name}: a page is the same page, whatever its path is written like`, () => staysCompromised(name, otherPaths))

/** A page runs with any method that the configuration gives it. */
function otherMethods(files: readonly EvidenceFile[]): Damage[] {
  return ['PATCH', 'MAKEUP'].map((method) => ({
    name: method,
    files: changed(files, (text) => text.replaceAll(/(?<=[ ,])POST(?=[ ,].*(?:phonelist|frontdesk)\.aspx)/g, method)),
  }))
}

for (const name of casesOf([
  'any-intrusion/compromised/page-visited-through-many-addresses',
  'any-intrusion/compromised/page-of-one-client',
]))
  test(`${name}: a page is used, whatever the method`, () => staysCompromised(name, otherMethods, 2))

/** The address that the balancer adds behind what the client sends is cut off. */
function longHeaders(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const { clients } = actsOf(whole)
  const people = '203.0.113.9,+'.repeat(400)
  const forms: Readonly<Record<string, string>> = {
    'cut within an address': people.slice(0, 4096),
    'cut behind an address': people.slice(0, 4095 - 4),
    'three dots': '...',
    'an end of three dots': `${people.slice(0, 4093)}...`,
  }
  return Object.entries(forms).map(([name, header]) => ({
    name,
    files: changed(files, (text) =>
      clients.reduce((all, client) => all.replaceAll(new RegExp(` ${client}(?=\r?\n)`, 'g'), ` ${header}`), text),
    ),
  }))
}

for (const name of casesOf([
  'any-intrusion/compromised/sprayed-behind-a-balancer',
  'any-intrusion/compromised/guessed-at-the-form-behind-a-balancer',
]))
  test(`${name}: a header that is too long for the log hides no guessing`, () => staysCompromised(name, longHeaders))

async function staysCompromised(name: string, choose: Parameters<typeof damaged>[1], kinds = 4): Promise<void> {
  const server = entered.find((one) => one.name === name)!
  const weaker: string[] = []
  const runs = await damaged(server, choose, (damage, { verdict }) => {
    if (damage.files.size === 0) weaker.push(`${damage.name}: nothing is changed`)
    if (verdict.is !== 'compromised') weaker.push(`${damage.name}: ${verdict.is}`)
  })
  assert.equal(runs, kinds)
  assert.deepEqual(weaker, [])
}
