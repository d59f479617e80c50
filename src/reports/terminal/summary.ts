import { formatList } from '../../lib/amounts.ts'
import { columns, cut, pad, paint, visible } from '../../lib/terminal.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Answer, Is, Verdict } from '../../model/answer.ts'
import type { Finding } from '../../model/finding.ts'
import type { WeighedSubject } from '../../model/weight.ts'
import type { Stage } from '../../model/stages.ts'
import { ended, TerminalPage, type Style, type TerminalLayout, widthOf } from './layout.ts'
import { formatCount, counted } from '../../lib/amounts.ts'
import { gapWords } from '../../model/evidence.ts'
import { productWords } from '../../lib/product.ts'
import {
  bytes,
  byStory,
  campaignNames,
  isWords,
  knowledgeWords,
  holeWords,
  hypothesisWords,
  missingWords,
  notAsked,
  opinionsByTool,
  patchedTooLateWords,
  questionOrder,
  questionTexts,
  rareWords,
  reachSentence,
  reasons,
  sayingOf,
  settles,
  span,
  stageTexts,
  storySpan,
  verdictWords,
  certainties,
  persistenceKinds,
  persistenceStates,
} from '../../locales/en/words.ts'
import {
  blindPaths,
  holesTogether,
  isFixAsked,
  speaksOfNames,
  attackerSteps,
  storyTimes,
  waysBackIn,
} from '../shared/selections.ts'
import {
  cveStates,
  exposureGroups,
  exposureWords,
  isExposureShown,
  fixWords,
  nameWords,
  openWords,
  supportWords,
  updateWords,
} from '../../locales/en/exposure.ts'
import { shortAmount, mailboxesWords, noticeOf, toNotify, unknownWords, waysOf } from '../../locales/en/mailboxes.ts'
import { beyondLogs, generalName, nextSteps, otherLeads } from '../shared/weighed.ts'
import { settlingQuestions } from '../../locales/en/settling-questions.ts'
import { openLeads, subjectsOf } from '../../model/weight.ts'
import { besideSigns, signWords, subjectName } from '../../model/weight-words.ts'

/** The summary for a terminal: verdict, answers, intrusions, what was not read, what to do first, where the files are. */
export function textReport(assessment: Assessment, terminal: TerminalLayout): string {
  const page = new TerminalPage(terminal)
  verdict(page, assessment)
  answers(page, assessment)
  notSettled(page, assessment)
  exposure(page, assessment)
  intrusions(page, assessment)
  mail(page, assessment)
  waysBack(page, assessment)
  who(page, assessment)
  requests(page, assessment)
  others(page, assessment)
  notRead(page, assessment)
  actions(page, assessment)
  files(page, assessment)
  return page.text()
}

/** Names of the six questions above a narrow column, in their order. */
const shortQuestions = ['exposed', 'target.', 'exploit', 'comprom', 'mail', 'persist']
const shortest = ['expos', 'targ.', 'expl.', 'compr', 'mail', 'pers.']
const headsFor = (width: number): readonly string[] => (cellFor(width) < 8 ? shortest : shortQuestions)
/** A blank stays between two of them. */
const cellOf = (is: Is, width: number): string => cut(shortIs[is], cellFor(width) - 1)
const cellFor = (width: number): number => (width < 56 ? 6 : 8)
/** Columns needed for name, verdict and answers side by side; with fewer there are two lines. */
const SIDE_BY_SIDE = 80

/** One server for a run over many: name, verdict, and the six answers in their order, in one line or, in little room, two. */
export function summaryLine(assessment: Assessment, terminal: TerminalLayout): string {
  const { color } = terminal
  const width = widthOf(terminal)
  const letters = questionOrder.map((q) => {
    const is = assessment.answers.find((a) => a.question === q)?.is ?? 'not-asked'
    return paint(pad(cellOf(is, width), cellFor(width)), isStyle[is], color)
  })
  const verdict = verdictShort(assessment.verdict)
  return summary(
    width,
    visible(assessment.server.name),
    paint(pad(verdict, 14), verdictStyle[assessment.verdict.is], color),
    letters.join(''),
  )
}

/** The heading of summary lines, one or two lines. */
export function summaryHead(terminal: TerminalLayout): string {
  const width = widthOf(terminal)
  const heads = headsFor(width)
    .map((h) => pad(h, cellFor(width)))
    .join('')
  return summary(width, 'server', pad('verdict', 14), heads)
    .split('\n')
    .map((line) => paint(line, 'dim', terminal.color))
    .join('\n')
}

