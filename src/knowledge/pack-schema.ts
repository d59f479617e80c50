import { lookups } from '../model/rule.ts'
import { actionSubjects, actionTargets } from '../model/response.ts'
import { reached } from '../model/reached.ts'
import { type Question } from '../model/answer.ts'
import { signKinds, strengths, subjectKinds } from '../model/sign.ts'
import { levels, persistences, stages } from '../model/stages.ts'
import { assessments } from '../model/campaign.ts'
import { isKnownKind, knownKinds } from '../model/log-kinds.ts'
import { meant } from '../lib/meant.ts'

/** Names that a pack.yml may refer to, defined elsewhere. */
export type PackNames = {
  /** Product ids of `knowledge/products.csv`. */
  readonly products: ReadonlySet<string>
  /** Names and ids of the rules of this pack, and those of all packs. */
  readonly own: ReadonlySet<string>
  readonly all: ReadonlySet<string>
  /** Ids of the actions of all packs. */
  readonly actions: ReadonlySet<string>
  /** Vulnerabilities of knowledge/cves.csv; where they are not given, any may be named. */
  readonly cves?: ReadonlySet<string>
}

/** A problem in the content of a pack.yml: its place (`needs.exploited[0]`) and what was expected. */
export function schemaProblems(doc: unknown, names: PackNames): string[] {
  const problems = packShape(names)(doc, '')
  if (!isMap(doc)) return problems
  if (doc.exploitation !== undefined) {
    for (const key of campaignKeys)
      if (doc[key] === undefined) problems.push(`${key}: a pack with an exploitation period needs it`)
    const { from, to } = isMap(doc.exploitation) ? doc.exploitation : {}
    if (typeof from === 'string' && typeof to === 'string' && from > to)
      problems.push('exploitation: it ends before it begins')
  }
  const cves = new Set(listed(doc.cves))
  for (const cve of listed(doc.vulnerabilities))
    if (!cves.has(cve))
      problems.push(`vulnerabilities: ${shown(cve)} is not among the cves of the pack${meant(cve, cves)}`)
    else if (names.cves && /^CVE-/.test(cve) && !names.cves.has(cve))
      problems.push(
        `vulnerabilities: no build is known to be vulnerable to ${shown(cve)}: it is not in knowledge/cves.csv${meant(cve, names.cves)}`,
      )
  return problems
}

const campaignKeys = ['cves', 'vulnerabilities', 'products', 'needs', 'cannotSee', 'references', 'wouldChange'] as const

type Check = (value: unknown, at: string) => string[]

const questions = 'exposed targeted exploited compromised mail-taken still-there'.split(' ') as readonly Question[]
const answers = 'yes likely no-evidence cannot-tell not-asked'.split(' ')

function packShape({ products, own, all, actions }: PackNames): Check {
  const cve = like(/^CVE-\d{4}-\d{4,7}$/, 'a CVE id')
  return map(
    {
      id: like(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and hyphens'),
      name: text,
      summary: text,
      cves: list(cve),
      vulnerabilities: list(cve),
      products: list(among(products, 'product of knowledge/products.csv')),
      exploitation: map({ from: day, to: day, massFrom: day }, ['from', 'to']),
      assess: word(assessments),
      general: truth,
      needs: keyed(questions, list(list(kind))),
      needsOf: keyed(withTenant(products), keyed(questions, list(list(kind))), 'product of knowledge/products.csv'),
      wouldChangeOf: keyed(withTenant(products), keyed(questions, wanted), 'product of knowledge/products.csv'),
      cannotSee: list(text),
      wouldChange: keyed(questions, wanted),
      references: list(like(/^https?:\/\/\S+$/, 'an address that begins with https://')),
      rules: keyed(own, rule(cve), 'rule of this pack'),
      actions: list(action(all, actions)),
    },
    ['id', 'name', 'summary'],
  )
}

/** Products whose logs a question may need: those of the table, and tenants, which have no builds. */
function withTenant(products: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...products, 'exchange-online'])
}

/** Entries of pack.yml for borrowed rules and for hits of a list; a rule of the pack has its own. */
function rule(cve: Check): Check {
  return map(
    {
      stage: word(stages),
      subject: word(subjectKinds),
      sign: word(signKinds),
      strength: word(strengths),
      level: word(levels),
      cves: list(cve),
      falsepositives: list(text),
      next: list(text),
      persistence: word(persistences),
      accessMethod: text,
      known: text,
      stageWhenCorrelated: word(stages),
      requiresChain: truth,
      computedBy: text,
      lookup: word(lookups),
      writesFile: truth,
      byServer: truth,
      leavesOpen: truth,
      author: text,
      license: text,
    },
    ['stage', 'subject', 'sign', 'strength'],
  )
}

