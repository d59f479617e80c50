import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { html as h, inline, json, type Piece, type SafeHtml } from '../lib/html.ts'
import { visible } from '../lib/tty.ts'
import {
  type Actor,
  type Answer,
  type Assessment,
  type Build,
  type Chain,
  type CveExposure,
  type Finding,
  type Is,
  type KindCoverage,
  type Mailbox,
  type Protection,
  type Rare,
  type Stage,
  stageQuestion,
  type Verdict,
} from '../model.ts'
import { coverageChart, exposureChart, meter, timelineChart } from './html-charts.ts'
import { script } from './html-script.ts'
import { style } from './html-style.ts'
import type { Report } from './report.ts'
import {
  bytes,
  byStory,
  byTime,
  byWeight,
  campaignNames,
  capital,
  conditionStates,
  conditionWords,
  count,
  counted,
  cveStates,
  day,
  exposureGroups,
  exposureWords,
  fixWords,
  gapReasons,
  holesTogether,
  isWeighedOnly,
  isWords,
  joinedIntervals,
  likelihoodWords,
  meansWords,
  missingWords,
  notLogs,
  openQuestions,
  patchedTooLateWords,
  opinionWords,
  productWords,
  questionOrder,
  questions,
  reachSentence,
  reasons,
  requestsWords,
  sayingOf,
  settles,
  span,
  speaksOfNames,
  stages,
  supportWords,
  timeBases,
  updateWords,
  utc,
  verdictMeans,
  verdictWords,
  waysBackIn,
  certainties,
  persistenceKinds,
  persistenceStates,
  factWords,
  weighedOnly,
  mailboxesWords,
  noticeOf,
  ordinaryWords,
  toNotify,
  unknownWords,
} from './wording.ts'

// How much the page shows; the rest stands in findings.jsonl and coverage.jsonl, and the page says how much that is.
const SHOWN = 500
const ROWS_A_FINDING = 10
const ROW_LENGTH = 8_000
const PACKED = 6_000_000
const PILE = 12
const MAIN_CVES = 24

/** report.html: the answer for a person, in one file that asks nothing of the network. */
export const html: Report = {
  name: 'html',
  file: 'report.html',
  write: (assessment) => `${page(assessment).toString()}\n`,
}

/** What the parts of the page share: the findings that it shows, the rows packed so far. */
type View = {
  readonly a: Assessment
  readonly byId: ReadonlyMap<string, Finding>
  readonly shown: readonly Finding[]
  readonly anchors: ReadonlyMap<string, string>
  readonly campaigns: ReadonlyMap<string, string>
  readonly logs: ReadonlyMap<string, string>
  readonly packed: string[]
}

type Section = { readonly id: string; readonly title: string; readonly body: SafeHtml }

function page(a: Assessment): SafeHtml {
  const view = viewOf(a)
  const parts = sections(view)
  const csp = `default-src 'none'; style-src '${sha256(style)}'; script-src '${sha256(script)}'; img-src data:; base-uri 'none'; form-action 'none'`
  return h`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${`${clip(a.server.name, 80)}: ${verdictWords(a.verdict)}`}</title>
${inline('style', style)}
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
${masthead(a)}
<div class="frame">
<nav class="contents" aria-label="Contents"><ol>${parts.map((s) => h`<li><a href="#${s.id}">${s.title}</a></li>`)}</ol></nav>
<main>
${verdict(a)}
${parts.map(
  (s) => h`<section id="${s.id}" aria-labelledby="${`${s.id}-title`}"><h2 id="${`${s.id}-title`}">${s.title}</h2>
${s.body}</section>
`,
)}
</main>
</div>
${footer(a)}
${json('rows', view.packed)}
${inline('script', script)}
</body>
</html>`
}

function viewOf(a: Assessment): View {
  const shown = byWeight(a).slice(0, SHOWN)
  return {
    a,
    byId: new Map(a.findings.map((f) => [f.id, f])),
    shown,
    anchors: new Map(shown.map((f) => [f.id, `f-${f.id.replace(/[^A-Za-z0-9._-]/g, '_')}`])),
    campaigns: campaignNames(a),
    logs: new Map(a.coverage.kinds.map((k) => [k.kind, k.title])),
    packed: [],
  }
}

function sections(view: View): readonly Section[] {
  const list: readonly (readonly [string, string, SafeHtml | null])[] = [
    ['answers', 'The six questions', answers(view)],
    ['settle', 'What would settle it', settle(view)],
    ['limits', 'What this does not say', limits(view)],
    ['story', 'What happened', story(view)],
    ['actions', 'What to do now', actions(view)],
    ['duties', 'Whom to tell, and by when', duties(view)],
    ['mail', 'Whose mail', mail(view)],
    ['back', 'What lets them come back', waysBack(view)],
    ['addresses', 'What else these addresses asked for', addresses(view)],
    ['requests', 'What was asked of the server', requests(view)],
    ['others', 'What other tools said', others(view)],
    ['coverage', 'How far the logs reach', coverage(view)],
    ['exposure', 'When the server was open', exposure(view)],
    ['who', 'Who it may have been', who(view)],
    ['findings', 'Findings', findings(view)],
    ['unread', 'What was not read', unread(view)],
    ['evidence', 'Evidence and knowledge', evidence(view)],
  ]
  return list.flatMap(([id, title, body]) => (body ? [{ id, title, body }] : []))
}

// ---------------------------------------------------------------- top and bottom

function masthead(a: Assessment): SafeHtml {
  const build = a.server.builds.at(-1)
  return h`<header class="masthead"><div class="inside">
<p class="brand">${mark}<span>Postern</span></p>
<p class="server"><strong>${clip(a.server.name, 80)}</strong><span>${productWords(a.server.product)}${build ? `, build ${build.build}` : ''}</span></p>
</div></header>`
}

function verdict(a: Assessment): SafeHtml {
  const v = a.verdict
  const facts: readonly (readonly [string, Piece])[] = [
    ['Evidence covers', dates(coversWords(v))],
    ...(v.covers.from === null ? [] : [['Logs missing', missingWords(a)] as const]),
    ['Patched too late', a.exposure.patchedTooLate === null ? 'cannot tell' : a.exposure.patchedTooLate ? 'yes' : 'no'],
    ['Mailboxes read', mailboxesWords(a)],
  ]
  return h`<section id="verdict" class="${`verdict v-${v.is}`}" aria-labelledby="verdict-title">
<div class="says">${verdictIcon(v)}<div>
<p class="eyebrow">Verdict on ${clip(a.server.name, 80)}</p>
<h1 id="verdict-title">${verdictWords(v)}</h1>
<p class="means">${verdictMeans[v.is]}${v.sure ? null : ' One thing is missing for certainty; the answers say what.'}</p>
</div></div>
<p class="sentence">${dates(v.sentence)}</p>
<dl class="facts">${facts.map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${v.open.length === 0 ? null : h`<p class="open"><strong>Cannot be told from this evidence:</strong> ${v.open.map((q) => questions[q].asks).join(' ')}</p>`}
${a.degraded ? h`<p class="open"><strong>Incomplete:</strong> time or memory ran out on part of the evidence; a second run may find more.</p>` : null}
</section>`
}

