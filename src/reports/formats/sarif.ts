import type { Assessment } from '../../model/assessment.ts'
import type { Finding } from '../../model/finding.ts'
import type { Level } from '../../model/stages.ts'
import type { Locator } from '../../model/event.ts'
import type { Artifact } from '../../model/evidence.ts'
import { technique } from '../shared/attack-technique.ts'
import { brief, jsonObject, jsonList, plainText, isoTimestamp, toolOf } from '../shared/serialize.ts'
import type { Report } from '../report.ts'
import { countsForServer } from '../shared/weighed.ts'
import { messageOf } from './timesketch.ts'

/**
 * findings.sarif: SARIF 2.1.0, for viewers of code and logs: a result a finding, with the bytes that it rests on.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif: Report = {
  name: 'sarif',
  file: 'findings.sarif',
  *write(assessment) {
    const { findings, evidence } = assessment
    const rules = new Map<string, number>()
    for (const { rule } of findings) if (!rules.has(rule)) rules.set(rule, rules.size)
    const asked = new Set(findings.flatMap((f) => f.locators.map(({ path }) => path)))
    const files = evidence.manifest.filter(({ path }) => asked.has(path))
    const indices = new Map(files.map(({ path }, i) => [path, i]))
    const { name, version } = toolOf(assessment)
    yield '{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",\n"version":"2.1.0",\n"runs":['
    yield '{"tool":{"driver":'
    yield* jsonObject([
      ['name', name],
      ['version', version],
      ['rules', () => rulesOf(findings)],
    ])
    yield '},\n"columnKind":"utf16CodeUnits",\n"artifacts":['
    yield* jsonList(files.map(artifactOf))
    yield '],\n"results":['
    yield* jsonList(resultsOf(findings, rules, indices))
    yield ']'
    yield* properties(assessment)
    yield '}]}\n'
  },
}

function* properties({ verdict, server, knowledge }: Assessment): Generator<string> {
  yield ',\n"properties":'
  yield* jsonObject([
    ['server', server.name],
    ['verdict', verdict.is],
    ['sentence', verdict.sentence],
    ['knowledge', knowledge.sha256],
  ])
}

const levels: Readonly<Record<Level, 'note' | 'warning' | 'error'>> = {
  informational: 'note',
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
}

function* rulesOf(findings: readonly Finding[]): Generator<unknown> {
  const seen = new Set<string>()
  for (const f of findings) {
    if (seen.has(f.rule)) continue
    seen.add(f.rule)
    const url = f.attack.map(technique).find((one) => one !== null)?.url
    yield {
      id: idOf(f.rule),
      name: brief(f.title),
      shortDescription: { text: plainText(f.title, 1_000) },
      defaultConfiguration: { level: levels[f.level] },
      helpUri: url,
      properties: {
        tags: [f.stage, ...f.attack, ...f.cves].map((tag) => brief(tag, 60)),
        author: f.author,
        license: f.license,
        pack: f.pack,
        falsePositives: f.falsePositives,
        nextSteps: f.nextSteps,
      },
    }
  }
}

/** An id is no message; a slash in it would make it one of a rule within another. */
function idOf(rule: string): string {
  return brief(rule).replaceAll('/', '_') || 'rule'
}

function artifactOf({ path, size, sha256, windowsPath }: Artifact): unknown {
  return {
    location: { uri: uriOf(path), ...(windowsPath === null ? {} : { description: { text: message(windowsPath) } }) },
    length: size,
    roles: ['analysisTarget'],
    hashes: /^[0-9a-f]{64}$/.test(sha256) ? { 'sha-256': sha256 } : null,
  }
}

function* resultsOf(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, number>,
  indices: ReadonlyMap<string, number>,
): Generator<unknown> {
  for (const f of findings) {
    const suppressed = !countsForServer(f)
    yield {
      ruleId: idOf(f.rule),
      ruleIndex: rules.get(f.rule),
      kind: f.stage === 'context' ? 'informational' : 'fail',
      level: f.stage === 'context' ? 'none' : levels[f.level],
      message: { text: message(messageOf(f)) },
      locations: f.locators.slice(0, 1).map((row) => locationOf(row, indices)),
      relatedLocations: f.locators.slice(1).map((row, i) => ({ id: i + 1, ...locationOf(row, indices) })),
      fingerprints: { 'postern/1': f.id },
      occurrenceCount: f.count,
      suppressions: suppressed ? [{ kind: 'external', justification: plainText(f.notes.join('; '), 1_000) }] : [],
      properties: {
        stage: f.stage,
        confidence: f.confidence,
        is: f.is,
        sign: f.sign,
        campaign: f.campaign,
        first: isoTimestamp(f.first ?? f.time),
        last: isoTimestamp(f.last),
        timeBasis: f.timeBasis,
        client: f.client,
        user: f.user,
        target: f.target,
        host: f.host,
        intrusion: f.intrusion,
        notes: f.notes,
      },
    }
  }
}

function locationOf(row: Locator, indices: ReadonlyMap<string, number>): Readonly<Record<string, unknown>> {
  const { path, line, record, offset, length, raw } = row
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path), index: indices.get(path) },
      region: {
        startLine: line !== undefined && line >= 1 ? line : null,
        byteOffset: offset,
        byteLength: length,
        snippet: { text: plainText(raw) },
      },
    },
    ...(record === undefined ? {} : { logicalLocations: [{ name: `record ${record}`, kind: 'element' }] }),
  }
}

/**
 * A reference relative to the evidence (RFC 3986): every part percent-encoded, so that no name is a scheme, a query or a
 * way out. Halves of characters become U+FFFD.
 */
function uriOf(path: string): string {
  const parts = path.slice(0, 4_096).toWellFormed().split('/')
  return parts
    .map((part) => (/^\.{1,2}$/.test(part) ? part.replaceAll('.', '%2E') : encodeURIComponent(part)))
    .join('/')
}

/** Text in a message: braces stand for placeholders, brackets for links, unless they are escaped (sections 3.11.5 and 3.11.6). */
function message(text: string): string {
  return plainText(text, 2_000)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&')
}