function summary(width: number, name: string, verdict: string, answers: string): string {
  if (width >= SIDE_BY_SIDE)
    return ended(`${pad(name, width - 16 - shortQuestions.length * cellFor(width))} ${verdict} ${answers}`)
  return `${ended(`${pad(name, width - 15)} ${verdict}`)}\n${ended(`  ${answers}`)}`
}

const shortIs: Readonly<Record<Is, string>> = {
  yes: 'yes',
  likely: 'prob.',
  'no-evidence': 'no ev.',
  'cannot-tell': '?',
  'not-asked': '-',
}

function verdictShort(verdict: Verdict): string {
  const word = verdict.is === 'no-evidence' ? 'no evidence' : verdict.is === 'cannot-tell' ? 'cannot tell' : verdict.is
  return verdict.sure ? word : `${word}?`
}

export const isStyle: Readonly<Record<Is, Style>> = {
  yes: ['bold', 'red'],
  likely: ['bold', 'yellow'],
  'no-evidence': 'cyan',
  'cannot-tell': ['bold', 'magenta'],
  'not-asked': 'dim',
}
export const verdictStyle: Readonly<Record<Verdict['is'], Style>> = {
  compromised: ['bold', 'red'],
  exploited: ['bold', 'red'],
  targeted: ['bold', 'yellow'],
  'cannot-tell': ['bold', 'magenta'],
  'no-evidence': ['bold', 'cyan'],
}

/** How far a step leads: from a look around to mail that is gone. */
const stageStyle: Readonly<Record<Stage, Style>> = {
  recon: 'yellow',
  attempt: 'yellow',
  access: ['bold', 'yellow'],
  write: ['bold', 'red'],
  shell: ['bold', 'red'],
  execution: ['bold', 'red'],
  credentials: ['bold', 'red'],
  persistence: ['bold', 'red'],
  collection: ['bold', 'magenta'],
  exfiltration: ['bold', 'magenta'],
  cleanup: 'cyan',
  context: 'dim',
}
/** The id of a finding behind its name, and the time at which a step of an intrusion begins. */
const ID = /\[[\w-]+\]$/
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?: UTC)?/

// ---------------------------------------------------------------- sections

/** Columns of the verdict: it names up to six files, each by 200 characters at most. */
const VERDICT = 3_000

function verdict(page: TerminalPage, assessment: Assessment): void {
  const { verdict: v, server } = assessment
  page.line(`${server.name}  ${productWords(server.product)}`, 0, 'bold')
  page.line(verdictWords(v).toUpperCase(), 0, verdictStyle[v.is])
  // The names of files that limit the verdict are at its end.
  page.prose(v.sentence, 2, undefined, VERDICT)
  page.blank()
  const { steps, attempts } = v.observed
  if (steps.first !== null) page.item('Attack seen', span(steps.first, steps.last))
  if (attempts.first !== null) page.item('Scans, attempts', span(attempts.first, attempts.last))
  const dated = v.covers.from !== null || v.covers.to !== null
  page.item('Evidence', dated ? span(v.covers.from, v.covers.to) : 'no log with times')
  if (dated && v.covers.missingHours > 0) page.item('Missing logs', missingWords(assessment))
  if (isFixAsked(assessment)) page.item('Patched too late', patchedTooLateWords(assessment.exposure.patchedTooLate))
  const beyond = beyondLogs(assessment)
  if (beyond.length > 0) page.item('Beyond the logs', some(beyond.map(beyondWords), 3, 'campaign'))
  const leads = openLeads(assessment).length
  if (leads > 0) page.item('Open leads', `${formatCount(leads)} (see below)`)
  if (v.open.length > 0) page.item('Open questions', v.open.map((q) => questionTexts[q].short.toLowerCase()).join(', '))
  if (assessment.degraded) page.item('Incomplete', 'time or memory limit reached; a second run may find more')
  if (assessment.incomplete) page.item('Not unpacked', 'archives exceed the limits for unpacking; see unread evidence')
  const { brokenRules } = assessment.knowledge
  if (brokenRules.length > 0) {
    const files = [...new Set(brokenRules.map(({ file }) => file))]
    page.item('Rules not used', `${formatCount(brokenRules.length)}, in ${some(files, 3, 'file')} (reasons below)`)
  }
}

