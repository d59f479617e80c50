import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { type Cost, costOf } from './expressions/cost.ts'
import { expressionsIn, filesBelow } from './expressions/literals.ts'

// Every regular expression of the built program is linear: a hostile text of n characters costs n times a small number.
const root = join(import.meta.dirname, '..')

/** Steps for each character, at most: 4 MB of a page then cost seconds, not hours. */
const MOST = 1_000

/** Expressions that may cost more, with what bounds them where they are used. */
const allowed: Readonly<Record<string, string>> = {
  [String.raw`/\B(?=(\d{3})+$)/g`]: 'asked of one number, at most 25 characters',
  [String.raw`/^\.+|\.+$/g`]: 'asked of a name cut at 64 characters',
  [String.raw`/^<[/!]?([a-z][a-z0-9-]*)((?:\s+[a-zA-Z0-9:-]+(?:="[^"]*")?|x)*)\s*\/?>/`]:
    'asked of the text of templates in the program, in which an x stands for every value',
  [String.raw`/=[^"\s]*$/`]: 'asked of the text of templates in the program',
  [String.raw`/^\s*(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})\.?,?\s+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d{1,7})?)?\s*([AaPp])?\.?\s?[Mm]?\.?\s*$/`]:
    'asked of at most 48 characters',
  [String.raw`/[\s,;|]+([A-Za-z_][A-Za-z0-9_.]{0,63})=|\s*$/y`]:
    'asked once behind each quote, of the run of separators there: no quote is in it, so that no two runs share a character',
  [String.raw`/^(?:.*[._-])?\w*(?:passw(?:or)?d|passphrase|pwd|secret|validationkey|decryptionkey|privatekey|apikey|accesskey|accountkey|sharedkey|clientkey|connectionstring|credentials?|accesstoken|refreshtoken|bearertoken|sastoken)(?:value|text|base64|hash)?$/i`]:
    'asked of a name of at most 256 characters',
  [String.raw`/((?<![\w-])(?:password|passwd|pwd|(?:client)?secret|accountkey|sharedaccesskey|sharedsecret|apikey|api_key|access_token|refresh_token|sig)\s{0,9}=\s{0,9})(?:"[^"]{0,4096}"|'[^']{0,4096}'|(?:&quot;.{0,4096}?&quot;)|[^;"'&<>\s]{1,4096})/gi`]:
    'between two &quot; the first that follows ends the text, so that what is behind one is read for it alone',
  [String.raw`/[+-]?(?:\d*\.\d+|0(?!\d)|[1-9]\d*)/y`]:
    'asked of an indicator list that the user names, not of evidence',
  [String.raw`/[A-Za-z_]\w*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|\/(?:[^/\\\n]|\\.)+\/[is]*|\S/y`]:
    'asked of a rule file that the user names, not of evidence',
  [String.raw`/([^\\/]+\.as[a-z]+)\.[0-9a-f]{1,16}\.compiled$/i`]: 'asked of at most 400 characters',
  [String.raw`/(?:^|\/)logging\/(?:cmdletinfra\/.*cmdlet)(?:\/|$)/`]: 'asked of at most 2,048 characters of a path',
  [String.raw`/(?:^|\/)logging\/(?:cmdletinfra\/.*http)(?:\/|$)/`]: 'asked of at most 2,048 characters of a path',
}

const windows = String.raw`^(?:%(?:windir|systemroot)%|(?:%systemdrive%|[a-z]:)\\windows)\\`
const quoted = `["']{1,2}[^"']{1,256}["']{1,2}|[^\\s"',;|()@{}]{1,256}`
const connector = `[\\s:]+(?:"{1,2}([^"]{1,128})"{1,2}|'{1,2}([^']{1,128})'{1,2}|([^\\s"',;]{1,128}))`
const time = String.raw`(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ`

