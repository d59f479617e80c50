import type { Assessment } from '../../model/assessment.ts'
import type { Finding } from '../../model/finding.ts'
import type { Stage } from '../../model/stages.ts'
import { csvRow } from './findings-csv.ts'
import { dataJson } from './assessment-json.ts'
import {
  brief,
  endOf,
  fact,
  jsonObject,
  markdownText,
  keepLineBreaks,
  plainText,
  isoTimestamp,
} from '../shared/serialize.ts'
import type { Report } from '../report.ts'
import { type Theirs, theirsOf, usedCves } from '../shared/attacker-indicators.ts'
import { messageOf } from './timesketch.ts'
import { comesTo, signOfWords } from '../shared/weighed.ts'
import { comesToWords } from '../../locales/en/finding-weights.ts'
import { isWords, questionTexts, stageTexts, verdictWords } from '../../locales/en/words.ts'

/**
 * iris.json: a case of DFIR-IRIS as the four requests of its interface that make it, in their order; what types and
 * categories are called is said by name, since their numbers differ from one installation to the next.
 * https://docs.dfir-iris.org/operations/api/
 */
export const iris: Report = {
  name: 'iris',
  file: 'iris.json',
  *write(assessment) {
    const { things } = theirsOf(assessment, null)
    const { server } = assessment
    const name = brief(server.name)
    yield '{"about":"POST each body to its path, in this order. Add to the three uploads ?cid= and the case number that the first request returns.",\n"requests":[\n'
    yield '{"method":"POST","path":"/manage/cases/add","body":'
    yield* jsonObject([
      ['case_name', `${verdictWords(assessment.verdict)}: ${name}`],
      ['case_description', keepLineBreaks(summary(assessment))],
      ['case_soc_id', `postern-${assessment.knowledge.sha256.slice(0, 12)}`],
      ['case_customer', 1],
      ['case_tags', ['postern', assessment.verdict.is].join(',')],
    ])
    yield '}'
    yield* upload('/case/assets/upload', assets(assessment))
    const iocs = [...iocRows(assessment, things)]
    if (iocs.length > 0) yield* upload('/case/ioc/upload', [iocHeader, ...iocs])
    if (assessment.findings.length > 0)
      yield* upload('/case/timeline/events/csv_upload', events(assessment, name, things))
    yield '\n]}\n'
  },
}

type Row = readonly (string | number | null)[]

/** An upload is a table in a text of JSON; its lines are written one by one. */
function* upload(path: string, rows: Iterable<Row>): Generator<string> {
  yield `,\n{"method":"POST","path":${dataJson(path)},"body":{"CSVData":"`
  for (const row of rows) yield dataJson(csvRow(row)).slice(1, -1)
  yield '"}}'
}