function answers(page: TerminalPage, assessment: Assessment): void {
  page.heading('The six questions')
  const named = new Set<string>()
  for (const question of questionOrder) {
    const answer = assessment.answers.find((a) => a.question === question)
    if (answer) oneAnswer(page, answer, assessment, named)
  }
  byCampaign(page, assessment)
  for (const [reason, names] of notAsked(assessment))
    page.prose(`Not assessed: ${names.join(', ')}: ${reason}.`, 2, 'dim')
}

/** Of several campaigns what each of them is answered with. */
function byCampaign(page: TerminalPage, { campaigns }: Assessment): void {
  const asked = campaigns.filter((c) => c.assessed)
  if (asked.length < 2) return
  const cell = cellFor(page.width)
  page.blank()
  page.row(
    'campaign',
    headsFor(page.width).map((name) => [name, 'dim']),
    cell,
  )
  for (const c of asked.slice(0, 10))
    page.row(
      c.general ? generalName({ campaigns }) : c.name,
      questionOrder.map((q) => {
        const is = c.answers.find((a) => a.question === q)?.is ?? 'not-asked'
        return [cellOf(is, page.width), isStyle[is]]
      }),
      cell,
    )
  more(page, asked.length, 10, 'campaign')
  page.blank()
}

/** `named`: subjects whose signs stand below an earlier answer already. */
function oneAnswer(page: TerminalPage, answer: Answer, assessment: Assessment, named: Set<string>): void {
  page.item(questionTexts[answer.question].short, isWords[answer.is], isStyle[answer.is])
  page.prose(sayingOf(answer), 4)
  const known = new Map(assessment.findings.map((f) => [f.id, f]))
  const subjects = subjectsOf(answer, assessment)
  for (const subject of subjects.slice(0, 2)) oneSubject(page, subject, known, named)
  if (subjects.length === 0) {
    for (const sentence of (answer.why ?? []).slice(0, 3)) page.prose(visible(cut(sentence, 400)), 4)
    because(page, reasons(answer.because, known))
  } else if (subjects.length > 2) page.bullet(`and ${counted(subjects.length - 2, 'more subject')}, in the report`, 4)
  const reached = reachSentence(answer.coverage)
  // What logs show is shown without those that are missing.
  if (reached && answer.is !== 'yes') page.prose(reached, 4, 'dim')
  const change = answer.is === 'cannot-tell' || answer.is === 'likely' ? answer.missingEvidence.slice(0, 3) : []
  if (change.length > 0) page.prose(`Evidence needed: ${change.map(settles).join('; ')}.`, 4)
}

/** `ProxyLogon 2021-01-03 – 2021-02-22`. */
function beyondWords({ campaign, from, to }: ReturnType<typeof beyondLogs>[number]): string {
  return `${campaign.name} ${from.slice(0, 10)} – ${lastDayBefore(to)}`
}

/** The last day of a time whose end is not in it. */
function lastDayBefore(end: string): string {
  return new Date(Date.parse(end) - 1).toISOString().slice(0, 10)
}

function because(page: TerminalPage, all: ReturnType<typeof reasons>): void {
  for (const reason of all.slice(0, 3)) {
    if ('finding' in reason) page.bullet(`${reason.finding.title} [${reason.finding.id}]`, 4, '-', ID)
    else page.bullet(reason.sentence, 4)
  }
  if (all.length > 3) page.bullet(`and ${counted(all.length - 3, 'more reason')}`, 4)
}

/** A subject with its signs, what explains them, and what is missing; once. */
function oneSubject(
  page: TerminalPage,
  subject: WeighedSubject,
  known: ReadonlyMap<string, Finding>,
  named: Set<string>,
): void {
  const name = visible(subjectName(subject))
  const signs = signWords(subject, known).slice(0, 3)
  const key = [name, ...signs.map(([words, finding]) => `${words} ${finding?.id}`)].join('\n')
  const isNamed = named.has(key)
  named.add(key)
  page.prose(`${name}${isNamed ? ' (signs above)' : ''}`, 4, 'bold')
  if (isNamed) return
  for (const [words, finding] of signs)
    if (finding === undefined) page.bullet(words, 4)
    else page.bullet(`${words}: ${visible(finding.title)} [${finding.id}]`, 4, '-', ID)
  for (const sentence of besideSigns(subject)) page.prose(visible(sentence), 6, 'dim')
}

