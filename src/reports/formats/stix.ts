import { canonicalJson } from '../../lib/json.ts'
import { uuid5 } from '../../lib/uuid.ts'
import type { Assessment } from '../../model/assessment.ts'
import { techniquesOf } from '../shared/attack-technique.ts'
import { brief, endOf, evidenceDigest, idOf, jsonObject, plainText, isoTimestamp, toolOf } from '../shared/serialize.ts'
import { nothingNamed, type Report, type Sharing, type Tlp, tlpOf } from '../report.ts'
import { attackFindings, type Theirs, theirsOf, usedCves } from '../shared/attacker-indicators.ts'
import { type Victim, victimOf } from '../shared/victim-names.ts'
import { campaignNames, verdictMeans, verdictWords } from '../../locales/en/words.ts'

/**
 * stix.json: a bundle of STIX 2.1 for platforms of threat intelligence. It names nothing of the victim unless that is asked
 * for. https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
 */
export const stix: Report = {
  name: 'stix',
  file: 'stix.json',
  shared: true,
  *write(assessment, wishes) {
    const sharing = { ...nothingNamed, ...wishes }
    const id = `bundle--${idOf('stix', evidenceDigest(assessment), assessment.knowledge.sha256, sharing)}`
    yield* jsonObject([
      ['type', 'bundle'],
      ['id', id],
      ['objects', () => objects(assessment, sharing)],
    ])
    yield '\n'
  },
}

type Json = Readonly<Record<string, unknown>>
type Made = Json & { readonly id: string; readonly type: string }

function* objects(assessment: Assessment, sharing: Sharing): Generator<Json> {
  const victim = sharing.victim ? null : victimOf(assessment)
  const make = maker(assessment, sharing)
  const told: string[] = []
  const tell = (made: Made): Made => {
    told.push(made.id)
    return made
  }
  yield marking(tlpOf(sharing))
  yield producer
  const where = make('identity', {
    identity_class: 'system',
    name: sharing.victim ? brief(assessment.server.name) : 'An Exchange server (not named)',
    description: sharing.victim ? undefined : `Evidence ${evidenceDigest(assessment).slice(0, 16)}`,
  })
  yield tell(where)

  // What was used: techniques and vulnerabilities.
  const patterns = new Map<string, Made>()
  for (const { id, name, url } of techniquesOf(attackFindings(assessment).flatMap(({ attack }) => attack))) {
    const made = make('attack-pattern', {
      name,
      created: always,
      external_references: [{ source_name: 'mitre-attack', external_id: id, url }],
    })
    patterns.set(id, made)
    yield tell(made)
  }
  const holes = new Map<string, Made>()
  for (const { cve, known } of usedCves(assessment)) {
    const published = known === null ? null : isoTimestamp(`${known.published}T00:00:00Z`)
    const made = make('vulnerability', {
      name: cve,
      created: published ?? always,
      description: known === null ? undefined : [known.alias, known.impact].filter((text) => text !== '').join(': '),
      external_references: [{ source_name: 'cve', external_id: cve, url: `https://nvd.nist.gov/vuln/detail/${cve}` }],
    })
    holes.set(cve, made)
    yield tell(made)
  }

  // The campaigns that succeeded, and the actors that the traces name.
  for (const made of campaigns(assessment, make, patterns, holes)) yield tell(made)

  // What is the attacker's: seen here, and to be looked for elsewhere.
  const { things, left } = theirsOf(assessment, victim)
  for (const thing of things) {
    for (const made of sharing.victim ? observables(thing) : observables(thing).slice(0, 1)) yield tell(made)
    for (const made of seenHere(thing, make, where, patterns, victim)) yield tell(made)
  }
  if (sharing.victim) for (const made of people(assessment, make)) yield tell(made)

  const first = attackFindings(assessment)
    .flatMap((f) => isoTimestamp(f.first) ?? [])
    .sort()[0]
  yield make('report', {
    name: `${verdictWords(assessment.verdict)}: ${sharing.victim ? brief(assessment.server.name) : 'an Exchange server'}`,
    description: reportWords(assessment, sharing, left),
    report_types: ['threat-report'],
    published: endOf(assessment),
    labels: [
      `postern:verdict=${assessment.verdict.is}`,
      ...(first === undefined ? [] : [`postern:first=${first.slice(0, 10)}`]),
    ],
    object_refs: [...new Set(told)],
  })
}

type Make = (type: string, fields: Json) => Made