function coversWords(v: Verdict): string {
  const { from, to } = v.covers
  if (from === null && to === null) return 'no log with times'
  return from !== null && to !== null ? `${day(from).slice(0, 10)} to ${day(to)}` : span(from, to)
}

function footer(a: Assessment): SafeHtml {
  return h`<footer><div class="inside">
<p>Postern ${toolVersion(a)}. All times are UTC. The same evidence, packs, version and options give this same file. It loads nothing and sends nothing.</p>
<p>Beside it: <code>assessment.json</code> (all of it, for programs), <code>findings.jsonl</code> (each finding with its raw rows), <code>coverage.jsonl</code> (each file, byte by byte).</p>
</div></footer>`
}

const toolVersion = (a: Assessment): string => a.knowledge.tool.replace(/^postern /, '')

// ---------------------------------------------------------------- answers

function answers(view: View): SafeHtml {
  const cards = questionOrder.flatMap((q) => view.a.answers.filter((x) => x.question === q).slice(0, 1))
  return h`<div class="cards">${cards.map((answer) => card(view, answer))}</div>
${campaigns(view)}`
}

function card(view: View, answer: Answer): SafeHtml {
  const reached = reachSentence(answer.coverage)
  const missing = answer.coverage.missing
  return h`<article class="${`answer a-${answer.is}`}">
<h3><span class="key">${questions[answer.question].short}</span> ${questions[answer.question].asks}</h3>
<p class="is">${icon(answer.is)}<span>${isWords[answer.is]}</span></p>
<p class="why">${dates(sayingOf(answer))}</p>
${reached ? h`<p class="reach">${meter(answer.coverage.covered, answer.coverage.of)}<span>${reached}</span></p>` : null}
<details class="answer-why"><summary>Why, and what would change it</summary>
<h4>Because</h4>
${because(view, answer.because, 8)}
<h4>Where Postern looked, and what speaks against it</h4>
${answer.against.length === 0 ? h`<p class="none">Nothing was found that does.</p>` : h`<ul>${answer.against.map((c) => h`<li>Looked at ${c.looked}: ${c.found}.</li>`)}</ul>`}
<h4>How far the logs reach</h4>
<p>${reached ? dates(`${span(answer.coverage.from, answer.coverage.to)}. ${reached}`) : 'This answer does not rest on hours of logs.'}</p>
${missing.length === 0 ? null : h`<ul>${missing.slice(0, 5).map((m) => h`<li>not covered: ${dates(span(m.from, m.to))}</li>`)}${rest(missing.length, 5, 'stretch', 'stretches')}</ul>`}
<h4>What would change it</h4>
${answer.wouldChange.length === 0 ? h`<p class="none">No further evidence is known that would.</p>` : h`<ul>${answer.wouldChange.map((w) => h`<li>${dates(clip(capital(settles(w))))}</li>`)}</ul>`}
</details>
</article>`
}

function because(view: View, list: readonly string[], shown: number): SafeHtml {
  if (list.length === 0) return h`<p class="none">Nothing points to it.</p>`
  const items = reasons(list, view.byId).slice(0, shown)
  return h`<ul>${items.map((r) => h`<li>${'finding' in r ? link(view, r.finding) : sentenceOf(r.subject, r.sentence)}</li>`)}${rest(list.length, shown, 'reason')}</ul>`
}

function sentenceOf(subject: string, sentence: string): SafeHtml {
  return h`${subject === '' ? null : h`<span class="subject">${subject}</span> `}${clip(sentence)}`
}

function link(view: View, f: Finding): SafeHtml {
  const anchor = view.anchors.get(f.id)
  const words = clip(f.title, 160)
  const when = h` <span class="faint">${dates(utc(f.first ?? f.time))}</span>`
  return anchor
    ? h`<a href="#${anchor}">${words}</a>${when}`
    : h`${words}${when} <span class="faint">(findings.jsonl, ${f.id})</span>`
}

function campaigns(view: View): SafeHtml | null {
  const { campaigns: all } = view.a
  const asked = all.filter((c) => c.asked)
  const not = all.filter((c) => !c.asked)
  if (all.length === 0) return null
  const grid = table(
    'The answers by campaign',
    ['Campaign', ...questionOrder.map((q) => questions[q].short)],
    asked.map((c) => [
      h`<strong>${clip(c.name, 80)}</strong><br><span class="faint">${c.window ? dates(span(c.window.from, c.window.to)) : clip(c.reason, 120)}</span>`,
      ...questionOrder.map((q) => {
        const is = c.answers.find((x) => x.question === q)?.is ?? 'not-asked'
        return h`<span class="${`word a-${is}`}">${icon(is)}${isWords[is]}</span>`
      }),
    ]),
  )
  return h`<h3>By campaign</h3>
${asked.length === 0 ? h`<p class="none">No campaign was asked.</p>` : grid}
${not.length === 0 ? null : h`<details class="plain"><summary>${counted(not.length, 'campaign')} not asked, and why</summary><ul>${not.map((c) => h`<li><strong>${clip(c.name, 80)}</strong>: ${clip(c.reason)}.</li>`)}</ul></details>`}`
}

// ---------------------------------------------------------------- what is open, what is not said

function settle(view: View): SafeHtml | null {
  const open = openQuestions(view.a)
  if (open.length === 0) return null
  const rows = open.map((o) => [
    h`<strong>${o.questions.map((q) => questions[q].asks).join(' ')}</strong>`,
    o.settle.length === 0
      ? 'No further evidence is known that would.'
      : h`<ul class="tight">${o.settle.map((s) => h`<li>${dates(clip(capital(s), 500))}</li>`)}</ul>`,
  ])
  return h`<p class="lead">These questions are open because evidence is missing, not because nothing happened. Look for it on the server, in a backup, a shadow copy or a log collector, put it beside what you have, and assess everything again.</p>
${table('Open questions', ['Open question', 'What would settle it'], rows, { quiet: true })}
${
  view.a.verdict.is === 'cannot-tell'
    ? h`<p class="note">Until then, treat the server as one that may have been entered: copy its logs before they are overwritten (Exchange keeps most of them for 30 days at most), and when that is done, install the updates that it lacks.</p>`
    : null
}`
}

// A verdict without an intrusion is read as an all-clear, which it is not.
function limits(view: View): SafeHtml | null {
  const { verdict: v, campaigns: all } = view.a
  if (v.is !== 'no-evidence' && v.is !== 'targeted') return null
  const asked = all.filter((c) => c.asked).map((c) => clip(c.name, 80))
  return h`<ul>
<li>Postern asked about ${asked.length === 0 ? 'no campaign by name' : asked.join(', ')}, and about what its rules know. An attack of another kind may have left other traces.</li>
<li>It holds for the hours that the logs reach, and for the state of the files when they were copied.</li>
<li>An intruder with SYSTEM rights can change a log. Rows that are missing are noticed as holes; rows that were replaced with care are not.</li>
<li>What a firewall or a proxy in front of the server stopped, or what happened on other machines, is not in this evidence.</li>
</ul>`
}