/** Expressions that are put together when the program runs, as they are written in its source: what they become, with a name for a name. */
const madeOf: Readonly<Record<string, readonly (readonly [pattern: string, flags: string])[]>> = {
  "new RegExp(`\\\\b(${[...PARAMETERS.keys()].join('|')})\\\\b([^\\\\r\\\\n;|]{0,4096})`, 'gi')": [
    [String.raw`\b(get-mailbox|search-mailbox)\b([^\r\n;|]{0,4096})`, 'gi'],
  ],
  "new RegExp(`(?<![\\\\w-])-${parameter}[\\\\s:]+[@(]{0,2}\\\\s?((?:${VALUE})(?:\\\\s?,\\\\s?(?:${VALUE}))*)`, 'i')": [
    [`(?<![\\w-])-mailbox[\\s:]+[@(]{0,2}\\s?((?:${quoted})(?:\\s?,\\s?(?:${quoted}))*)`, 'i'],
  ],
  "new RegExp(VALUE, 'g')": [[quoted, 'g']],
  "new RegExp(`(?<![\\\\p{L}\\\\p{N}])(${alternatives(netbios)})(\\\\\\\\+|%5C|/)([\\\\p{L}\\\\p{N}._$-]{1,64})`, 'giu')":
    [[String.raw`(?<![\p{L}\p{N}])(contoso|fabrikam)(\\+|%5C|/)([\p{L}\p{N}._$-]{1,64})`, 'giu']],
  "new RegExp(`(?<![\\\\p{L}\\\\p{N}._-])(?:${alternatives(long)})(?![\\\\p{L}\\\\p{N}_-])`, 'giu')": [
    [String.raw`(?<![\p{L}\p{N}._-])(?:ann adams|bob brown)(?![\p{L}\p{N}_-])`, 'giu'],
  ],
  "new RegExp(`(?:^|;)'?[A-Za-z][A-Za-z0-9]{0,5}:${key}=(?:<PII>)?([^;<']{1,320})`)": [
    [`(?:^|;)'?[A-Za-z][A-Za-z0-9]{0,5}:name=(?:<PII>)?([^;<']{1,320})`, ''],
  ],
  "new RegExp(`(?:^|\\\\s)-${name}\\\\s+\"`, 'i')": [['(?:^|\\s)-name\\s+"', 'i']],
  'new RegExp(`"${name}"\\\\s*:`, \'i\')': [['"name"\\s*:', 'i']],
  "new RegExp(place, 'i')": [
    [String.raw`${windows}(?:system32|syswow64|sysnative)\\(?:(?:inetsrv|rpcproxy)\\)?[^\\]+$`, 'i'],
    [String.raw`^(?:%systemdrive%|[a-z]:)\\inetpub\\(?:wwwroot|adminscripts|custerr|ftproot)(?:\\|$)`, 'i'],
    [String.raw`^[^\\/:%]+$`, 'i'],
    [String.raw`${windows}(?:system32|servicing)\\(?!(?:spool|tasks|temp|config)\\)`, 'i'],
    [
      String.raw`^(?:%localappdata%|(?:%systemdrive%|[a-z]:)\\users\\[^\\]+\\appdata\\local)\\microsoft\\(?:onedrive|teams)\\`,
      'i',
    ],
  ],
  "new RegExp(String.raw`${windows}(?:system32|syswow64|sysnative)\\\\`, 'i')": [
    [String.raw`${windows}(?:system32|syswow64|sysnative)\\`, 'i'],
  ],
  "new RegExp(`^[ \\\\t]{0,8}${name}[ \\\\t]{0,60}: `, 'm')": [['^[ \\t]{0,8}name[ \\t]{0,60}: ', 'm']],
  "new RegExp(`(?<![\\\\w-])-Name${VALUE}`, 'i')": [[`(?<![\\w-])-Name${connector}`, 'i']],
  "new RegExp(`(?<![\\\\w-])-Identity${VALUE}`, 'i')": [[`(?<![\\w-])-Identity${connector}`, 'i']],
  'new RegExp(`(?:<${name}>|\\\\s${name}=")([^<"]{0,300})`)': [['(?:<name>|\\sname=")([^<"]{0,300})', '']],
  "new RegExp(`\\\\b${property}\\\\s*=\\\\s*\"`, 'i')": [['\\bname\\s*=\\s*"', 'i']],
  "new RegExp(`${times.source} to ${times.source}`, 'g')": [[`${time} to ${time}`, 'g']],
  "new RegExp(times.source, 'g')": [[time, 'g']],
  'new RegExp(String.raw`(?:^|[/_])${name}(?:[/_]|$)`)': [['(?:^|[/_])w3svc\\d{1,12}(?:[/_]|$)', '']],
  // Patterns of rules, which are judged before: see test/rules/regex-guard.test.ts.
  'new RegExp(source, flags)': [],
  // One of the program's own, with another flag.
  'new RegExp(call.source, `${call.flags}g`)': [],
  'new RegExp(write(node, astral ? v8Unicode : v8), flags)': [],
}

/** Packages that evidence passes through as JavaScript; YAML is read of rules and options only. */
const packages = ['re2js/build/index.js']

const program = expressionsIn(filesBelow(join(root, 'dist'), '.js'), join(root, 'dist'))
const libraries = expressionsIn(packages, join(root, 'node_modules'))
const isPlain = ({ exponential, factor }: Cost): boolean => !exponential && factor <= MOST