/** What may be an attacker's and is not explained, with the question that settles it; and other leads, which change no answer. */
function notSettled(page: TerminalPage, assessment: Assessment): void {
  const [open, other] = [openLeads(assessment), otherLeads(assessment)]
  if (open.length + other.length === 0) return
  const known = new Map(assessment.findings.map((f) => [f.id, f]))
  page.heading('Open leads')
  for (const lead of open.slice(0, 5)) {
    oneSubject(page, lead, known, new Set())
    page.prose(settlingQuestions[lead.kind], 4, 'bold')
    const [next] = nextSteps(lead, known)
    if (next !== undefined) page.prose(cut(visible(next), 300), 4, 'dim')
  }
  more(page, open.length, 5, 'open lead')
  if (other.length === 0) return
  page.prose('Other leads (they change no answer):', 2)
  for (const lead of other.slice(0, 3)) page.bullet(`${visible(subjectName(lead))}. ${settlingQuestions[lead.kind]}`, 2)
  more(page, other.length, 3, 'lead')
}

function exposure(page: TerminalPage, assessment: Assessment): void {
  const e = assessment.exposure
  if (!isExposureShown(assessment)) return
  page.heading('Exposure')
  if (e.support) page.item('Update', updateWords(e.support))
  if (e.support) page.item('Support', supportWords(e.support))
  page.prose(exposureWords(assessment), 2)
  const { open, was } = exposureGroups(assessment)
  const used = [...open, ...was].filter(({ exploited }) => exploited)
  for (const c of used.slice(0, 8)) {
    const fix = fixWords(c)
    page.bullet(
      `${nameWords(c)}, ${cveStates[c.state]} (vulnerable ${openWords(c)})${fix ? `; fixed by: ${fix}` : ''}`,
      2,
    )
  }
  more(page, used.length, 8, 'vulnerability', 'vulnerabilities')
  // A protection that did not exist yet, or that nothing open here asks for, is no news.
  const opened = new Set(open.map(({ cve }) => cve))
  const weak = e.protections.filter(
    ({ is, from, cves }) =>
      is === 'not-met' && from.length > 0 && (cves.length === 0 || cves.some((c) => opened.has(c))),
  )
  for (const p of weak.slice(0, 5)) page.bullet(`not protected: ${p.title} (${p.why})`, 2)
  more(page, weak.length, 5, 'setting')
}

function intrusions(page: TerminalPage, assessment: Assessment): void {
  if (assessment.intrusions.length === 0) return
  page.heading('What happened')
  const names = campaignNames(assessment)
  const known = new Map(assessment.findings.map((f) => [f.id, f]))
  const steps = attackerSteps(assessment)
  for (const [at, intrusion] of assessment.intrusions.slice(0, 5).entries()) {
    if (at > 0) page.blank()
    const who = intrusion.clients.length === 0 ? '' : `, from ${some(intrusion.clients, 3, 'address', 'addresses')}`
    page.prose(
      `${storySpan(storyTimes(intrusion, known, steps))}${who} (${names.get(intrusion.campaign) ?? intrusion.campaign})`,
      2,
      'bold',
    )
    page.words(
      intrusion.stages.map((s) => [stageTexts[s], stageStyle[s]]),
      ' > ',
      2,
    )
    for (const [i, step] of intrusion.attackChain.slice(0, 12).entries()) page.bullet(step, 2, `${i + 1}.`, MOMENT)
    if (intrusion.attackChain.length > 12)
      page.bullet(`and ${counted(intrusion.attackChain.length - 12, 'more step', 'more steps')}`, 2)
  }
  more(page, assessment.intrusions.length, 5, 'intrusion')
}