/** Objects whose id is made of what they say: the same content is the same object, wherever it is made. */
function maker(assessment: Assessment, sharing: Sharing): Make {
  const created = endOf(assessment)
  const marks = [markings[tlpOf(sharing)]]
  return (type, fields) => {
    const content = {
      type,
      spec_version: '2.1',
      created_by_ref: producer.id,
      created,
      modified: fields.created ?? created,
      object_marking_refs: marks,
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    }
    return { ...content, id: `${type}--${idOf('stix', canonicalJson(content))}` }
  }
}

/** For what is the same whatever the server and the time. */
const always = '2021-01-01T00:00:00.000Z'

const producer = {
  type: 'identity',
  spec_version: '2.1',
  id: `identity--${idOf('stix', 'Postern')}`,
  created: always,
  modified: always,
  identity_class: 'system',
  name: 'Postern',
} as const

// Common objects of the OASIS committee: https://github.com/oasis-open/cti-stix-common-objects (TLP 2.0 as an extension).
const markings: Readonly<Record<Tlp, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

function marking(tlp: Tlp): Json {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: markings[tlp],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${tlp.toUpperCase()}`,
    extensions: {
      'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
        extension_type: 'property-extension',
        tlp_2_0: tlp,
      },
    },
  }
}

function* campaigns(
  assessment: Assessment,
  make: Make,
  patterns: ReadonlyMap<string, Made>,
  holes: ReadonlyMap<string, Made>,
): Generator<Made> {
  const found = attackFindings(assessment)
  const names = campaignNames(assessment)
  for (const { campaign, assessed, answers } of assessment.campaigns) {
    const used = answers.some(
      ({ question, is }) =>
        (question === 'exploited' || question === 'compromised') && (is === 'yes' || is === 'likely'),
    )
    if (!assessed || !used) continue
    const own = found.filter((finding) => finding.campaign === campaign)
    const made = make('campaign', {
      name: names.get(campaign) ?? campaign,
      first_seen: own.flatMap((f) => isoTimestamp(f.first) ?? []).sort()[0],
      last_seen: own
        .flatMap((f) => isoTimestamp(f.last) ?? [])
        .sort()
        .at(-1),
    })
    yield made
    for (const { id } of techniquesOf(own.flatMap(({ attack }) => attack)))
      yield related(make, 'uses', made, patterns.get(id)!)
    for (const cve of [...new Set(own.flatMap(({ cves }) => cves))].sort())
      if (holes.has(cve)) yield related(make, 'targets', made, holes.get(cve)!)
  }
  // A name only where what was found carries it: not where an actor was merely weighed, or shares tools with many.
  for (const { actor, named, words, references } of assessment.actors) {
    if (!named) continue
    yield make('intrusion-set', {
      name: brief(actor),
      description: `${words} (ICD 203), by traces that reports tie to this actor alone.`,
      confidence: likely[words],
      external_references: references
        .filter((url) => /^https?:\/\/[\w.-]+\/[\w./?=&%~+-]*$/.test(url))
        .map((url) => ({ source_name: new URL(url).hostname, url })),
    })
  }
}

/** The middle of what each expression of ICD 203 stands for. */
const likely: Readonly<Record<string, number>> = {
  'almost no chance': 3,
  'very unlikely': 13,
  unlikely: 33,
  'roughly even chance': 50,
  likely: 68,
  'very likely': 88,
  'almost certain': 97,
}

function related(make: Make, how: string, source: Made, target: Made): Made {
  return make('relationship', { relationship_type: how, source_ref: source.id, target_ref: target.id })
}

/** What was seen, the indicator by which it is found elsewhere, the sighting, and what it was used for. */
function* seenHere(
  thing: Theirs,
  make: Make,
  where: Made,
  patterns: ReadonlyMap<string, Made>,
  victim: Victim | null,
): Generator<Made> {
  const { first, last, count, confidence, findings } = thing
  const titles = [...new Set(findings.map(({ title }) => brief(victim?.hidden(title) ?? title)))]
  let observed: Made | null = null
  if (first !== null && last !== null) {
    observed = make('observed-data', {
      first_observed: first,
      last_observed: last,
      number_observed: Math.min(count, 999_999_999),
      object_refs: observables(thing)
        .slice(0, victim === null ? undefined : 1)
        .map(({ id }) => id),
    })
    yield observed
  }
  const indicator = make('indicator', {
    name: `${kindWords[thing.kind]} ${plainText(thing.value, 300)}`,
    description: `${titles.slice(0, 5).join('; ')}${titles.length > 5 ? `; and ${titles.length - 5} further` : ''}`,
    indicator_types: ['malicious-activity'],
    pattern: patternOf(thing),
    pattern_type: 'stix',
    valid_from: first ?? where.created,
    confidence: confidence === 'high' ? 85 : 50,
  })
  yield indicator
  if (observed) yield related(make, 'based-on', indicator, observed)
  for (const { id } of techniquesOf(findings.flatMap(({ attack }) => attack)))
    if (patterns.has(id)) yield related(make, 'indicates', indicator, patterns.get(id)!)
  yield make('sighting', {
    sighting_of_ref: indicator.id,
    ...(observed ? { observed_data_refs: [observed.id], first_seen: first, last_seen: last } : {}),
    where_sighted_refs: [where.id],
    count: Math.min(count, 999_999_999),
  })
}

const kindWords: Readonly<Record<Theirs['kind'], string>> = {
  address: 'Address',
  host: 'Host',
  url: 'URL',
  page: 'Page',
  file: 'File',
}

/** In the grammar of section 9; nothing but `'` and `\` has a meaning inside its quotes. */
function patternOf({ kind, value }: Theirs): string {
  const quoted = `'${plainText(value).replace(/[\\']/g, '\\$&')}'`
  switch (kind) {
    case 'address':
      return `[${value.includes(':') ? 'ipv6' : 'ipv4'}-addr:value = ${quoted}]`
    case 'host':
      return `[domain-name:value = ${quoted}]`
    case 'url':
      return `[url:value = ${quoted}]`
    case 'page':
      return `[network-traffic:extensions.'http-request-ext'.request_value = ${quoted}]`
    case 'file':
      return `[file:hashes.'SHA-256' = ${quoted}]`
  }
}

/** Observables of a thing, the one that stands for it first, then what it refers to. */
function observables(thing: Theirs): readonly Made[] {
  const { kind, value, name, path } = thing
  switch (kind) {
    case 'address':
      return [observable(value.includes(':') ? 'ipv6-addr' : 'ipv4-addr', { value }, {})]
    case 'host':
      return [observable('domain-name', { value }, {})]
    case 'url':
      return [observable('url', { value }, {})]
    case 'page':
      // The page of a URL is a file to the client; its host is the victim's.
      return [observable('file', { name: plainText(value.slice(value.lastIndexOf('/') + 1)) }, {})]
    case 'file': {
      const folder = path === null ? '' : path.slice(0, path.length - (name ?? '').length).replace(/[\\/]$/, '')
      const directory = folder === '' ? null : observable('directory', { path: plainText(folder) }, {})
      const file = observable(
        'file',
        {
          hashes: { 'SHA-256': value },
          ...(name === null ? {} : { name: plainText(name) }),
          ...(directory === null ? {} : { parent_directory_ref: directory.id }),
        },
        {},
      )
      return directory === null ? [file] : [file, directory]
    }
  }
}

/** STIX 2.1, section 2.9: a UUID of version 5 in this namespace, of the properties that make it up as canonical JSON (RFC 8785). */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7'

function observable(type: string, contributing: Json, more: Json): Made {
  const id = `${type}--${uuid5(OBSERVABLES, jcs(contributing))}`
  return { type, spec_version: '2.1', id, ...contributing, ...more }
}

/** RFC 8785 of well-formed texts in flat objects and their objects. */
function jcs(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${jcs(one)}`).join(',')}}`
}

/** Whose mail was taken, where that is asked for. */
function* people({ mailboxes, coverage }: Assessment, make: Make): Generator<Made> {
  for (const { mailbox, scope, certainty, first, last, requests } of mailboxes) {
    if (scope !== 'mailbox' || (certainty !== 'named' && certainty !== 'joined')) continue
    const address = /^[^\s@<>"']{1,64}@[A-Za-z0-9.-]{1,253}$/.test(mailbox)
    const account = address
      ? observable('email-addr', { value: plainText(mailbox) }, {})
      : observable('user-account', { account_login: plainText(mailbox) }, {})
    yield account
    const [from, to] = [
      isoTimestamp(first) ?? isoTimestamp(coverage.first),
      isoTimestamp(last) ?? isoTimestamp(coverage.last),
    ]
    if (from !== null && to !== null && from <= to)
      yield make('observed-data', {
        first_observed: from,
        last_observed: to,
        number_observed: Math.min(Math.max(1, requests), 999_999_999),
        object_refs: [account.id],
        labels: ['postern:mailbox-accessed'],
      })
  }
}

function reportWords(assessment: Assessment, { victim }: Sharing, left: number): string {
  const { verdict } = assessment
  const tool = toolOf(assessment)
  const words = victim
    ? [verdict.sentence]
    : [
        verdictMeans[verdict.is],
        left > 0 ? `${left} indicators are left out: they hold names of the victim.` : '',
        'Nothing here names the victim.',
      ]
  return `${words.filter((text) => text !== '').join(' ')} Made by ${tool.name} ${tool.version}.`
}
