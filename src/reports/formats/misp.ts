import type { Assessment } from '../../model/assessment.ts'
import { type Technique, techniquesOf } from '../shared/attack-technique.ts'
import { brief, endOf, evidenceDigest, idOf, jsonObject, plainText, isoTimestamp, toolOf } from '../shared/serialize.ts'
import { nothingNamed, type Report, type Sharing, tlpOf } from '../report.ts'
import { attackFindings, type Theirs, theirsOf, usedCves } from '../shared/attacker-indicators.ts'
import { victimOf } from '../shared/victim-names.ts'
import { verdictMeans, verdictWords } from '../../locales/en/words.ts'

/**
 * misp.json: one event of MISP, not published and for the importing organization alone until it is shared. It
 * names nothing of the victim unless that is asked for. https://datatracker.ietf.org/doc/draft-dulaunoy-misp-core-format/
 */
export const misp: Report = {
  name: 'misp',
  file: 'misp.json',
  shared: true,
  *write(assessment, wishes) {
    const sharing = { ...nothingNamed, ...wishes }
    const uuid = idOf('misp', evidenceDigest(assessment), sharing.victim)
    const victim = sharing.victim ? null : victimOf(assessment)
    const { things, left } = theirsOf(assessment, victim)
    const end = endOf(assessment)
    const found = attackFindings(assessment)
    const first = found.flatMap((f) => isoTimestamp(f.first) ?? []).sort()[0] ?? end
    const told = (thing: Theirs): string =>
      brief([...new Set(thing.findings.map(({ title }) => victim?.hidden(title) ?? title))].join('; '), 500)
    const made = maker(uuid, end)
    yield '{"Event":'
    yield* jsonObject([
      ['uuid', uuid],
      [
        'info',
        `${verdictWords(assessment.verdict)}: ${sharing.victim ? brief(assessment.server.name) : 'an Exchange server'}`,
      ],
      ['date', first.slice(0, 10)],
      ['timestamp', seconds(end)],
      ['threat_level_id', threat[assessment.verdict.is]],
      // Completed: its creator adds nothing to it.
      ['analysis', '2'],
      ['distribution', '0'],
      ['published', false],
      ['Tag', tagsOf(assessment, sharing, techniquesOf(found.flatMap(({ attack }) => attack)))],
      ['Attribute', () => attributes(assessment, sharing, things, left, told, made)],
      ['Object', () => objects(assessment, things, told, made)],
    ])
    yield '}\n'
  },
}

type Json = Readonly<Record<string, unknown>>
type Make = (fields: Json) => Json

const threat = { compromised: '1', exploited: '1', targeted: '3', 'cannot-tell': '4', 'no-evidence': '4' } as const

/** An attribute of the event: its id is made of the event's and of what it says. */
function maker(event: string, end: string): Make {
  return (fields) => ({
    uuid: idOf('misp', event, fields),
    timestamp: seconds(end),
    distribution: '5',
    to_ids: false,
    ...fields,
  })
}

function tagsOf(assessment: Assessment, sharing: Sharing, techniques: readonly Technique[]): readonly Json[] {
  const names = [
    `tlp:${tlpOf(sharing)}`,
    `postern:verdict="${assessment.verdict.is}"`,
    ...techniques.map(({ id, name }) => `misp-galaxy:mitre-attack-pattern="${name} - ${id}"`),
    // A name only where what was found carries it; the galaxy knows actors by their first name.
    ...assessment.actors
      .filter(({ named }) => named)
      .map(
        ({ actor }) => `misp-galaxy:threat-actor="${brief(actor.split('(', 1)[0]!.trimEnd()).replaceAll('"', "'")}"`,
      ),
  ]
  return [...new Set(names)].map((name) => ({ name }))
}

function* attributes(
  assessment: Assessment,
  sharing: Sharing,
  things: readonly Theirs[],
  left: number,
  told: (thing: Theirs) => string,
  make: Make,
): Generator<Json> {
  for (const thing of things) {
    if (thing.kind === 'file') continue
    const { type, category, to_ids } = kinds[thing.kind]
    const fields = { type, category, to_ids, value: plainText(thing.value), comment: told(thing) }
    yield { ...make(fields), ...span(thing), Sighting: sighting(thing, fields, make) }
  }
  for (const { cve, known } of usedCves(assessment))
    yield make({ type: 'vulnerability', category: 'External analysis', value: cve, comment: known?.alias ?? '' })
  const { name, version } = toolOf(assessment)
  const words = [
    sharing.victim ? assessment.verdict.sentence : verdictMeans[assessment.verdict.is],
    left > 0 ? `${left} indicators are left out: they hold names of the victim.` : '',
    `Made by ${name} ${version}.`,
  ]
  yield make({ type: 'comment', category: 'Other', value: plainText(words.filter((text) => text !== '').join(' ')) })
  if (!sharing.victim) return
  yield make({ type: 'target-machine', category: 'Targeting data', value: brief(assessment.server.name) })
  for (const { mailbox, scope, certainty } of assessment.mailboxes)
    if (scope === 'mailbox' && (certainty === 'named' || certainty === 'joined'))
      yield make({ type: 'target-email', category: 'Targeting data', value: brief(mailbox), comment: certainty })
}

const kinds = {
  address: { type: 'ip-src', category: 'Network activity', to_ids: true },
  host: { type: 'hostname', category: 'Network activity', to_ids: true },
  url: { type: 'url', category: 'Network activity', to_ids: true },
  page: { type: 'uri', category: 'Network activity', to_ids: true },
} as const

/** Files are objects: template `file` of https://github.com/MISP/misp-objects */
function* objects(
  assessment: Assessment,
  things: readonly Theirs[],
  told: (thing: Theirs) => string,
  make: Make,
): Generator<Json> {
  for (const thing of things) {
    if (thing.kind !== 'file') continue
    const { value, name, path } = thing
    const digest = { type: 'sha256', object_relation: 'sha256', category: 'Payload installation', to_ids: true, value }
    const attribute = [{ ...make(digest), Sighting: sighting(thing, digest, make) }]
    if (name !== null)
      attribute.push({
        ...make({
          type: 'filename',
          object_relation: 'filename',
          category: 'Payload installation',
          value: plainText(name),
          of: value,
        }),
      } as (typeof attribute)[number])
    if (path !== null)
      attribute.push({
        ...make({ type: 'text', object_relation: 'fullpath', category: 'Other', value: plainText(path), of: value }),
      } as (typeof attribute)[number])
    yield {
      uuid: idOf('misp', 'file', make(digest).uuid),
      name: 'file',
      'meta-category': 'file',
      description: 'File object describing a file with meta-information',
      template_uuid: '688c46fb-5edb-40a3-8273-1af7923e2215',
      template_version: '25',
      timestamp: seconds(endOf(assessment)),
      distribution: '5',
      comment: told(thing),
      ...span(thing),
      Attribute: attribute.map(({ of: _, ...rest }: Json) => rest),
    }
  }
}

function span({ first, last }: Theirs): Json {
  return first === null || last === null ? {} : { first_seen: first, last_seen: last }
}

/** One sighting: MISP counts sightings, and rows are not such. */
function sighting({ last }: Theirs, fields: Json, make: Make): readonly Json[] {
  if (last === null) return []
  return [
    { uuid: idOf('misp', 'sighting', make(fields).uuid), type: '0', date_sighting: seconds(last), source: 'postern' },
  ]
}

function seconds(time: string): string {
  return String(Math.floor(Date.parse(time) / 1000))
}