// ---------------------------------------------------------------- story

function story(view: View): SafeHtml {
  const { chains } = view.a
  const undated = view.a.findings.filter((f) => (f.first ?? f.time) === null).length
  const chart = timelineChart(view.a, (f) => view.anchors.get(f.id) ?? null)
  if (view.a.findings.length === 0) return h`<p class="none">No rule found anything in what was read.</p>`
  return h`${chains.length === 0 ? h`<p class="none">${view.a.findings.length === 1 ? 'There is one finding, and no story.' : 'The findings do not join into a story: no two of them share a request, a client or a target.'}</p>` : chains.slice(0, 50).map((c, i) => chain(view, c, i))}
${chains.length > 50 ? h`<p class="note">${counted(chains.length - 50, 'more chain')} in assessment.json.</p>` : null}
<h3 id="timeline">Timeline of findings</h3>
${chart ? scroll('timeline', chart) : null}
${undated > 0 ? h`<p class="note">${counted(undated, 'finding')} without a time ${undated === 1 ? 'is' : 'are'} not drawn; the table below ends with ${undated === 1 ? 'it' : 'them'}.</p>` : null}
<details class="plain"><summary>The same as a table</summary>
${timeTable(view)}</details>`
}

function chain(view: View, c: Chain, index: number): SafeHtml {
  const related = c.findings.flatMap((id) => view.byId.get(id) ?? []).sort(byTime)
  return h`<article class="chain">
<h3>Story ${index + 1}<span class="when">${span(c.first, c.last)}</span></h3>
<p class="from">${view.campaigns.get(c.campaign) ?? c.campaign}${c.clients.length > 0 ? h`, from ${c.clients.slice(0, 6).map((client, i) => h`${i > 0 ? ', ' : ''}${address(client)}`)}${c.clients.length > 6 ? ` and ${count(c.clients.length - 6)} more` : ''}` : null}</p>
<ul class="steps" aria-label="Stages reached">${c.stages.map((s) => h`<li class="${`q-${stageQuestion[s] ?? 'none'}`}">${stages[s]}</li>`)}</ul>
${steps(c.story.slice(0, 12), 1)}
${c.story.length > 12 ? h`<details class="plain more"><summary>${counted(c.story.length - 12, 'more step')}</summary>${steps(c.story.slice(12, 200), 13)}</details>` : null}
${c.story.length > 200 ? h`<p class="note">${counted(c.story.length - 200, 'further step')} in assessment.json.</p>` : null}
<details class="plain"><summary>${counted(related.length, 'finding')} in it, and what joins them</summary>
<p>Joined by ${
    c.joinedBy.length === 0
      ? 'nothing but time'
      : c.joinedBy
          .slice(0, 12)
          .map((j) => clip(j, 120))
          .join(', ')
  }${c.joinedBy.length > 12 ? ` and ${count(c.joinedBy.length - 12)} more` : ''}.</p>
<ul>${related.slice(0, 40).map((f) => h`<li>${link(view, f)}</li>`)}${rest(related.length, 40, 'finding')}</ul></details>
</article>`
}

const steps = (story: readonly string[], start: number): SafeHtml =>
  h`<ol class="story" start="${start}">${story.map((s) => h`<li>${dates(clip(s, 500))}</li>`)}</ol>`

// A row a day, stage and rule: a scan of thousands of requests is one row.
function timeTable(view: View): SafeHtml {
  type Group = {
    readonly date: string
    readonly stage: Stage
    readonly findings: Finding[]
    readonly clients: Set<string>
    rows: number
  }
  const groups = new Map<string, Group>()
  for (const f of [...view.a.findings].sort(byTime)) {
    const date = (f.first ?? f.time ?? '').slice(0, 10)
    const key = `${date}\n${f.stage}\n${f.rule}`
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { date, stage: f.stage, findings: [], clients: new Set(), rows: 0 }))
    group.findings.push(f)
    if (f.client !== null) group.clients.add(f.client)
    group.rows += f.count
  }
  const list = [...groups.values()]
  const shown = 200
  const body = list.slice(0, shown).map((g) => {
    const first = g.findings.find((f) => view.anchors.has(f.id)) ?? g.findings[0]!
    const clients = [...g.clients]
    return [
      h`<span class="nowrap">${g.date === '' ? 'time unknown' : `${g.date} ${clock(g.findings[0]!)}`}</span>`,
      h`<span class="${`stage q-${stageQuestion[g.stage] ?? 'none'}`}">${stages[g.stage]}</span>`,
      h`${view.anchors.has(first.id) ? h`<a href="#${view.anchors.get(first.id)!}">${clip(first.title, 160)}</a>` : clip(first.title, 160)}${g.findings.length > 1 ? h` <span class="faint">and ${counted(g.findings.length - 1, 'more finding')}</span>` : null}`,
      clients.length === 0
        ? ''
        : h`${address(clients[0]!)}${clients.length > 1 ? ` and ${count(clients.length - 1)} more` : ''}`,
      count(g.rows),
    ]
  })
  return h`${table('Findings by time, a row a day, stage and rule', ['First (UTC)', 'Stage', 'Finding', 'From', 'Rows'], body, { numbers: [4], quiet: true })}
${list.length > shown ? h`<p class="note">${counted(list.length - shown, 'later row')} not shown; every finding stands in findings.jsonl.</p>` : null}`
}

const clock = (f: Finding): string => (f.first ?? f.time ?? '').slice(11, 19)

// ---------------------------------------------------------------- actions

function actions(view: View): SafeHtml | null {
  const list = [...view.a.actions].sort((a, b) => a.order - b.order)
  if (list.length === 0) return null
  return h`<p class="lead">In this order. Nothing here has been done yet.</p>
<ol class="actions">${list.map(
    (x) => h`<li><h3>${x.title}</h3>
<p>${x.why}</p>
${x.how.length === 0 ? null : h`<ul class="how">${x.how.map((step) => h`<li>${instruction(step)}</li>`)}</ul>`}
${x.sideEffects.length === 0 ? null : h`<p class="effects"><strong>Side effects:</strong> ${x.sideEffects.join(' ')}</p>`}
${x.here.length === 0 ? null : h`<p><strong>On this server:</strong></p><ul>${x.here.map((fact) => h`<li>${clip(factWords(fact))}${evidenceOf(view, fact.because)}</li>`)}</ul>`}
${x.verify.length === 0 ? null : h`<p><strong>Done when:</strong></p><ul>${x.verify.map((step) => h`<li>${instruction(step)}</li>`)}</ul>`}
${x.because.length === 0 ? null : h`<details class="plain"><summary>What calls for it</summary>${because(view, x.because, 8)}</details>`}
</li>`,
  )}</ol>`
}

/** A link to the finding that tells of a fact most plainly: the first that the report shows. */
function evidenceOf(view: View, ids: readonly string[]): SafeHtml | null {
  const anchor = ids.map((id) => view.anchors.get(id)).find((known) => known !== undefined)
  return anchor === undefined ? null : h` <a class="faint" href="#${anchor}">evidence</a>`
}

