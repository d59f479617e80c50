import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import { entered } from '../core/ablation.ts'
import { type Damage, damaged } from '../core/damage.ts'
import { casesOf } from '../tenth.ts'

// An intruder adds files that would explain his acts: other people who use his page, earlier days of the same, a harmless
// page of the same name, a copy of what a page was compiled to. Only what the server wrote itself explains.

const DAY = 86_400_000
const FIELDS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'

/** A log in which many people use these pages on many days. */
function usedByPeople(stems: readonly string[], first: number, withNames: boolean): Buffer {
  const rows = stems.flatMap((stem) =>
    Array.from({ length: 60 }, (_, i) => {
      const time = new Date(first + (i % 12) * DAY + 9 * 3_600_000 + i * 1000).toISOString()
      const user = withNames ? `CONTOSO\\user${i % 12}` : '-'
      return `${time.slice(0, 10)} ${time.slice(11, 19)} 10.0.0.5 ${i % 2 ? 'GET' : 'POST'} ${stem} - 443 ${user} 198.51.100.${20 + (i % 40)} Mozilla/5.0 - 200 0 0 12`
    }),
  )
  return Buffer.from(
    `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${FIELDS}\r\n${rows.join('\r\n')}\r\n`,
  )
}

const folders = [
  'C/Windows/Temp',
  'C/inetpub/wwwroot/logs',
  'C/ProgramData',
  'D/logs/W3SVC1',
  'C/inetpub/logs/LogFiles/W3SVC1',
  'C/inetpub/logs/LogFiles/W3SVC1/old',
]

function forged(whole: Assessment, bytesOf: (path: string) => Buffer | undefined): Damage[] {
  const first = Date.parse(whole.coverage.first!)
  const counting = whole.findings.filter(({ is }) => is === 'yes' || is === 'likely')
  const targets = [...new Set(counting.flatMap(({ target }) => target ?? []))]
  const stems = targets.filter((one) => one.startsWith('/')).map((one) => one.replace(/\?.*/s, ''))
  const pages = targets
    .map((one) => one.replaceAll('\\', '/').replace(/\?.*/s, ''))
    .filter((one) => /\.aspx$/i.test(one))
  const files = [...new Set(counting.flatMap(({ locators }) => locators.map(({ path }) => path)))]
  const plain = Buffer.from('<%@ Page Language="C#" %><html><body>ok</body></html>\n')
  return [
    ...folders.flatMap((folder) =>
      [true, false].map((withNames) => ({
        name: `people in ${folder}, ${withNames ? 'with' : 'without'} names`,
        files: new Map([[`${folder}/u_ex010101.log`, usedByPeople(stems, first, withNames)]]),
      })),
    ),
    ...['C/Users/Public', 'C/Windows/Temp', 'C/ProgramData/wwwroot', 'D'].map((folder) => ({
      name: `harmless pages in ${folder}`,
      files: new Map(pages.map((page) => [`${folder}/${page.split('/').slice(-2).join('/')}`, plain])),
    })),
    ...['C/Windows/Temp', 'D/copies'].map((folder) => ({
      name: `copies in ${folder}`,
      files: new Map(
        files.flatMap((path) => {
          const bytes = bytesOf(path)
          return bytes === undefined ? [] : [[`${folder}/${path.split('/').at(-1)!}`, bytes] as const]
        }),
      ),
    })),
  ]
}

for (const name of casesOf([
  'proxylogon-2021/compromised/only-the-compiled-page',
  'proxyshell-2021/compromised/certificate-page',
  'any-intrusion/compromised/page-of-one-client',
])) {
  test(`${name}: nothing that is added explains what happened`, async () => {
    const server = entered.find((one) => one.name === name)!
    const weaker: string[] = []
    const order = ['not-asked', 'no-evidence', 'targeted', 'cannot-tell', 'likely', 'yes']
    const runs = await damaged(
      server,
      (files, whole) => {
        const known = new Map(files.map(({ path, bytes }) => [path.replace(/\.enc$/, ''), bytes]))
        return forged(whole, (path) => known.get(path))
      },
      (damage, result, whole) => {
        if (result.verdict.is !== whole.verdict.is) weaker.push(`${damage.name}: ${result.verdict.is}`)
        for (const { question, is } of whole.answers) {
          const now = result.answers.find((answer) => answer.question === question)!.is
          if (order.indexOf(now) < order.indexOf(is)) weaker.push(`${damage.name}: ${question} was ${is} and is ${now}`)
        }
      },
    )
    assert.ok(runs > 10)
    assert.deepEqual(weaker, [])
  })
}