function action(rules: ReadonlySet<string>, actions: ReadonlySet<string>): Check {
  return (value, at) => actionShape(rules, actions, isMap(value) && value.shared === true)(value, at)
}

/** Title and reason of an action of shared/actions.yml are there. */
function actionShape(rules: ReadonlySet<string>, actions: ReadonlySet<string>, isShared: boolean): Check {
  return map(
    {
      id: text,
      shared: truth,
      for: word(actionTargets),
      after: among(actions, 'action of a pack'),
      title: text,
      why: text,
      how: list(text),
      sideEffects: list(text),
      about: list(word(actionSubjects)),
      verify: list(text),
      when: map({
        questions: list(word(questions)),
        is: list(word(answers)),
        of: word(reached),
        rules: list(among(rules, 'rule of a pack')),
        persistence: list(word(persistences)),
      }),
    },
    isShared ? ['id'] : ['id', 'title', 'why'],
  )
}

/** A log kind that a parser gives. `httpproxy-*` is every protocol seen. */
const kind: Check = (value, at) =>
  typeof value === 'string' && (value === 'httpproxy-*' || isKnownKind(value))
    ? []
    : [`${at}: ${shown(value)} is no log kind that a parser gives${meant(String(value), knownKinds)}`]

/** A text, or a list of texts and of `{what, logs}`: those whose logs are there and whole are left out of an answer. */
const wanted: Check = (value, at) =>
  typeof value === 'string'
    ? text(value, at)
    : list((one, place) =>
        typeof one === 'string'
          ? text(one, place)
          : map({ what: text, logs: list(list(kindOrEvent)) }, ['what', 'logs'])(one, place),
      )(value, at)

/** A log kind, or one with the id of the events that must be recorded there. */
const kindOrEvent: Check = (value, at) =>
  kind(typeof value === 'string' ? value.replace(/^(windows-[a-z]+)\/\d{1,5}$/, '$1') : value, at)

const text: Check = (value, at) =>
  typeof value === 'string' && value.trim() !== '' ? [] : [wants(at, 'a text', value)]
const truth: Check = (value, at) => (typeof value === 'boolean' ? [] : [wants(at, 'true or false', value)])

const day: Check = (value, at) => {
  const isDay =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(value) &&
    new Date(Date.parse(value) || 0).toISOString().startsWith(value)
  return isDay ? [] : [wants(at, 'a day like 2021-03-01', value)]
}

const like =
  (pattern: RegExp, what: string): Check =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? [] : [wants(at, what, value)]

const word = (words: readonly string[]): Check => {
  const known = new Set(words)
  return (value, at) =>
    typeof value === 'string' && known.has(value)
      ? []
      : [`${wants(at, `one of ${words.join(', ')}`, value)}${meant(String(value), words)}`]
}

const among =
  (known: ReadonlySet<string>, what: string): Check =>
  (value, at) =>
    typeof value === 'string' && known.has(value)
      ? []
      : [`${at}: there is no ${what} ${shown(value)}${meant(String(value), known)}`]

const list =
  (each: Check): Check =>
  (value, at) =>
    Array.isArray(value) ? value.flatMap((one, i) => each(one, `${at}[${i}]`)) : [wants(at, 'a list', value)]

/** A map whose keys are names from elsewhere. */
function keyed(known: Iterable<string>, each: Check, what = 'question'): Check {
  const names = new Set(known)
  return (value, at) =>
    isMap(value)
      ? Object.entries(value).flatMap(([key, one]) =>
          names.has(key) ? each(one, `${at}.${key}`) : [`${at}: there is no ${what} ${shown(key)}${meant(key, names)}`],
        )
      : [wants(at, 'a map', value)]
}

/** A map of these keys and no others: what is mistyped would otherwise count for nothing, in silence. */
function map(shape: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (value, at) => {
    if (!isMap(value)) return [wants(at || 'pack.yml', 'a map', value)]
    const below = (key: string): string => (at === '' ? key : `${at}.${key}`)
    return [
      ...required.filter((key) => value[key] === undefined).map((key) => `${below(key)}: it is missing`),
      ...Object.entries(value).flatMap(([key, one]) =>
        Object.hasOwn(shape, key)
          ? shape[key]!(one, below(key))
          : [
              `${below(key)}: there is no such key; known are ${Object.keys(shape).join(', ')}${meant(key, Object.keys(shape))}`,
            ],
      ),
    ]
  }
}

const wants = (at: string, what: string, value: unknown): string =>
  `${at}: ${what} is wanted, and it is ${shown(value)}`

function shown(value: unknown): string {
  return value === undefined ? 'missing' : (JSON.stringify(value) ?? typeof value).slice(0, 80)
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const listed = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