/** Who may have to be told, and by when. */
function duties(view: View): SafeHtml | null {
  const list = view.a.duties
  if (list.length === 0) return null
  const body = list.map((duty) => [
    h`<strong>${duty.law}</strong>`,
    duty.binds,
    duty.tell,
    h`${duty.within}<br><span class="faint">from ${duty.from}</span>`,
    h`${duty.note}${duty.note === '' ? null : ' '}<span class="faint">${duty.source}</span>`,
  ])
  return h`<p class="lead">Facts, and no legal advice: which of them bind you depends on who and where you are. Write down when you became aware, and of what.</p>
<details class="plain"><summary>${counted(list.length, 'law')} that may bind you, each with its time</summary>
${table('Duties to report', ['Law', 'Binds', 'Tell', 'Within', 'Note and source'], body, { quiet: true })}</details>`
}

// A whole command line, or words with commands between back quotes.
function instruction(step: string): SafeHtml {
  if (commandLine.test(step) && !/`|, and |\b(?:with|of|for) the\b|\.$/.test(step))
    return h`<code class="copy">${step}</code>`
  return h`${step.split('`').map((piece, i) => (i % 2 === 1 ? h`<code class="copy">${piece}</code>` : piece))}`
}

const commandLine =
  /^(?:[A-Z][a-zA-Z]+-[A-Z][A-Za-z]+\b|(?:reg|netsh|iisreset|schtasks|wevtutil|icacls|certutil|appcmd|auditpol|dism|sc|net|robocopy|postern)(?:\.exe)? )/

// ---------------------------------------------------------------- mail, ways back, who

function mail(view: View): SafeHtml | null {
  const list = view.a.mailboxes
  if (list.length === 0) return null
  const rows = list
    .slice(0, 300)
    .map((m) => [
      h`<strong${m.mailbox.length <= 36 ? h` class="nowrap"` : null}>${clip(m.mailbox, 120)}</strong>`,
      certainties[m.certainty],
      m.means.map((x) => clip(meansWords(x), 80)).join(', '),
      dates(span(m.first, m.last)),
      count(m.requests),
      bytes(m.bytes),
      h`${m.because.slice(0, 3).map((id) => h`<span class="ref">${reference(view, id)}</span>`)}`,
    ])
  const beside = list.filter((m) => m.ordinary !== null || m.cannotKnow.length > 0).slice(0, 100)
  return h`<p>${capital(mailboxesWords(view.a))}. A line a mailbox, with all of its facts: mailboxes.csv.</p>
${table('Mailboxes', ['Mailbox', 'How sure', 'Means', 'When', 'Requests', 'Data', 'Because'], rows, { numbers: [4, 5], quiet: true })}
${notify(view.a)}
${
  beside.length === 0
    ? null
    : h`<details class="plain"><summary>Measured against ordinary use, and what cannot be known</summary>
<ul>${beside.map((m) => h`<li><strong>${clip(m.mailbox, 120)}</strong>: ${dates(clip(besideWords(m), 1500))}</li>`)}</ul></details>`
}
${list.length > 300 ? h`<p class="note">${counted(list.length - 300, 'more mailbox', 'more mailboxes')} in mailboxes.csv.</p>` : null}`
}

function notify(a: Assessment): SafeHtml | null {
  const people = toNotify(a)
  if (people.length === 0) return null
  return h`<h3>People to notify</h3>
<ul>${people.slice(0, 100).map((m) => h`<li><strong>${clip(m.mailbox, 120)}</strong>: ${dates(clip(noticeOf(m), 1500))}</li>`)}${rest(people.length, 100, 'person', 'people')}</ul>`
}

function besideWords(m: Mailbox): string {
  const leads = m.ordinary?.leads ?? []
  return [
    ...(ordinaryWords(m) === '' ? [] : [`${ordinaryWords(m)}.`]),
    ...(leads.length === 0 ? [] : [`Leads, and no proof: ${leads.join('; ')}.`]),
    ...(m.scope === 'server' || m.certainty === 'possible' ? [unknownWords(m)] : []),
  ].join(' ')
}

function waysBack(view: View): SafeHtml | null {
  const list = waysBackIn(view.a.persistence)
  if (list.length === 0) return null
  const rows = list
    .slice(0, 300)
    .map((p) => [
      h`<strong>${persistenceKinds[p.kind]}</strong>`,
      h`<code>${clip(p.what)}</code>`,
      h`<span class="${`state s-${p.state}`}">${persistenceStates[p.state]}</span>`,
      dates(span(p.first, p.last)),
      h`${p.because.slice(0, 3).map((id) => h`<span class="ref">${reference(view, id)}</span>`)}`,
    ])
  return h`${table('Ways back in', ['Kind', 'What', 'State', 'Seen', 'Because'], rows, { quiet: true })}
${list.length > 300 ? h`<p class="note">${counted(list.length - 300, 'more')} in assessment.json.</p>` : null}`
}

/** Addresses that are shown; the rest stands in assessment.json. */
const ADDRESSES = 200

function addresses(view: View): SafeHtml | null {
  const list = view.a.clients
  if (list.length === 0) return null
  const rows = list.slice(0, ADDRESSES).map((c) => [
    address(c.client),
    count(c.rows),
    dates(span(c.first, c.last)),
    ...c.statuses.map(count),
    c.bytes === 0 ? h`<span class="faint">not logged</span>` : bytes(c.bytes),
    h`${ofEachTitle(view, c.findings)
      .slice(0, 2)
      .map(
        (id) => h`<span class="ref">${reference(view, id)}</span>`,
      )}${c.findings.length > 2 ? h`<span class="faint">${counted(c.findings.length, 'finding')} in all</span>` : null}`,
  ])
  const heads = ['Address', 'Rows', 'When', '2xx', '3xx', '4xx', '5xx', 'Sent to it', 'Findings']
  return h`<p class="lead">All rows of the front end's logs (IIS and HttpProxy; a request has one in each) from the addresses that findings are of, also those that no rule speaks of: they are worth reading.</p>
${table('Addresses', heads, rows, { numbers: [1, 3, 4, 5, 6, 7], quiet: true })}
${list.length > ADDRESSES ? h`<p class="note">${counted(list.length - ADDRESSES, 'more address', 'more addresses')} in assessment.json.</p>` : null}`
}

/** Statuses that are shown; the rest stands in assessment.json. */
const STATUSES = 30

function requests({ a: { requests: all } }: View): SafeHtml | null {
  if (all.rows === 0) return null
  const statuses = all.statuses
    .slice(0, STATUSES)
    .map((s) => [h`<code>${clip(s.value, 40)}</code>`, count(s.rows), dates(span(s.first, s.last))])
  const left = all.statuses.length - statuses.length
  return h`<p class="lead">${requestsWords(all)}</p>
${rare('Pages that one address alone got', 'Page', all.rarePages)}
${rare('Programs (user agents) that one address alone used', 'Program', all.rareAgents)}
${table('Answers by status', ['Status', 'Rows', 'When'], statuses, { numbers: [1], quiet: true })}
${left > 0 ? h`<p class="note">${counted(left, 'more status', 'more statuses')} in assessment.json.</p>` : null}`
}

function rare(title: string, head: string, list: readonly Rare[] | null): SafeHtml {
  if (list === null || list.length === 0)
    return h`<p class="note">${title}: ${list === null ? 'cannot be told, there are too few rows or addresses' : 'none'}.</p>`
  const rows = list.map((r) => [
    h`<code>${clip(r.value)}</code>${r.known === true ? h` <span class="faint">a name of Exchange</span>` : null}`,
    address(r.client),
    count(r.rows),
    dates(span(r.first, r.last)),
    ...r.statuses.map(count),
  ])
  const heads = [head, 'Address', 'Rows', 'When', '2xx', '3xx', '4xx', '5xx']
  return table(title, heads, rows, { numbers: [2, 4, 5, 6, 7] })
}

/** One finding of each title. */
function ofEachTitle(view: View, ids: readonly string[]): readonly string[] {
  const byTitle = new Map(ids.map((id) => [view.byId.get(id)?.title ?? id, id]))
  return [...byTitle.values()]
}

function others(view: View): SafeHtml | null {
  const list = view.a.opinions
  if (list.length === 0) return null
  const rows = list
    .slice(0, 300)
    .map((o) => [
      h`<strong>${clip(o.tool, 80)}</strong>`,
      clip(o.says, 300),
      h`<code>${clip(o.about ?? '')}</code>`,
      opinionWords[o.is],
      clip(o.why, 400),
      h`${o.because.slice(0, 3).map((id) => h`<span class="ref">${reference(view, id)}</span>`)}`,
    ])
  return h`<p class="lead">Results of other tools that lie in the evidence, held against the findings here.</p>
${table('Other tools', ['Tool', 'Says', 'About', 'And Postern', 'Why', 'Because'], rows, { quiet: true })}
${list.length > 300 ? h`<p class="note">${counted(list.length - 300, 'more')} in assessment.json.</p>` : null}`
}

function reference(view: View, id: string): SafeHtml {
  const anchor = view.anchors.get(id)
  const title = view.byId.get(id)?.title ?? id
  return anchor
    ? h`<a href="#${anchor}">${clip(title, 100)}</a>`
    : h`${clip(title, 100)} <span class="faint">(${clip(id, 60)})</span>`
}

function who(view: View): SafeHtml | null {
  const { actors, attribution } = view.a
  if (actors.length === 0) return null
  const [lead, ...rest] = attribution.map(byStory(view.a))
  const weighed = h`<div class="actors">${actors.map((x) => hypothesis(view, x))}</div>
<p class="note">${likelihoodWords}</p>`
  return h`<p class="lead">${lead}</p>
${rest.map((sentence) => h`<p>${clip(sentence)}</p>`)}
${speaksOfNames(view.a) ? weighed : h`<details class="plain"><summary>What was weighed, and how</summary>${weighed}</details>`}`
}

function hypothesis(view: View, x: Actor): SafeHtml {
  const number = new Map(view.a.chains.map((c, i) => [c.id, i + 1]))
  const named = byStory(view.a)
  const stories = x.chains.slice(0, 20).map((c) => (number.has(c) ? `story ${number.get(c)}` : c))
  return h`<article class="actor"><h3>${capital(clip(x.actor, 120))}<span class="likelihood">${x.words}</span></h3>
${isWeighedOnly(x) ? h`<p class="faint">${weighedOnly}</p>` : null}
<div class="scales"><div><h4>For</h4>${list(x.for.map(named))}</div><div><h4>Against</h4>${list(x.against.map(named))}</div></div>
${stories.length === 0 ? null : h`<p class="faint">Speaks of ${stories.join(', ')}.</p>`}
${x.references.length === 0 ? null : h`<p class="faint">Reports: ${x.references.join(' ; ')}</p>`}
</article>`
}

const list = (items: readonly string[]): SafeHtml =>
  items.length === 0
    ? h`<p class="none">Nothing.</p>`
    : h`<ul>${items.slice(0, 30).map((i) => h`<li>${clip(i)}</li>`)}${rest(items.length, 30, 'point')}</ul>`

// ---------------------------------------------------------------- coverage, exposure

function coverage(view: View): SafeHtml {
  const { kinds } = view.a.coverage
  const chart = coverageChart(view.a)
  if (kinds.length === 0) return h`<p class="none">No log with entries was read.</p>`
  const rows = kinds.map((k) => [
    h`<strong>${clip(k.title, 80)}</strong>`,
    count(k.files),
    count(k.entries),
    k.first === null ? 'no times' : dates(utc(k.first)),
    k.last === null ? 'no times' : dates(utc(k.last)),
    count(k.hours),
    holesCell(k),
  ])
  const holes = holesTogether(view.a.coverage)
  return h`${view.a.coverage.first ? h`<p class="lead">Entries from ${utc(view.a.coverage.first)} to ${utc(view.a.coverage.last)}. Where a log is silent, nothing can be said about it.</p>` : null}
${
  chart
    ? h`${scroll('coverage chart', chart)}
<p class="legend" aria-hidden="true"><span><i class="swatch d1"></i><i class="swatch d2"></i><i class="swatch d3"></i><i class="swatch d4"></i> few to many entries a day</span><span><i class="swatch gap"></i> hole: entries are missing</span><span><i class="swatch camp"></i> window of a campaign</span><span><i class="swatch line"></i> change of build</span></p>`
    : null
}
${
  holes.length === 0
    ? null
    : h`<h3>Holes</h3>
<ul>${holes.slice(0, 12).map((x) => h`<li><strong>${dates(span(x.from, x.to))}</strong>: ${clip(x.logs.join(', '), 400)} <span class="faint">(${clip(x.reasons.join('; '), 300)})</span></li>`)}${rest(holes.length, 12, 'hole')}</ul>`
}
<details class="plain"><summary>The same as a table</summary>
${table('Log kinds', ['Log', 'Files', 'Entries', 'First', 'Last', 'Hours', 'Holes'], rows, { numbers: [1, 2, 5], quiet: true })}</details>`
}

function holesCell(kind: KindCoverage): Piece {
  if (notLogs.has(kind.kind)) return 'a state, no log'
  if (kind.holes.length === 0) return 'none seen'
  return h`<ul class="tight">${kind.holes.slice(0, 4).map((x) => h`<li>${dates(span(x.from, x.to))}: ${clip(x.reason, 160)}</li>`)}${rest(kind.holes.length, 4, 'hole')}</ul>`
}

function exposure(view: View): SafeHtml | null {
  const { exposure: e, server } = view.a
  if (e.cves.length === 0 && server.builds.length === 0) return null
  const named = new Set(view.a.findings.flatMap((f) => f.cves))
  const groups = exposureGroups(view.a)
  const affected = e.cves.filter((c) => c.state !== 'not-affected')
  const spokenOf = affected.filter((c) => named.has(c.cve))
  const changed = affected.filter((c) => joinedIntervals(c).length > 1)
  const drawn = (spokenOf.length > 0 ? spokenOf : changed).slice(0, MAIN_CVES)
  const chart = exposureChart(view.a, drawn.length > 0 ? drawn : affected.slice(0, MAIN_CVES))
  const untouched = e.cves.length - affected.length
  // What a finding speaks of, and what others were attacked by while it was open here, is not folded away.
  const part = (caption: string, list: readonly CveExposure[], folds = false): SafeHtml | null => {
    const main = list.filter((c) => named.has(c.cve) || (c.exploited && !folds)).slice(0, MAIN_CVES)
    const others = list.filter((c) => !main.includes(c))
    return list.length === 0
      ? null
      : h`<h3>${caption} <span class="n">${count(list.length)}</span></h3>
${main.length === 0 ? null : vulnerabilities(`${caption}: known to be used by attackers, or spoken of by a finding`, main, { quiet: true })}
${others.length === 0 ? null : h`<details class="plain"><summary>${counted(others.length, main.length > 0 ? 'further vulnerability' : 'vulnerability', main.length > 0 ? 'further vulnerabilities' : 'vulnerabilities')}</summary>${vulnerabilities(`${caption}: ${main.length > 0 ? 'further' : 'all'}`, others.slice(0, 400), { quiet: true })}</details>`}`
  }
  return h`<p class="lead">${exposureWords(view.a)} Patched too late: <strong>${patchedTooLateWords(e.patchedTooLate)}</strong>.</p>
${e.support ? h`<p><strong>Update:</strong> ${dates(updateWords(e.support))}.</p><p><strong>Support:</strong> ${dates(supportWords(e.support))}.</p>` : null}
${chart ? h`${scroll('exposure chart', chart)}<p class="note">Drawn are ${spokenOf.length > 0 ? 'the vulnerabilities that a finding speaks of' : changed.length > 0 ? 'the vulnerabilities that were opened or fixed in this time' : 'some of the vulnerabilities'}.</p>` : null}
${server.builds.length === 0 ? h`<p class="none">Which build ran here is not in the evidence.</p>` : table('Builds over time', ['Build', 'When', 'Known from', 'Exact to the'], server.builds.slice(0, 100).map(buildRow))}
${part('Open at the end of the evidence', groups.open)}
${part('Open for a time, and fixed since', groups.was)}
${part('Not known from this evidence', groups.unknown)}
${part('Open, and made public after the evidence ends', groups.since, true)}
${part('Fixed as far as the evidence goes back', groups.fixed, true)}
${e.protections.length === 0 ? null : h`<details class="plain"><summary>What else than the build decides: ${tally(e.protections)}</summary>${table('Settings at the end of the evidence', ['So it must be', 'Is it so', 'Why', 'Read from', 'Decides'], e.protections.map(protectionRow), { quiet: true })}</details>`}
${untouched > 0 ? h`<p class="note">Not affected by ${counted(untouched, 'other known vulnerability', 'other known vulnerabilities')}.</p>` : null}`
}

function vulnerabilities(caption: string, list: readonly CveExposure[], look?: Look): SafeHtml {
  const heads = ['CVE', 'At the end', 'From when to when', 'Fixed by', 'What else decides']
  const width = list.some((c) => conditionWords(c) !== '') ? heads.length : heads.length - 1
  return table(
    caption,
    heads.slice(0, width),
    list.map((c) => cveRow(c).slice(0, width)),
    look,
  )
}

function tally(protections: readonly Protection[]): string {
  const states = (['not-met', 'unknown', 'met'] as const).map(
    (is) => [is, protections.filter((p) => p.is === is).length] as const,
  )
  return states.flatMap(([is, n]) => (n > 0 ? [`${count(n)} ${conditionStates[is]}`] : [])).join(', ')
}

const protectionRow = (p: Protection): readonly Piece[] => [
  p.title,
  h`<span class="${`state c-${p.is}`}">${conditionStates[p.is]}</span>`,
  clip(p.why, 300),
  h`<ul class="tight">${p.from.map((path) => h`<li>${clip(path, 120)}</li>`)}</ul>`,
  p.cves.join(' '),
]

const buildRow = (b: Build): readonly Piece[] => [
  h`<code>${b.build}</code>`,
  b.from === null && b.to === null ? 'unknown' : dates(span(b.from, b.to)),
  clip(b.source, 160),
  b.precision === 'cu' ? 'cumulative update' : 'security update',
]

const cveRow = (c: CveExposure): readonly Piece[] => [
  h`<strong class="nowrap">${c.cve}</strong>${c.alias ? ` ${c.alias}` : null}<br><span class="faint">${c.impact}</span>`,
  h`<span class="${`state s-${c.state}`}">${cveStates[c.state]}</span>`,
  h`<ul class="tight">${joinedIntervals(c)
    .slice(0, 8)
    .map(
      (i) =>
        h`<li>${cveStates[i.state]}: ${i.from === null && i.to === null ? 'when is not known' : dates(span(i.from, i.to))} <span class="faint">${clip(i.source, 120)}</span></li>`,
    )}${rest(joinedIntervals(c).length, 8, 'interval')}</ul>`,
  clip(fixWords(c), 200),
  clip(conditionWords(c), 600),
]

// ---------------------------------------------------------------- findings

function findings(view: View): SafeHtml | null {
  const all = view.a.findings.length
  if (all === 0) return null
  const groups = seriousFirst.flatMap((stage) => {
    const own = view.shown.filter((f) => f.stage === stage).sort(byTime)
    return own.length > 0 ? [{ stage, own }] : []
  })
  const left = all - view.shown.length
  return h`<p class="lead">Each finding leads to the rows that it rests on. ${left > 0 ? h`<strong>The ${count(view.shown.length)} that matter most of ${count(all)} are shown; ${count(left)} more stand in findings.jsonl.</strong>` : null}</p>
<noscript><p class="note">The raw rows are packed; to unpack them here needs script. They also stand in findings.jsonl.</p></noscript>
${groups.map(
  (
    g,
  ) => h`<h3 class="${`group q-${stageQuestion[g.stage] ?? 'none'}`}">${stages[g.stage]}<span class="n">${count(g.own.length)}</span></h3>
${piles(g.own).map((pile) => (pile.length > PILE ? pileOf(view, pile) : pile.map((f) => finding(view, f))))}`,
)}`
}

/** The stage that went furthest first: what a reader looks for must not lie under a thousand scans. */
const seriousFirst: readonly Stage[] = [
  'exfiltration',
  'collection',
  'persistence',
  'credentials',
  'execution',
  'shell',
  'write',
  'access',
  'attempt',
  'cleanup',
  'recon',
  'context',
]

// Many findings of one rule are one closed pile; the others stand by themselves, in their order of time.
function piles(own: readonly Finding[]): readonly (readonly Finding[])[] {
  const byRule = Map.groupBy(own, (f) => f.rule)
  const many = [...byRule.values()].filter((list) => list.length > PILE)
  const few = own.filter((f) => byRule.get(f.rule)!.length <= PILE)
  return [...few.map((f) => [f]), ...many]
}

function pileOf(view: View, pile: readonly Finding[]): SafeHtml {
  const last = pile.at(-1)!
  return h`<details class="pile"><summary><span>${clip(pile[0]!.title, 120)} <span class="faint">and others of this rule: ${counted(pile.length, 'finding')}, ${span(pile[0]!.first, last.first)}</span></span></summary>
${pile.map((f) => finding(view, f))}</details>`
}

function finding(view: View, f: Finding): SafeHtml {
  const facts: readonly (readonly [string, Piece])[] = [
    ['Target', f.target === null ? null : h`<code>${clip(f.target)}</code>`],
    ['From', f.client === null ? null : h`<code>${clip(f.client, 60)}</code>`],
    ['User', f.user === null ? null : h`<code>${clip(f.user, 120)}</code>`],
    ['When', `${span(f.first ?? f.time, f.last ?? f.time)} (${timeBases[f.timeBasis]})`],
    ['Rows', `${count(f.count)}, in ${view.logs.get(f.log) ?? f.log}${f.host ? ` of ${clip(f.host, 64)}` : ''}`],
    [
      'Weight',
      `${f.level} level, ${f.confidence} confidence; ${f.proves ? 'enough by itself' : 'a sign that needs a second one'}`,
    ],
    ['Campaign', view.campaigns.get(f.campaign) ?? f.campaign],
    ['CVE, ATT&CK', [...f.cves, ...f.attack].join(', ') || null],
    ['Counts less', f.notes.length === 0 ? null : f.notes.map((n) => clip(n, 200)).join('; ')],
  ]
  return h`<details class="finding"><summary><span class="title">${clip(f.title, 200)}</span><span class="meta">${utc(f.first ?? f.time)}${f.client ? ` · ${clip(f.client, 45)}` : ''} · ${counted(f.count, 'row')} · ${f.level}</span></summary>
<div class="inner" id="${view.anchors.get(f.id)}">
<dl class="fields">${facts.map(([name, value]) => (value === null ? null : h`<dt>${name}</dt><dd>${value}</dd>`))}</dl>
<div class="scales"><div><h4>Innocent explanations</h4>${list(f.innocent)}</div><div><h4>Next check</h4>${list(f.next)}</div></div>
${rows(view, f)}
<p class="verify"><span>See it in the evidence itself (OUT is the folder of this report):</span> <code class="copy">npm start -- explain OUT ${f.id}</code></p>
<p class="credit">Rule <code>${clip(f.rule, 120)}</code> by ${clip(f.author, 160)}, ${clip(f.license, 80)}, pack ${clip(f.pack, 80)}.</p>
</div></details>`
}

type Packed = {
  readonly fields: readonly (readonly [string, string])[]
  readonly rows: readonly { readonly at: string; readonly raw: string }[]
  readonly note: string
}

/** The rows and the fields read from them, packed: what a web shell left behind does not stand in this file in the open. */
function rows(view: View, f: Finding): SafeHtml {
  const used = view.packed.reduce((sum, p) => sum + p.length, 0)
  if (used > PACKED) return h`<p class="note">Its rows stand in findings.jsonl: this page is full.</p>`
  const left = f.locators.length - ROWS_A_FINDING
  const data: Packed = {
    fields: byName(f.facts)
      .slice(0, 60)
      .flatMap(([name, value]) => (value === null ? [] : [[bare(name, 120), bare(String(value), 2_000)] as const])),
    rows: f.locators
      .slice(0, ROWS_A_FINDING)
      .map((l) => ({ at: bare(placeOf(l), 400), raw: bare(l.raw, ROW_LENGTH, true) })),
    note: left > 0 ? `${count(left)} further places stand in findings.jsonl.` : '',
  }
  const index = view.packed.push(deflateRawSync(JSON.stringify(data), { level: 9 }).toString('base64')) - 1
  return h`<details class="plain rows" data-rows="${index}"><summary>Raw rows (${count(f.locators.length)}${f.count > f.locators.length ? ` of ${count(f.count)}` : null})</summary><div class="unpacked"><p class="none">Packed; unpacking needs script. The rows also stand in findings.jsonl.</p></div></details>`
}

function placeOf(l: Finding['locators'][number]): string {
  const nth =
    l.line !== undefined ? `, line ${count(l.line)}` : l.record !== undefined ? `, record ${count(l.record)}` : ''
  return `${l.path}${nth}, byte ${count(l.offset)}, ${counted(l.length, 'byte')}, SHA-256 ${l.artifact.slice(0, 16)}…`
}

// Rows keep their line breaks; everything else that is not seen is made visible.
function bare(text: string, length: number, breaks = false): string {
  const part = text.slice(0, length)
  const shown = breaks ? part.split(/\r?\n/).map(visible).join('\n') : visible(part)
  return text.length > length ? `${shown}… (${count(text.length)} characters; whole in findings.jsonl)` : shown
}

// ---------------------------------------------------------------- what was not read, evidence

function unread(view: View): SafeHtml {
  const { coverage: c, evidence: e, knowledge: k } = view.a
  if (c.gaps.length + c.unknown.length + k.brokenRules.length + e.notes.length === 0) {
    return h`<p>${e.files === 0 ? 'There was no file to read.' : `Nothing was left out: ${counted(e.files, 'file')}, ${bytes(e.bytes)}, read whole; every rule was used.`}</p>`
  }
  const shown = 500
  return h`${
    e.gaps.length === 0
      ? null
      : table(
          'Bytes not read, by reason',
          ['Reason', 'Places', 'Data'],
          e.gaps.map((g) => [gapReasons[g.reason], count(g.count), bytes(g.bytes)]),
          { numbers: [1, 2] },
        )
  }
${e.notes.length === 0 ? null : h`<details class="plain"><summary>${counted(e.notes.length, 'note')} on files</summary><ul>${e.notes.slice(0, shown).map((note) => h`<li>${clip(note, 400)}</li>`)}</ul>${rest(e.notes.length, shown, 'note')}</details>`}
${c.gaps.length === 0 ? null : h`<details class="plain"><summary>${counted(c.gaps.length, 'place')} in files</summary>${table('Places not read', ['File', 'Place', 'Reason', 'What was found', 'Between'], c.gaps.slice(0, shown).map(gapRow), { quiet: true })}${c.gaps.length > shown ? h`<p class="note">${counted(c.gaps.length - shown, 'more place')} in coverage.jsonl.</p>` : null}</details>`}
${
  c.unknown.length === 0
    ? null
    : h`<details class="plain"><summary>${counted(c.unknown.length, 'file')} of no known format: hashed and searched, not read as fields</summary>${table(
        'Files of no known format',
        ['File', 'Size'],
        c.unknown.slice(0, shown).map((u) => [h`<code>${clip(u.path)}</code>`, bytes(u.size)]),
        { numbers: [1], quiet: true },
      )}${c.unknown.length > shown ? h`<p class="note">${counted(c.unknown.length - shown, 'more file')} in coverage.jsonl.</p>` : null}</details>`
}
${
  k.brokenRules.length === 0
    ? null
    : h`<details class="plain"><summary>${counted(k.brokenRules.length, 'rule')} not used</summary>${table(
        'Rules not used',
        ['File', 'Place', 'Why'],
        k.brokenRules
          .slice(0, shown)
          .map((r) => [
            h`<code>${clip(r.file)}</code>`,
            r.line === undefined ? '' : `line ${r.line}${r.column === undefined ? '' : `, column ${r.column}`}`,
            `${r.reason}: ${clip(r.detail)}`,
          ]),
      )}${rest(k.brokenRules.length, shown, 'rule')}</details>`
}`
}

function gapRow(g: Assessment['coverage']['gaps'][number]): readonly Piece[] {
  const between = g.after === undefined && g.before === undefined ? '' : span(isoOf(g.after), isoOf(g.before))
  const place = `byte ${count(g.offset)}, ${bytes(g.length)}${g.line === undefined ? '' : `, line ${count(g.line)}`}`
  return [h`<code>${clip(g.path)}</code>`, place, gapReasons[g.reason], clip(g.detail), between]
}

const isoOf = (time: number | undefined): string | null =>
  time === undefined || !Number.isFinite(time) || Math.abs(time) > 8.64e15 ? null : new Date(time).toISOString()

function evidence(view: View): SafeHtml {
  const { evidence: e, knowledge: k } = view.a
  const shown = 1_000
  const files = e.manifest
    .slice(0, shown)
    .map((f) => [
      h`<code>${clip(f.path)}</code>${f.windowsPath !== null && f.windowsPath !== f.path ? h`<br><span class="faint">${clip(f.windowsPath)}</span>` : null}`,
      bytes(f.size),
      f.parser === null ? 'not read' : f.parser === 'scan' ? 'hashed, searched' : f.parser,
      count(f.events),
      h`<code class="hash">${f.sha256}</code>`,
    ])
  const options = byName(k.options)
  return h`<p>${counted(e.files, 'file')}, ${bytes(e.bytes)}. The evidence was only read, never written to.</p>
${files.length === 0 ? null : h`<details class="plain"><summary>Manifest: every file with its SHA-256</summary>${table('Files of the evidence', ['File', 'Size', 'Read as', 'Entries', 'SHA-256'], files, { numbers: [1, 3], quiet: true })}${e.manifest.length > shown ? h`<p class="note">${counted(e.manifest.length - shown, 'more file')} in coverage.jsonl.</p>` : null}</details>`}
<h3>Knowledge used</h3>
<dl class="fields"><dt>Postern</dt><dd>${toolVersion(view.a)}</dd><dt>All of it</dt><dd><code class="hash">${k.sha256}</code></dd>${k.bundle === null ? null : h`<dt>Signed bundle</dt><dd>version ${count(k.bundle.version)}, good until ${utc(k.bundle.expires)}<br><code class="hash">${k.bundle.sha256}</code></dd>`}${k.packs.map((p) => h`<dt>${clip(p.pack, 80)}</dt><dd>${counted(p.rules, 'rule')}<br><code class="hash">${p.sha256}</code></dd>`)}${k.tables.map((t) => h`<dt>${clip(t.table, 80)}</dt><dd><code class="hash">${t.sha256}</code></dd>`)}${options.map(([name, value]) => h`<dt>${clip(`--${name}`, 60)}</dt><dd>${clip(value, 200)}</dd>`)}</dl>`
}

// ---------------------------------------------------------------- pieces

/** Which columns hold numbers; `quiet` where the heading above already says what the table is. */
type Look = { readonly numbers?: readonly number[]; readonly quiet?: true }

function table(
  caption: string,
  heads: readonly string[],
  body: readonly (readonly Piece[])[],
  { numbers = [], quiet }: Look = {},
): SafeHtml {
  const kind = (i: number): SafeHtml | null => (numbers.includes(i) ? h` class="number"` : null)
  const cell = (value: Piece, i: number): SafeHtml =>
    i === 0
      ? h`<th scope="row" data-head="${heads[i]}">${value}</th>`
      : h`<td${kind(i)} data-head="${heads[i]}">${value}</td>`
  return scroll(
    caption,
    h`<table><caption${quiet ? h` class="quiet"` : null}>${caption}</caption><thead><tr>${heads.map((t, i) => h`<th scope="col"${kind(i)}>${t}</th>`)}</tr></thead><tbody>
${body.map(
  (row) => h`<tr>${row.map(cell)}</tr>
`,
)}</tbody></table>`,
  )
}

/** A text in which no date or time of day is broken over two lines. */
function dates(text: string): SafeHtml {
  const pieces = text.split(/(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?)/)
  return h`${pieces.map((piece, i) => (i % 2 === 1 ? h`<span class="nowrap">${piece}</span>` : piece))}`
}

/** An address of a client; short ones are not broken. */
const address = (client: string): SafeHtml =>
  h`<code${client.length <= 20 ? h` class="nowrap"` : null}>${clip(client, 45)}</code>`

const scroll = (label: string, body: SafeHtml): SafeHtml =>
  h`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${body}</div>`

const rest = (all: number, shown: number, one: string, many = `${one}s`): SafeHtml | null =>
  all > shown ? h`<li class="faint">and ${counted(all - shown, `more ${one}`, `more ${many}`)}</li>` : null

// In the order of their names, whatever order they were put in.
function byName<Value>(record: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Evidence may be of any length; what is cut says how long it was. */
function clip(text: string, length = 300): string {
  return text.length > length ? `${text.slice(0, length).toWellFormed()}… (${count(text.length)} characters)` : text
}

const sha256 = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

// Shapes differ as well as colours: a filled sign, a half one, an empty ring, a question mark.
function icon(is: Is): SafeHtml {
  const inside = {
    yes: h`<circle class="fill" cx="12" cy="12" r="11"/><path class="cut" d="M12 5.5v8M12 16.6v2"/>`,
    likely: h`<circle class="ring" cx="12" cy="12" r="9.8"/><path class="fill" d="M12 2.2a9.8 9.8 0 0 1 0 19.6z"/>`,
    'no-evidence': h`<circle class="ring" cx="12" cy="12" r="9.8"/><path class="ring" d="M7.5 12h9"/>`,
    'cannot-tell': h`<circle class="ring dash" cx="12" cy="12" r="9.8"/><path class="ring" d="M8.9 9.6a3.1 3.1 0 1 1 4.6 2.7c-1 .6-1.5 1-1.5 2M12 17.1v.6"/>`,
    'not-asked': h`<path class="ring" d="M6 12h12"/>`,
  }[is]
  return h`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${inside}</svg>`
}

function verdictIcon(v: Verdict): SafeHtml {
  const is: Is = v.is === 'no-evidence' || v.is === 'cannot-tell' ? v.is : v.sure ? 'yes' : 'likely'
  return icon(is)
}

// A door in a wall, left ajar.
const mark = h`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path class="wall" d="M4 21V10a8 8 0 0 1 16 0v11"/><path class="door" d="M8 21V10.5a4 4 0 0 1 6-3.4V21z"/><path class="wall" d="M2 21h20"/></svg>`
