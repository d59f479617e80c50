import { formatCount } from '../../lib/amounts.ts'
import { html as h, inline, jsonBlock, localLink, type HtmlContent, type SafeHtml } from '../../lib/html.ts'
import { clip } from '../../lib/truncate.ts'
import type { Case, CaseAttack, CaseServer } from '../../model/case.ts'
import { questionOrder } from '../../locales/en/words.ts'
import { type Language, languageNames } from '../../locales/languages.ts'
import { pageHead } from '../html/page-head.ts'
import { caseScript } from './script.ts'
import { caseStyle } from './style.ts'
import { caseWords, type CaseWords } from '../../locales/catalogues.ts'

/** Entries of each list beside the servers at most: case.json holds more. */
const LIST = 500
/** Names of servers in one cell at most. */
const NAMES = 20

/** case.html: all servers of a case on one page that asks nothing of the network; another language can be chosen on it. */
export function* casePage(all: Case, language: Language): Generator<string> {
  const words = caseWords[language]
  yield h`${pageHead({ language, title: words.title, style: caseStyle, script: caseScript })}<body>
<a class="skip" href="#servers" data-t="servers">${words.servers}</a>
<header><span class="brand">Postern</span><span hidden data-script><label for="language" data-t="language">${words.language}</label> <select id="language">${Object.entries(
    languageNames,
  ).map(
    ([id, name]) => h`<option value="${id}"${id === language ? h` selected` : null}>${name}</option>`,
  )}</select></span></header>
<main>
<h1 data-t="title">${words.title}</h1>
${totals(all, words)}
${contents(all, words)}
<h2 data-t="servers">${words.servers}</h2>
${tools(words)}
<div class="wide"><table id="servers">
<thead><tr>${columns.map(([key, number]) => h`<th scope="col"${number ? h` data-number` : null}><button type="button" data-t="${key}">${words[key]}</button></th>`)}</tr></thead>
<tbody>
`.toString()
  for (const [rank, server] of all.servers.entries()) yield serverRow(server, rank, words).toString()
  yield h`</tbody></table></div>
${besides(all, words)}
</main>
<footer><p>case.json · summary.json</p></footer>
${jsonBlock('words', caseWords)}
${inline('script', caseScript)}
</body>
</html>
`.toString()
}

type Key = keyof CaseWords
type Text = (key: Key) => SafeHtml

const columns: readonly (readonly [key: Key, isNumber: boolean])[] = [
  ['verdict', true],
  ['server', false],
  ['evidence', false],
  ['period', false],
  ['chains', true],
  ['mailboxes', true],
]

function totals({ totals: t }: Case, words: CaseWords): SafeHtml {
  const text = textIn(words)
  const period =
    t.first === null
      ? null
      : h`<div class="period"><dt>${text('period')}</dt><dd>${minute(t.first)}<br>${minute(t.last)}</dd></div>`
  return h`<dl class="totals"><div><dt>${text('servers')}</dt><dd>${formatCount(t.servers)}</dd></div>${Object.entries(
    t.verdicts,
  ).map(
    ([is, n]) => h`<div class="${`v-${is}`}"><dt>${text(`verdict.${is}` as Key)}</dt><dd>${formatCount(n)}</dd></div>`,
  )}${t.failed === 0 ? null : h`<div><dt>${text('failed')}</dt><dd>${formatCount(t.failed)}</dd></div>`}<div><dt>${text('mailboxes')}</dt><dd>${formatCount(t.mailboxes)}</dd></div>${period}</dl>`
}

/** Links to the lists below the table, with how many entries each has. */
function contents(all: Case, words: CaseWords): SafeHtml {
  const text = textIn(words)
  const parts: readonly (readonly [Key, number])[] = [
    ['failed', all.failed.length],
    ['absent', all.absent.length],
    ['attacks', all.attacks.filter(isAcross).length],
    ['shared', all.shared.length],
    ['taken', all.mailboxes.length],
    ['notes', all.notes.length],
  ]
  return h`<nav>${parts.map(([key, n]) => (n === 0 ? null : h`<a href="#at-${key}">${text(key)} <span class="small">${formatCount(n)}</span></a>`))}</nav>`
}

const isAcross = ({ intrusions }: CaseAttack): boolean => new Set(intrusions.map(({ path }) => path)).size > 1

function tools(words: CaseWords): SafeHtml {
  const verdicts = ['compromised', 'exploited', 'targeted', 'cannot-tell', 'no-evidence'] as const
  return h`<div class="tools" hidden data-script><input id="search" type="search" placeholder="${words.search}" aria-label="${words.search}"><select id="verdict" aria-label="${words.verdict}"><option value="" data-t="all">${words.all}</option>${verdicts.map(
    (is) => h`<option value="${is}" data-t="${`verdict.${is}`}">${words[`verdict.${is}`]}</option>`,
  )}</select><output id="shown"></output></div>`
}