/** The description is shown as Markdown. */
function summary(assessment: Assessment): string {
  const { verdict, answers, actions, attribution } = assessment
  const md = (text: string, most = 500): string => markdownText(brief(text, most))
  const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')
  return [
    `**${verdictWords(verdict)}.** ${md(verdict.sentence, 1_500)}`,
    list(
      answers.map(
        ({ question, is, sentence }) => `${questionTexts[question].asks} **${isWords[is]}**. ${md(sentence)}`,
      ),
    ),
    md(attribution.join(' '), 1_500),
    ...(actions.length > 0 ? [`What now:\n\n${list(actions.slice(0, 20).map(({ title }) => md(title)))}`] : []),
    'Made by Postern; every claim with its bytes is in report.html and findings.jsonl.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function* assets({ server, mailboxes, findings }: Assessment): Generator<Row> {
  yield ['asset_name', 'asset_type_name', 'asset_description', 'asset_ip', 'asset_domain', 'asset_tags']
  yield [brief(server.name), 'Windows - Server', `Exchange server (${brief(server.product)})`, '', '', 'postern']
  const accounts = new Set<string>()
  for (const { mailbox, scope, certainty } of mailboxes)
    if (scope === 'mailbox' && certainty !== 'unknown') {
      accounts.add(mailbox)
      yield [brief(mailbox), 'Account', `Mailbox, access: ${certainty}`, '', '', 'postern|mailbox']
    }
  for (const { persistence, target, stage } of findings)
    if (persistence === 'account' && target !== null && stage === 'persistence' && !accounts.has(target)) {
      accounts.add(target)
      yield [brief(target), 'Account', 'Account that the intrusion made or changed', '', '', 'postern|persistence']
    }
}

const iocHeader: Row = ['ioc_value', 'ioc_type', 'ioc_description', 'ioc_tags', 'ioc_tlp']

const iocTypes: Readonly<Record<Theirs['kind'], string>> = {
  address: 'ip-src',
  host: 'domain',
  url: 'url',
  page: 'uri',
  file: 'sha256',
}

function* iocRows(assessment: Assessment, things: readonly Theirs[]): Generator<Row> {
  for (const thing of things) {
    const titles = [...new Set(thing.findings.map(({ title }) => title))].join('; ')
    const name = thing.name === null ? '' : `${brief(thing.name)}: `
    yield [brief(thing.value, 1_000), iocTypes[thing.kind], name + brief(titles, 500), 'postern', 'amber']
  }
  for (const { cve } of usedCves(assessment)) yield [cve, 'vulnerability', 'Used or tried here', 'postern', 'clear']
}

const eventHeader: Row = [
  'event_date',
  'event_tz',
  'event_title',
  'event_category',
  'event_content',
  'event_raw',
  'event_source',
  'event_assets',
  'event_iocs',
  'event_tags',
]

const categories: Readonly<Record<Stage, string>> = {
  recon: 'Discovery',
  attempt: 'Initial Access',
  access: 'Initial Access',
  write: 'Persistence',
  shell: 'Persistence',
  execution: 'Execution',
  credentials: 'Credential Access',
  persistence: 'Persistence',
  collection: 'Collection',
  exfiltration: 'Exfiltration',
  cleanup: 'Defense Evasion',
  context: 'Unspecified',
}

/** Assets and indicators are joined by name: only those that stand in the tables before, as they stand there. */
function* events(assessment: Assessment, server: string, things: readonly Theirs[]): Generator<Row> {
  yield eventHeader
  const end = endOf(assessment)
  // An asset name with a semicolon, or one that the table had to change, would be looked for in vain.
  const asset = /^[\w.-]+$/.test(server) && !server.startsWith('-') ? server : ''
  const iocs = new Map<string, string[]>()
  for (const { kind, value, findings } of things)
    if (kind === 'address' || kind === 'file')
      for (const { id } of findings) iocs.set(id, [...(iocs.get(id) ?? []), value])
  for (const f of assessment.findings) yield eventOf(f, end, asset, iocs.get(f.id) ?? [])
}

function eventOf(f: Finding, end: string, asset: string, iocs: readonly string[]): Row {
  const time = isoTimestamp(f.first ?? f.time)
  const row = f.locators[0]
  const about = [
    `${f.level}, ${comesToWords[comesTo(f)]}: ${signOfWords(f)}`,
    `${f.count} ${f.count === 1 ? 'row' : 'rows'}, last ${isoTimestamp(f.last) ?? 'unknown'}`,
    time === null ? 'time unknown: placed at the end of the evidence' : '',
    fact(f, 'cs-user-agent') === null ? '' : `agent ${fact(f, 'cs-user-agent')}`,
    row === undefined ? '' : `${row.path}${row.line === undefined ? '' : `:${row.line}`} (byte ${row.offset})`,
    ...f.notes,
    `finding ${f.id}`,
  ]
  return [
    (time ?? end).slice(0, -1),
    'Z',
    brief(messageOf(f), 390),
    categories[f.stage],
    about
      .filter((text) => text !== '')
      .map((text) => markdownText(brief(text, 500)))
      .join('; '),
    row === undefined ? '' : plainText(row.raw),
    `${brief(f.log)} (${stageTexts[f.stage]})`,
    asset,
    iocs.join('|'),
    ['postern', f.stage, ...f.attack.map((id) => brief(id, 20))].join('|'),
  ]
}