function mail(page: TerminalPage, assessment: Assessment): void {
  if (assessment.mailboxes.length === 0) return
  page.heading('Affected mailboxes')
  page.prose(`${mailboxesWords(assessment)} (details: mailboxes.csv)`, 2)
  const room = page.width - 2
  for (const m of assessment.mailboxes.slice(0, 10)) {
    const much = shortAmount(m)
    page.line(`${pad(visible(m.mailbox), Math.max(16, room - columns(much) - 2))}  ${much}`, 2)
    page.prose(`${certainties[m.certainty]}; ${waysOf(m)}; ${span(m.first, m.last)}`, 4, 'dim')
    if ((m.scope === 'server' || m.certainty === 'possible') && m.undetermined.length > 0)
      page.prose(unknownWords(m), 4, 'dim')
  }
  more(page, assessment.mailboxes.length, 10, 'mailbox', 'mailboxes')
  const people = toNotify(assessment)
  if (people.length === 0) return
  page.prose('People to notify', 2, 'bold')
  for (const m of people.slice(0, 10)) page.bullet(`${visible(m.mailbox)}: ${noticeOf(m)}`, 2)
  more(page, people.length, 10, 'person', 'people')
}

function waysBack(page: TerminalPage, assessment: Assessment): void {
  if (assessment.persistence.length === 0) return
  page.heading('Persistence')
  const ways = waysBackIn(assessment.persistence)
  for (const p of ways.slice(0, 10)) {
    page.bullet(`${persistenceKinds[p.kind]}, ${persistenceStates[p.state]}: ${cut(visible(p.what), 200)}`, 2)
  }
  more(page, ways.length, 10, 'entry', 'entries')
}

function who(page: TerminalPage, assessment: Assessment): void {
  const { actors, attribution } = assessment
  if (actors.length === 0) return
  page.heading('Attribution')
  const story = byStory(assessment)
  for (const sentence of attribution) page.prose(story(sentence), 2)
  const isOfNames = speaksOfNames(assessment)
  for (const actor of actors.slice(0, 6)) {
    page.bullet(hypothesisWords(actor, assessment), 2)
    // Where no name was weighed, only the report has the reasons.
    if (!isOfNames) continue
    for (const [side, reasons] of [
      ['Supporting', actor.supporting],
      ['Contradicting', actor.contradicting],
    ] as const) {
      for (const reason of reasons.slice(0, 3)) page.prose(`${side}: ${cut(visible(story(reason)), 300)}`, 6, 'dim')
      if (reasons.length > 3)
        page.prose(`${side}: ${counted(reasons.length - 3, 'more point')} in the report`, 6, 'dim')
    }
  }
  more(page, actors.length, 6, 'hypothesis', 'hypotheses')
}

function requests(page: TerminalPage, { clients, requests: all }: Assessment): void {
  const pages = (all.rarePages ?? []).filter(({ known }) => known !== true)
  const agents = all.rareAgents ?? []
  if (clients.length + pages.length + agents.length === 0) return
  page.heading('Other requests')
  for (const { client, rows, first, last } of clients.slice(0, 5))
    page.bullet(`all requests from ${visible(client)}: ${counted(rows, 'row')}, ${span(first, last)}`, 2)
  more(page, clients.length, 5, 'address', 'addresses')
  for (const one of pages.slice(0, 5))
    page.bullet(`page requested by only one IP address: ${visible(rareWords(one))}`, 2)
  more(page, pages.length, 5, 'such page')
  for (const one of agents.slice(0, 3))
    page.bullet(`user agent used by only one IP address: ${visible(rareWords(one))}`, 2)
  more(page, agents.length, 3, 'such program')
}

function others(page: TerminalPage, { thirdPartyResults }: Assessment): void {
  if (thirdPartyResults.length === 0) return
  page.heading('Results of other tools')
  for (const [tool, words] of opinionsByTool(thirdPartyResults)) page.item(cut(visible(tool), 40), words)
  for (const o of thirdPartyResults.filter(({ is }) => is === 'differs').slice(0, 5))
    page.bullet(`${cut(visible(o.tool), 40)}: ${cut(visible(o.reported), 120)}. ${o.why}`, 2)
}

