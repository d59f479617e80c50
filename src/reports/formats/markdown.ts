import type { Assessment } from '../../model/assessment.ts'
import { markdownText as md } from '../shared/serialize.ts'
import type { Report } from '../report.ts'
import { formatCount, counted } from '../../lib/amounts.ts'
import { gapWords } from '../../model/evidence.ts'
import { productWords } from '../../lib/product.ts'
import {
  bytes,
  byStory,
  holeWords,
  hypothesisWords,
  isWords,
  likelihoodWords,
  knowledgeWords,
  missingWords,
  patchedTooLateWords,
  opinionWords,
  questionOrder,
  questionTexts,
  rareWords,
  reach,
  reasons,
  requestsWords,
  sayingOf,
  span,
  stageTexts,
  storySpan,
  utc,
  verdictWords,
  certainties,
  persistenceKinds,
  persistenceStates,
  factWords,
} from '../../locales/en/words.ts'
import {
  byWeight,
  blindPaths,
  holesTogether,
  openQuestions,
  isFixAsked,
  attackerSteps,
  storyTimes,
  waysBackIn,
} from '../shared/selections.ts'
import {
  conditionStates,
  conditionWords,
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
import {
  meansWords,
  mailboxesWords,
  noticeOf,
  ordinaryWords,
  toNotify,
  unknownWords,
} from '../../locales/en/mailboxes.ts'
import { beyondLogs, comesTo, generalName, nextSteps, otherLeads, signOfWords } from '../shared/weighed.ts'
import { comesToWords } from '../../locales/en/finding-weights.ts'
import { settlingQuestions } from '../../locales/en/settling-questions.ts'
import { openLeads, subjectsOf } from '../../model/weight.ts'
import { besideSigns, subjectName, subjectWords } from '../../model/weight-words.ts'

/** report.md: the answer for a ticket or a wiki. */
export const markdown: Report = {
  name: 'markdown',
  file: 'report.md',
  write: (assessment) =>
    [
      head,
      answers,
      why,
      notSettled,
      byCampaign,
      settle,
      exposure,
      intrusions,
      mail,
      waysBack,
      who,
      requests,
      others,
      actions,
      duties,
      notRead,
      findings,
    ]
      .map((part) => part(assessment))
      .filter((part) => part !== '')
      .join('\n'),
}

function head(assessment: Assessment): string {
  const { server, verdict, exposure } = assessment
  return `# ${md(server.name)}: ${verdictWords(verdict)}

${md(verdict.sentence)}

- Product: ${md(productWords(server.product))}
- Evidence: ${md(span(verdict.covers.from, verdict.covers.to))}
${verdict.observed.steps.first === null ? '' : `- Attack seen: ${md(span(verdict.observed.steps.first, verdict.observed.steps.last))}\n`}${verdict.observed.attempts.first === null ? '' : `- Scans and attempts: ${md(span(verdict.observed.attempts.first, verdict.observed.attempts.last))}\n`}- Missing logs: ${md(missingWords(assessment))}
${!isFixAsked(assessment) ? '' : `- Patched too late: ${patchedTooLateWords(exposure.patchedTooLate)}\n`}- ${md(knowledgeWords(assessment))}
`
}

function answers({ answers: all, findings: list }: Assessment): string {
  const known = new Map(list.map((f) => [f.id, f]))
  const rows = questionOrder.flatMap((question) => {
    const answer = all.find((a) => a.question === question)
    if (!answer) return []
    const because = reasons(answer.because, known)
      .slice(0, 5)
      .map((r) => ('finding' in r ? `${md(cutText(r.finding.title))} (${md(r.finding.id)})` : md(cutText(r.sentence))))
    return [
      `| ${questionTexts[question].asks} | **${isWords[answer.is]}** | ${md(sayingOf(answer))} | ${because.join('; ')} | ${reach(answer.coverage) ?? ''} |`,
    ]
  })
  return `## The six questions

| question | answer | in words | because | logs reach |
|---|---|---|---|---|
${rows.join('\n')}
`
}

/** Of each answer that holds, the subjects that weigh most, with their signs. */
function why(assessment: Assessment): string {
  const known = new Map(assessment.findings.map((f) => [f.id, f]))
  const parts = questionOrder.flatMap((question) => {
    const answer = assessment.answers.find((a) => a.question === question)
    if (!answer) return []
    const subjects = subjectsOf(answer, assessment).slice(0, 5)
    const sentences =
      subjects.length === 0
        ? (answer.why ?? [])
        : subjects.map((subject) => [subjectWords(subject, known), ...besideSigns(subject)].join(' '))
    if (sentences.length === 0) return []
    const list = sentences.map((sentence) => `- ${md(cutText(sentence, 900))}`)
    return [`**${questionTexts[question].asks} ${isWords[answer.is]}**\n\n${list.join('\n')}\n`]
  })
  return parts.length === 0 ? '' : `## Why\n\n${parts.join('\n')}`
}

/** Open leads with the question that settles each, and other leads, which change no answer. */
function notSettled(assessment: Assessment): string {
  const [open, other] = [openLeads(assessment), otherLeads(assessment)]
  if (open.length + other.length === 0) return ''
  const known = new Map(assessment.findings.map((f) => [f.id, f]))
  const asked = open.slice(0, 50).map((lead) => {
    const [next] = nextSteps(lead, known)
    const words = [subjectWords(lead, known), ...besideSigns(lead)].join(' ')
    return `- **${settlingQuestions[lead.kind]}** ${md(cutText(words, 900))}${next === undefined ? '' : ` ${md(cutText(next))}`}`
  })
  const rest = other.slice(0, 50).map((lead) => `- ${md(subjectName(lead))}. ${settlingQuestions[lead.kind]}`)
  const left = open.length + other.length - asked.length - rest.length
  return [
    '## Open leads\n',
    ...(asked.length === 0 ? [] : [`${asked.join('\n')}\n`]),
    ...(rest.length === 0 ? [] : [`Other leads (they change no answer):\n\n${rest.join('\n')}\n`]),
    ...(left === 0 ? [] : [`${counted(left, 'more lead')} in assessment.json.\n`]),
  ].join('\n')
}

/** Each campaign that was assessed, and the general question; and what lies before the logs. */
function byCampaign(assessment: Assessment): string {
  const asked = assessment.campaigns.filter((c) => c.assessed)
  const rows = asked.map((c) => {
    const answers = questionOrder.map((q) => isWords[c.answers.find((a) => a.question === q)?.is ?? 'not-asked'])
    return `| ${md(c.general ? generalName(assessment) : c.name)} | ${c.exposureWindow === null ? '' : span(c.exposureWindow.from, c.exposureWindow.to)} | ${answers.join(' | ')} |`
  })
  const beyond = beyondLogs(assessment).map(
    ({ campaign, from, to }) => `- ${md(campaign.name)}, ${span(from, to)}: no logs for this period.`,
  )
  const heads = questionOrder.map((q) => questionTexts[q].short)
  return [
    ...(rows.length === 0
      ? []
      : [
          `## By campaign\n\n| campaign | period | ${heads.join(' | ')} |\n|${'---|'.repeat(heads.length + 2)}\n${rows.join('\n')}\n`,
        ]),
    ...(beyond.length === 0 ? [] : [`### Beyond the logs\n\n${beyond.join('\n')}\n`]),
  ].join('\n')
}

function settle(assessment: Assessment): string {
  const rows = openQuestions(assessment).map(
    (open) =>
      `- **${open.questions.map((q) => questionTexts[q].asks).join(' ')}** ${open.settle.map((s) => md(cutText(s))).join('; ')}`,
  )
  return rows.length === 0 ? '' : `## Evidence needed\n\n${rows.join('\n')}\n`
}

function exposure(assessment: Assessment): string {
  const e = assessment.exposure
  if (!isExposureShown(assessment)) return ''
  const { open, since, was, unknown } = exposureGroups(assessment)
  // What became known only after the evidence ends is counted above the table.
  const spokenOf = new Set(assessment.findings.flatMap(({ cves }) => cves))
  const listed = [...open, ...was, ...unknown, ...since.filter(({ cve }) => spokenOf.has(cve))]
  const rows = listed
    .slice(0, 60)
    .map(
      (c) =>
        `| ${md(nameWords(c))}${c.exploited ? ', exploited' : ''} | ${cveStates[c.state]} | ${openWords(c)} | ${md(cutText(fixWords(c)))} | ${md(cutText(conditionWords(c)))} |`,
    )
  const more = listed.length > 60 ? `\n${formatCount(listed.length - 60)} more in assessment.json.\n` : ''
  const settings = e.protections.map(
    (p) =>
      `| ${md(p.title)} | ${conditionStates[p.is]} | ${md(cutText(p.why))} | ${p.from.map((path) => md(cutText(path))).join(', ')} |`,
  )
  const support = e.support
    ? `\n- Update: ${md(updateWords(e.support))}\n- Support: ${md(supportWords(e.support))}\n`
    : ''
  const table =
    rows.length === 0
      ? ''
      : `\n| CVE | at the end | open | fixed by | other conditions |\n|---|---|---|---|---|\n${rows.join('\n')}\n${more}`
  const also =
    settings.length === 0 ? '' : `\n| required | met | why | source |\n|---|---|---|---|\n${settings.join('\n')}\n`
  return `## Exposure\n\n${md(exposureWords(assessment))}\n${support}${table}${also}`
}

function intrusions(assessment: Assessment): string {
  if (assessment.intrusions.length === 0) return ''
  const known = new Map(assessment.findings.map((f) => [f.id, f]))
  const steps = attackerSteps(assessment)
  const parts = assessment.intrusions.slice(0, 20).map((intrusion) => {
    const story = intrusion.attackChain.map((step, i) => `${i + 1}. ${md(step)}`).join('\n')
    return `### ${md(storySpan(storyTimes(intrusion, known, steps)))}\n\n${intrusion.stages.map((s) => stageTexts[s]).join(' → ')}\n\n${story}\n`
  })
  return `## What happened\n\n${parts.join('\n')}`
}

function mail(assessment: Assessment): string {
  const { mailboxes } = assessment
  if (mailboxes.length === 0) return ''
  const rows = mailboxes.map(
    (m) =>
      `| ${md(m.mailbox)} | ${certainties[m.certainty]} | ${m.accessMethods.map((x) => md(meansWords(x))).join(', ')} | ${span(m.first, m.last)} | ${formatCount(m.requests)} | ${bytes(m.bytes)} |`,
  )
  const people = toNotify(assessment).map((m) => `- **${md(m.mailbox)}**: ${md(noticeOf(m))}`)
  const beside = mailboxes.flatMap((m) => {
    const words = [ordinaryWords(m), ...(m.scope === 'server' || m.certainty === 'possible' ? [unknownWords(m)] : [])]
    const said = words.filter((word) => word !== '').join('. ')
    return said === '' ? [] : [`- ${md(m.mailbox)}: ${md(said)}`]
  })
  return [
    `## Affected mailboxes\n\n${md(mailboxesWords(assessment))}.\n\n| mailbox | certainty | access method | when | requests | data |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`,
    ...(people.length === 0 ? [] : [`### People to notify\n\n${people.join('\n')}\n`]),
    ...(beside.length === 0 ? [] : [`### Comparison with ordinary use, and limits\n\n${beside.join('\n')}\n`]),
  ].join('\n')
}

function waysBack({ persistence }: Assessment): string {
  if (persistence.length === 0) return ''
  const rows = waysBackIn(persistence).map(
    (p) => `- ${persistenceKinds[p.kind]}, ${persistenceStates[p.state]}: ${md(cutText(p.what))}`,
  )
  return `## Persistence\n\n${rows.join('\n')}\n`
}

function who(assessment: Assessment): string {
  const { actors, attribution } = assessment
  if (actors.length === 0) return ''
  const story = byStory(assessment)
  const points = (side: string, reasons: readonly string[]): string =>
    [
      ...reasons.slice(0, 30).map((reason) => `- ${side}: ${md(cutText(story(reason), 400))}`),
      ...(reasons.length > 30 ? [`- ${side}: ${counted(reasons.length - 30, 'more point')} in assessment.json`] : []),
    ].join('\n')
  const parts = actors.map((actor) =>
    [
      `### ${md(hypothesisWords(actor, assessment))}\n`,
      points('Supporting', actor.supporting),
      points('Contradicting', actor.contradicting),
      ...(actor.references.length > 0 ? [`- Reports: ${actor.references.map(md).join(' ; ')}`] : []),
      '',
    ].join('\n'),
  )
  return `## Attribution\n\n${attribution.map((sentence) => md(story(sentence))).join('\n\n')}\n\n${parts.join('\n')}\n${md(likelihoodWords)}\n`
}

function requests({ clients, requests: all }: Assessment): string {
  const addresses = clients
    .slice(0, 50)
    .map(
      (c) =>
        `| ${md(c.client)} | ${formatCount(c.rows)} | ${span(c.first, c.last)} | ${c.statuses.map(formatCount).join(' | ')} |`,
    )
  const asked =
    addresses.length === 0
      ? ''
      : `## Other requests from these addresses\n\n| address | rows | when | 2xx | 3xx | 4xx | 5xx |\n|---|---|---|---|---|---|---|\n${addresses.join('\n')}\n`
  if (all.rows === 0) return asked
  const rare = [
    ...(all.rarePages ?? [])
      .slice(0, 50)
      .map((one) => `- page requested by only one IP address: ${md(rareWords(one))}`),
    ...(all.rareAgents ?? [])
      .slice(0, 50)
      .map((one) => `- user agent used by only one IP address: ${md(rareWords(one))}`),
  ]
  const list = rare.length === 0 ? '' : `\n${rare.join('\n')}\n`
  return `${asked}${asked === '' ? '' : '\n'}## Requests to the server\n\n${md(requestsWords(all))}\n${list}`
}

function others({ thirdPartyResults }: Assessment): string {
  if (thirdPartyResults.length === 0) return ''
  const rows = thirdPartyResults
    .slice(0, 200)
    .map(
      (o) =>
        `| ${md(o.tool)} | ${md(cutText(o.reported))} | ${md(cutText(o.about ?? ''))} | ${opinionWords[o.is]} | ${md(cutText(o.why))} |`,
    )
  return `## Results of other tools\n\n| tool | result | about | compared | why |\n|---|---|---|---|---|\n${rows.join('\n')}\n`
}

function actions({ actions: all }: Assessment): string {
  if (all.length === 0) return ''
  const rows = [...all]
    .sort((a, b) => a.order - b.order)
    .map(
      (a, i) =>
        `${i + 1}. **${md(a.title)}.** ${md(a.why)}${[...a.how, ...a.affected.map((fact) => `on this server: ${cutText(factWords(fact))}`), ...a.verify.map((step) => `done when: ${step}`)].map((line) => `\n   - ${md(line)}`).join('')}`,
    )
  return `## What to do\n\n${rows.join('\n')}\n`
}

function duties({ duties: all }: Assessment): string {
  if (all.length === 0) return ''
  const rows = all.map((duty) =>
    [duty.law, duty.appliesTo, duty.notify, `${duty.deadline}, from ${duty.from}`, `${duty.note} ${duty.source}`.trim()]
      .map((cell) => ` ${md(cell)} `)
      .join('|'),
  )
  return `## Reporting duties and deadlines\n\nFacts, not legal advice. Which laws apply depends on your organization and country.\n\n| law | applies to | notify | within | note and source |\n|---|---|---|---|---|\n|${rows.join('|\n|')}|\n`
}

function notRead({ coverage, evidence, knowledge }: Assessment): string {
  const rows = [
    ...evidence.notes.slice(0, 50).map((note) => `- ${md(cutText(note))}`),
    ...evidence.gaps.map((g) => `- ${bytes(g.bytes)} in ${counted(g.count, 'range')}: ${gapWords[g.reason]}`),
    ...blindPaths(coverage)
      .slice(0, 50)
      .map((path) => `- file not read that could hold persistence: ${md(path)}`),
    ...holesTogether(coverage)
      .slice(0, 50)
      .map((h) => `- no entries ${span(h.from, h.to)} (${md(holeWords(h))}): ${md(h.logs.join(', '))}`),
    ...coverage.unknown.slice(0, 50).map((u) => `- unknown format, hashed and searched only: ${md(u.path)}`),
    ...knowledge.brokenRules.map((r) => `- rule not used: ${md(r.file)}:${r.line ?? ''} ${md(r.detail)}`),
  ]
  return rows.length === 0 ? '' : `## Unread or missing evidence\n\n${rows.join('\n')}\n`
}

function findings(assessment: Assessment): string {
  const shown = byWeight(assessment).slice(0, 100)
  if (shown.length === 0) return ''
  const rows = shown.map(
    (f) =>
      `| ${utc(f.first ?? f.time)} | ${stageTexts[f.stage]} | ${md(cutText(f.title))} | ${comesToWords[comesTo(f)]} | ${signOfWords(f)} | ${md(f.client ?? '')} | ${formatCount(f.count)} | ${md(f.id)} |`,
  )
  const left = assessment.findings.length - shown.length
  const rest = left > 0 ? `\n${counted(left, 'more finding')} in findings.jsonl.\n` : ''
  return `## Findings\n\n| first (UTC) | stage | finding | weight | sign | client | count | id |\n|---|---|---|---|---|---|---|---|\n${rows.join('\n')}\n${rest}`
}

function cutText(text: string, most = 200): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}
