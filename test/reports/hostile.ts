import assert from 'node:assert/strict'
import type { Assessment } from '../../src/model/assessment.ts'
import { fixture } from './fixture.ts'
import { published, wrongs } from './validate.ts'

// Every text of an assessment that is not one of a closed list is filled with what means harm, one kind after the other, and
// every form of the answer is written: none may carry it on as script, formula, escape or anything else that acts. A form
// that joins src/reports is held to this, too.

export const kinds: Readonly<Record<string, string>> = {
  markup: '<script>document.title="owned"</script><!-- ]]> </title><img src=x onerror="document.title=1">',
  'addresses that act':
    'javascript:document.title=1 data:text/html,<b> <meta http-equiv="refresh" content="0;url=//x">',
  'end of a script in JSON': '</script\u2028\u2029\\u003c<!--<script>',
  'half of a character': 'a\ud83d',
  'the other half': '\ude00b',
  formula: '=HYPERLINK("http://192.0.2.66/","x")',
  'formula behind a blank': " \t\r\n=cmd|' /C calc'!A0",
  'formula of full width': '＝1+1',
  plus: '+1+1',
  minus: '-1+1|x',
  at: '@SUM(1+1)',
  terminal: '\u001b[2J\u001b]8;;http://192.0.2.66\u0007\u001b]52;c;eA==\u0007\u009b31m\r\b\u0000',
  'turned text': 'exe.\u202ecod\u2066\u200b\ufeff\u00ad\u034f',
  template: '{{7*7}} ${jndi:ldap://192.0.2.66/a} <%= 7*7 %> #{7*7} %n%s {{constructor.constructor("x")()}} {0}',
  shell: '; touch x # $(touch x) `touch x` %COMSPEC% | && -rf',
  prototype: '__proto__',
  constructor: 'constructor',
  'way out': '../../../etc/passwd',
  'yaml and csv': '"\n- scope: x\r\n","',
  markdown: '[x](http://192.0.2.66) ![x](//192.0.2.66/a.png) | `x` **x** www.example.com a@example.com',
  pattern: "x' OR [file:name = 'y'] \\",
  'very long': `x${'\u0301'.repeat(50)}${'A'.repeat(40_000)}<script>`,
  nothing: '',
}

type Schema = Readonly<Record<string, ReturnType<typeof JSON.parse>>>
const schema = published('assessment') as Schema

/** The value with the text in place of each that the schema leaves open; keys of open maps are filled, too. */
function filled(value: unknown, at: Schema, evil: string): unknown {
  if (at.$ref === '#/$defs/Time') return value
  if (typeof at.$ref === 'string') return filled(value, schema.$defs[at.$ref.split('/').at(-1)!] as Schema, evil)
  if (at.anyOf) {
    const fits = (at.anyOf as Schema[]).find((one) => wrongs({ ...one, $defs: schema.$defs }, value).length === 0)
    assert.ok(fits, JSON.stringify(at).slice(0, 200))
    return filled(value, fits, evil)
  }
  if (typeof value === 'string') return at.enum || at.const ? value : evil
  if (Array.isArray(value)) return value.map((one, i) => filled(one, (at.prefixItems?.[i] ?? at.items) as Schema, evil))
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value).flatMap(([key, one]) => {
    const known = at.properties?.[key] as Schema | undefined
    const text = filled(one, known ?? (at.additionalProperties as Schema), evil)
    return known
      ? [[key, text]]
      : [
          [key, text],
          [`${key}${evil.slice(0, 200)}`, text],
          [evil.slice(0, 200), text],
        ]
  })
  return Object.fromEntries(fields as [string, unknown][])
}

/** Names of facts that forms look for. */
const facts = Object.fromEntries(
  'cs-method cs-uri-stem cs-user-agent sc-status SsrfTo SsrfHost ActAsUser ImpersonatedUser Image ParentImage CommandLine Parameters TargetFilename sha256'
    .split(' ')
    .map((name) => [name, 'x']),
)

/** The fixture, filled, with every fact; two findings of it lead to indicators whose names and titles are hostile. */
export function hostile(evil: string): Assessment {
  const base = { ...fixture, findings: fixture.findings.map((f) => ({ ...f, facts: { ...f.facts, ...facts } })) }
  const made = filled(JSON.parse(JSON.stringify(base)), schema, evil) as Assessment
  const proof = { stage: 'shell', is: 'yes', level: 'critical', confidence: 'high', notes: [] } as const
  const [first, second, ...rest] = made.findings
  const digest = 'ab'.repeat(32)
  return {
    ...made,
    findings: [
      { ...first!, ...proof, client: '203.0.113.5', facts: { ...first!.facts, sha256: digest } },
      { ...second!, ...proof, target: '/aspnet_client/x.aspx', cves: ['CVE-2021-26855'], attack: ['T1190', evil] },
      ...rest,
    ],
    actors: made.actors.map((actor) => ({ ...actor, named: true })),
  }
}