describe('regular expressions', () => {
  it('the program was built', () => {
    assert.ok(existsSync(join(root, 'dist/cli/main.js')))
    // A search that finds hardly any is a search that is broken.
    assert.ok(program.constant.size > 1_000, String(program.constant.size))
  })

  it('every one of the program and of packages that read evidence is linear', () => {
    const wrong: string[] = []
    for (const [key, { pattern, flags, at }] of [...program.constant, ...libraries.constant]) {
      const cost = costOf(pattern, flags)
      if (!isPlain(cost) && allowed[key] === undefined)
        wrong.push(
          `${at[0]}: ${key} ${cost.exponential ? 'is exponential' : `costs ${cost.factor} for each character`}`,
        )
    }
    assert.deepEqual(wrong, [])
  })

  it('what is allowed is still there, and still needs to be', () => {
    for (const key of Object.keys(allowed)) {
      const one = program.constant.get(key)
      assert.ok(one, key)
      assert.ok(!isPlain(costOf(one.pattern, one.flags)), key)
    }
  })

  it('those that are put together when the program runs are linear', () => {
    const sources = ['src', 'web']
      .flatMap((folder) =>
        [...filesBelow(join(root, folder), '.ts'), ...filesBelow(join(root, folder), '.tsx')]
          .filter((file) => !file.startsWith('prefilter/assembly/'))
          .map((file) => `${folder}/${file}`),
      )
      .filter((file) => readFileSync(join(root, file), 'utf8').includes('RegExp'))
    const { made } = expressionsIn(sources, root)
    assert.deepEqual([...made].sort(), Object.keys(madeOf).sort())
    for (const [pattern, flags] of Object.values(madeOf).flat()) {
      // Both ways: the sample is an expression, and what it costs.
      assert.ok(new RegExp(pattern, flags))
      assert.ok(isPlain(costOf(pattern, flags)), pattern)
    }
  })
})

describe('what an expression costs', () => {
  const linear: readonly (readonly [pattern: string, flags: string, factor: number])[] = [
    ['abc', '', 1],
    ['^(a|b)*c', '', 1],
    ['"[^"]*"', '', 1],
    ['x.*', '', 1],
    ['x[^]*$', '', 1],
    ['x.*$', 'm', 1],
    [String.raw`\b\w+=`, '', 1],
    [String.raw`(?<!\w)\w+=`, '', 1],
    [String.raw`^(?:[^"\\]|\\.)*"`, '', 1],
    [String.raw`^\s*(?:Record \d+\s*)+$`, '', 1],
    ['[a-z]{100,}=?', 'g', 100],
    [String.raw`x\w{0,80}=`, '', 80],
    ['a.{0,200}b.{0,100}c', '', 20_000],
  ]
  for (const [pattern, flags, factor] of linear)
    it(`/${pattern}/${flags}: ${factor} for each character`, () =>
      assert.deepEqual(costOf(pattern, flags), { factor, exponential: false }))

  const polynomial = [
    [String.raw`\/+$`, ''],
    [String.raw`\s+$`, ''],
    ['"[^,]*"', ''],
    ['x.*$', ''],
    [String.raw`\w+=`, ''],
    [String.raw`\s*,\s*`, ''],
    ['^[a-z]+[a-z0-9]+$', ''],
    ['(?=[^]*x)a', ''],
    [String.raw`^\s*\[?\s*\{`, ''],
    ['(?:a*b|a)*', 'g'],
    [String.raw`(?:[\w-]{1,63}\.)+[a-z]{2,63}`, ''],
    [String.raw`(["'])(.*)\1`, ''],
  ] as const
  for (const [pattern, flags] of polynomial)
    it(`/${pattern}/${flags} grows faster than the text`, () =>
      assert.deepEqual(costOf(pattern, flags), { factor: Infinity, exponential: false }))

  const exponential = [
    ['(a*)*b', ''],
    ['(a|a)*b', ''],
    ['(x+x+)+y', ''],
    [String.raw`^(?:\s*Record \d+\s*)+$`, ''],
    [String.raw`\((?:(?:&h|0x)?[0-9a-f]{1,4}\s{0,4},?\s{0,4}){1,200}\)`, 'gi'],
    [String.raw`^(?:(?!-->)[^]|\s)*-->`, ''],
  ] as const
  for (const [pattern, flags] of exponential)
    it(`/${pattern}/${flags} is exponential`, () => assert.ok(costOf(pattern, flags).exponential))

  for (const [pattern, why] of [
    ['(a?){50}', /may be empty/],
    ['(?<=a[^]*)b', /look-behind/],
  ] as const)
    it(`/${pattern}/ is not judged, and so not accepted`, () => assert.throws(() => costOf(pattern, ''), why))
})