function notRead(page: TerminalPage, assessment: Assessment): void {
  const { coverage, evidence, knowledge } = assessment
  page.heading('Unread or missing evidence')
  const holes = holesTogether(coverage)
  const left = coverage.gaps.length + coverage.unknown.length + knowledge.brokenRules.length + evidence.notes.length
  if (left + holes.length === 0) {
    const all = `All evidence was read: ${counted(evidence.files, 'file')}, ${bytes(evidence.bytes)}.`
    page.prose(evidence.files === 0 ? 'There was no file to read.' : all, 2)
    return
  }
  for (const gap of evidence.gaps) {
    const why = gap.reason === 'encrypted' ? coverage.gaps.find((g) => g.reason === 'encrypted')?.detail : undefined
    const reason = `${bytes(gap.bytes)}, ${gapWords[gap.reason]} (${counted(gap.count, 'place')}${why === undefined ? '' : `; ${why}`})`
    page.bullet(
      `${reason}: ${some([...new Set(coverage.gaps.filter((g) => g.reason === gap.reason).map((g) => g.path))], 2, 'file')}`,
      2,
    )
  }
  const blind = blindPaths(coverage)
  if (blind.length > 0) page.bullet(`files not read that could hold persistence: ${some(blind, 5, 'file')}`, 2)
  for (const hole of holes.slice(0, 8)) {
    page.bullet(
      `no entries ${span(hole.from, hole.to)} (${visible(holeWords(hole))}): ${some(hole.logs, 12, 'log')}`,
      2,
    )
  }
  if (holes.length > 8) page.bullet(`and ${counted(holes.length - 8, 'more log gap')}, in the report`, 2)
  if (coverage.unknown.length > 0) {
    const names = some(
      coverage.unknown.map((u) => u.path),
      2,
      'file',
    )
    page.bullet(`${counted(coverage.unknown.length, 'file')} of unknown format, hashed and searched only: ${names}`, 2)
  }
  for (const note of evidence.notes.slice(0, 5)) page.bullet(cut(visible(note), 400), 2)
  more(page, evidence.notes.length, 5, 'note on a file', 'notes on files')
  for (const rule of knowledge.brokenRules.slice(0, 5)) {
    const place = [rule.file, rule.line, rule.column].filter((p) => p !== undefined).join(':')
    page.bullet(`rule not used (${rule.reason}): ${place}: ${rule.detail}`, 2)
  }
  more(page, knowledge.brokenRules.length, 5, 'rule not used', 'rules not used')
}

function actions(page: TerminalPage, assessment: Assessment): void {
  const ordered = [...assessment.actions].sort((a, b) => a.order - b.order)
  if (ordered.length === 0) return
  page.heading('What to do first')
  for (const [i, action] of ordered.slice(0, 5).entries()) {
    page.bullet(action.title, 2, `${i + 1}.`)
    if (i < 3) page.prose(action.why, 5, 'dim')
  }
  if (ordered.length > 5) page.bullet(`and ${counted(ordered.length - 5, 'more action')}, in the report`, 2)
  if (assessment.duties.length > 0) page.bullet('Reporting deadlines may apply; the report lists them', 2)
}

function files(page: TerminalPage, assessment: Assessment): void {
  const { folder } = page.terminal
  page.heading('More information')
  const { findings, evidence } = assessment
  page.prose(
    `${counted(findings.length, 'finding')} in ${counted(evidence.files, 'file')} of evidence, ${bytes(evidence.bytes)}.`,
    2,
  )
  page.prose(visible(knowledgeWords(assessment)), 2)
  if (folder === undefined) return
  const gap = /[/\\]$/.test(folder) ? '' : folder.includes('\\') ? '\\' : '/'
  // A path is copied from the screen: it has its own line and is never broken.
  page.raw(`  ${visible(folder + gap)}report.html`, 'bold')
  page.prose('In the same folder: assessment.json, findings.jsonl (all rows), coverage.jsonl.', 2)
  if (findings.length > 0) {
    page.prose('To verify a finding:', 2)
    page.raw(`  postern explain ${visible(folder)} FINDING`)
  }
}

function more(page: TerminalPage, all: number, shown: number, one: string, many = `${one}s`): void {
  if (all > shown) page.bullet(`and ${counted(all - shown, `more ${one}`, `more ${many}`)}, in the report`, 2)
}

/** The first of a list, as a terminal shows them. */
function some(values: readonly string[], shown: number, one: string, many = `${one}s`): string {
  return formatList(
    values.map((v) => cutPath(visible(v), 60)),
    shown,
    one,
    many,
  )
}

/** A text cut to a number of columns; of a path the end, with the file's name. */
function cutPath(text: string, width: number): string {
  if (!/[/\\]/.test(text) || columns(text) <= width) return cut(text, width)
  let end = ''
  let used = 1
  for (const character of [...text].reverse()) {
    used += columns(character)
    if (used > width) break
    end = character + end
  }
  return `…${end}`
}