function serverRow(server: CaseServer, rank: number, words: CaseWords): SafeHtml {
  const text = textIn(words)
  const { path, name, verdict, answers, input, first, last, intrusions, mailboxes, product, with: others } = server
  const { from, to } = verdict.covers
  const probably = verdict.sure || verdict.is === 'no-evidence' || verdict.is === 'cannot-tell'
  return h`<tr data-verdict="${verdict.is}">
<td data-sort="${rank}"><span class="${`chip v-${verdict.is}`}">${text(`verdict.${verdict.is}`)}</span>${probably ? null : h` <span class="small">${text('probably')}</span>`}</td>
<td data-sort="${name.toLowerCase()}"><a ${localLink(path, 'report.html')}>${clip(name, 80)}</a>${path === name ? null : h` <span class="small">${path}</span>`}<div class="sentence">${clip(verdict.sentence, 400)}</div><div class="answers">${questionOrder.map((question) => h`<span class="${`chip a-${answers[question]}`}">${text(`question.${question}`)}: ${text(`is.${answers[question]}`)}</span>`)}</div>${others.length === 0 ? null : h`<div class="small">${text('joined')}: ${names(others)}</div>`}</td>
<td data-sort="${input.evidence.join(' ').toLowerCase()}">${clip(input.evidence.join(', '), 160)}<div class="small">${product}${from === null && to === null ? null : ` · ${day(from)} – ${day(to)}`}</div><div class="small">${formatCount(input.files)} ${text('files')} · <code title="${input.sha256}">${input.sha256.slice(0, 12)}</code></div></td>
<td class="time" data-sort="${first ?? '~'}">${first === null ? '–' : h`${minute(first)}<br>${minute(last)}`}</td>
<td class="number" data-sort="${intrusions}">${formatCount(intrusions)}</td>
<td class="number" data-sort="${mailboxes}">${formatCount(mailboxes)}</td>
</tr>
`
}

/** What servers share, and what is not one of them. */
function besides(all: Case, words: CaseWords): SafeHtml {
  const text = textIn(words)
  const across = all.attacks.filter(isAcross)
  const attacks = list(
    [text('servers'), text('joinedBy'), text('clients'), text('first'), text('last')],
    across.map(({ intrusions, joinedBy, clients, first, last }) => [
      names([...new Set(intrusions.map(({ path }) => path))]),
      joinedBy.map((kind, i) => h`${i > 0 ? ', ' : null}${text(`kind.${kind}` as Key)}`),
      names(clients),
      minute(first),
      minute(last),
    ]),
  )
  const shared = list(
    [text('kind'), text('name'), text('servers'), text('first'), text('last')],
    all.shared.map(({ kind, name, sha256, servers, first, last }) => [
      text(`kind.${kind}`),
      h`<code>${clip(name, 200)}</code>${sha256.map((digest) => h`<div class="small"><code>${digest.slice(0, 16)}</code></div>`)}`,
      names(servers),
      minute(first),
      minute(last),
    ]),
  )
  const taken = list(
    [text('name'), text('servers'), text('first'), text('last')],
    all.mailboxes.map(({ mailbox, servers, first, last }) => [
      clip(mailbox, 200),
      names(servers),
      minute(first),
      minute(last),
    ]),
  )
  const absent = list(
    [text('server'), text('entries'), text('namedBy')],
    all.absent.map(({ name, entries, by }) => [clip(name, 80), formatCount(entries), names(by)]),
  )
  const failed = list(
    [text('evidence'), text('reason')],
    all.failed.map(({ evidence, reason }) => [clip(evidence, 160), clip(reason, 400)]),
  )
  return h`${section('failed', failed, text)}${section('absent', absent, text, 'absentNote')}${section('attacks', attacks, text, 'attacksNote')}${section('shared', shared, text, 'sharedNote')}${section('taken', taken, text, all.masked ? 'masked' : undefined)}${
    all.notes.length === 0
      ? null
      : h`<h2 id="at-notes">${text('notes')}</h2><ul class="notes">${all.notes.slice(0, LIST).map((note) => h`<li>${clip(note, 400)}</li>`)}</ul>`
  }`
}

function section(title: Key, table: SafeHtml | null, text: Text, note?: Key): SafeHtml | null {
  if (table === null) return null
  return h`<h2 id="${`at-${title}`}">${text(title)}</h2>
${note === undefined ? null : h`<p class="note">${text(note)}</p>`}
${table}`
}

function list(head: readonly HtmlContent[], rows: readonly (readonly HtmlContent[])[]): SafeHtml | null {
  if (rows.length === 0) return null
  const left = rows.length - LIST
  return h`<div class="wide"><table><thead><tr>${head.map((cell) => h`<th scope="col">${cell}</th>`)}</tr></thead><tbody>
${rows.slice(0, LIST).map(
  (row) => h`<tr>${row.map((cell) => h`<td>${cell}</td>`)}</tr>
`,
)}${left > 0 ? h`<tr><td colspan="${head.length}">+ ${formatCount(left)} (case.json)</td></tr>` : null}</tbody></table></div>`
}

/** A text with its key, so that the script can put another language in its place. */
function textIn(words: CaseWords): Text {
  return (key) => h`<span data-t="${key}">${words[key]}</span>`
}

function names(all: readonly string[]): string {
  const left = all.length - NAMES
  return `${all
    .slice(0, NAMES)
    .map((name) => clip(name, 80))
    .join(', ')}${left > 0 ? ` + ${formatCount(left)}` : ''}`
}

/** To the minute, in UTC as the heading says. */
const minute = (at: string | null): string => (at === null ? '–' : at.slice(0, 16).replace('T', ' '))
const day = (at: string | null): string => (at === null ? '…' : at.slice(0, 10))
