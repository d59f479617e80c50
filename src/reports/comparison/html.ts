import { clip as clipped } from '../../lib/truncate.ts'
import { html as h, type HtmlContent, type SafeHtml } from '../../lib/html.ts'
import type { Cause, Diff, FindingChange, NamedDigest } from '../../model/comparison.ts'
import type { VerdictIs } from '../../model/answer.ts'
import { style } from './style.ts'
import { pageHead } from '../html/page-head.ts'
import { formatCount, counted } from '../../lib/amounts.ts'
import { bytes, isWords, questionTexts, stageTexts, utc, verdictWords } from '../../locales/en/words.ts'
import { capital } from '../../lib/amounts.ts'

/** Maximum number shown of one list; the rest is counted, and is in the comparison as JSON. */
const SHOWN = 300
const TEXT = 400

/** Two assessments on one page that asks nothing of the network and runs no script: what moved and why, what came, went and stays. */
export function diffHtml(diff: Diff): string {
  const name =
    diff.before.server === diff.after.server ? diff.after.server : `${diff.before.server} / ${diff.after.server}`
  const parts = sections(diff)
  return `${h`${pageHead({ language: 'en', title: `${clip(name, 80)}: two assessments`, style })}<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
<header><span class="brand">Postern</span><span class="server">Two assessments of ${clip(name, 120)}</span></header>
<main>
${verdict(diff, name)}
${parts.map(
  ([
    id,
    title,
    body,
  ]) => h`<section id="${id}" aria-labelledby="${`${id}-title`}"><h2 id="${`${id}-title`}">${title}</h2>
${body}</section>
`,
)}</main>
<footer><p>Compared as they stand; nothing was assessed again. Before: ${clip(diff.before.tool, 60)}. After: ${clip(diff.after.tool, 60)}.</p></footer>
</body>
</html>`.toString()}\n`
}

type Section = readonly [id: string, title: string, body: SafeHtml]

function sections(diff: Diff): readonly Section[] {
  const { findings: f } = diff
  const all: readonly (readonly [string, string, SafeHtml | null])[] = [
    ['answers', 'The six questions', answers(diff)],
    ['new', 'What is new', changes(f.new, 'new')],
    ['gone', 'What is gone', changes(f.gone, 'gone')],
    ['otherwise', 'What counts otherwise', changes(f.otherwise, 'other')],
    ['stays', 'What stays', staying(diff)],
    ['mail', 'Mailboxes', names(diff.mailboxes)],
    ['back', 'Persistence', names(diff.persistence)],
    ['evidence', 'Evidence', evidence(diff)],
    ['knowledge', 'Knowledge and options', knowledge(diff)],
  ]
  return all.flatMap(([id, title, body]) => (body === null ? [] : [[id, title, body] as const]))
}

const causes: Readonly<Record<Cause, string>> = {
  evidence: 'other evidence',
  knowledge: 'other knowledge',
  options: 'other options',
  rest: 'what else was found',
}

// ---------------------------------------------------------------- verdict and answers

function verdict({ notes, verdict: v, answers: six, findings: f }: Diff, name: string): SafeHtml {
  const word = ({ is, sure }: { readonly is: VerdictIs; readonly sure: boolean }): SafeHtml =>
    h`<span class="${`word v-${is}`}">${verdictWords({ is, sure })}</span>`
  const tally = [
    ['new', 'new', f.new.length],
    ['gone', 'gone', f.gone.length],
    ['other', 'counted otherwise', f.otherwise.length],
    ['stay', 'as before', f.stays],
  ] as const
  const moved = six.filter((answer) => answer.moved)
  return h`<div class="${`verdict v-${v.after.is}`}" id="verdict">
<p class="eyebrow">Verdict on ${clip(name, 120)}</p>
<h1>${v.moved ? h`${word(v.before)} <span class="to">→</span> ${word(v.after)}` : h`${word(v.after)}<span class="to">, as before</span>`}</h1>
${v.moved ? h`<p>What moved it: <strong>${v.causes.map((cause) => causes[cause]).join(', ')}</strong>.</p>` : null}
${moved.length > 0 ? h`<ul>${moved.map((m) => h`<li>${questionTexts[m.question].asks} ${capital(isWords[m.before])} before, <strong>${isWords[m.after]}</strong> now.</li>`)}</ul>` : null}
${v.moved && moved.length === 0 ? h`<ul>${v.why.map((why) => h`<li>${capital(clip(why))}.</li>`)}</ul>` : null}
${notes.map((note) => h`<p class="note">${clip(note, 600)}</p>`)}
</div>
<p class="eyebrow count">Findings</p>
<dl class="tally">${tally.map(([kind, words, n]) => h`<div class="${`c-${kind}`}"><dt>${words}</dt><dd>${formatCount(n)}</dd></div>`)}</dl>`
}

function answers({ answers: six }: Diff): SafeHtml {
  return h`<ul class="rows">${six.map(
    (
      a,
    ) => h`<li><div class="head"><h3>${questionTexts[a.question].asks}</h3><span class="${`move a-${a.after}`}">${a.moved ? h`<span class="was">${isWords[a.before]} →</span> ${isWords[a.after]}` : h`${isWords[a.after]}<span class="was">, as before</span>`}</span></div>
${a.why.length === 0 ? null : h`<ul>${a.why.slice(0, SHOWN).map((why) => h`<li>${capital(clip(why))}</li>`)}</ul>`}</li>
`,
  )}</ul>`
}

// ---------------------------------------------------------------- findings

const signs = { new: '+ new', gone: '− gone', other: '~ otherwise', stay: '= stays' } as const
type Kind = keyof typeof signs

const chip = (kind: Kind): SafeHtml => h`<span class="${`chip c-${kind}`}">${signs[kind]}</span>`

/** Findings of one rule stand together; many of them are folded. */
function changes(list: readonly FindingChange[], kind: Kind): SafeHtml | null {
  if (list.length === 0) return null
  const byRule = [...Map.groupBy(list, ({ rule }) => rule).values()]
  const row = (own: readonly FindingChange[]): SafeHtml => {
    const [first] = own as [FindingChange]
    const head = h`<h3>${chip(kind)}${clip(first.title, 200)}</h3>`
    if (own.length === 1)
      return h`<li>${head}${change(first)}</li>
`
    const last = own.at(-1)!
    return h`<li><div class="head">${head}<span class="meta">${stageTexts[first.stage]} · ${counted(own.length, 'finding')}</span></div>
<p class="why">${capital(clip(first.why))}${first.why === last.why ? '.' : ', and others.'}</p>
<details><summary>${own.length === 1 ? 'The finding' : `All ${counted(own.length, 'finding')}`}</summary><ul>${own
      .slice(0, 50)
      .map(
        (c) => h`<li>${change(c)}</li>
`,
      )}${own.length > 50 ? h`<li>and ${counted(own.length - 50, 'more finding')}, with --format json</li>` : null}</ul></details></li>
`
  }
  return rows(byRule, row, 'rule')
}

const change = (
  c: FindingChange,
): SafeHtml => h`<p class="meta">${stageTexts[c.stage]} · ${utc(c.time)} · <code>${clip(c.id, 40)}</code></p>
<p class="why">${capital(clip(c.why))}.</p>`

function staying({ findings: f, answers: six, evidence: e }: Diff): SafeHtml {
  const same = six.filter(({ moved }) => !moved)
  return h`<p class="lead">${counted(f.stays, 'finding')}, ${counted(same.length, 'answer')} of six, and ${counted(e.same, 'file')} of the evidence are the same in both.</p>
${
  f.staying.length === 0
    ? null
    : rows(
        f.staying,
        (
          s,
        ) => h`<li><div class="head"><h3>${chip('stay')}${clip(s.title, 200)}</h3><span class="meta">${stageTexts[s.stage]} · ${counted(s.count, 'finding')}</span></div></li>
`,
        'rule',
        true,
      )
}`
}

// ---------------------------------------------------------------- names, evidence, knowledge

function names({ new: added, gone }: Diff['mailboxes']): SafeHtml | null {
  const all = [...added.map((name) => ['new', name] as const), ...gone.map((name) => ['gone', name] as const)]
  if (all.length === 0) return null
  return rows(
    all,
    ([kind, name]) => h`<li>${chip(kind)}<code>${clip(name, 300)}</code></li>
`,
    'name',
  )
}

function evidence({ evidence: e }: Diff): SafeHtml {
  const file = (kind: Kind) => (f: Diff['evidence']['added'][number]) =>
    h`<li>${chip(kind)}<code>${clip(f.path)}</code> <span class="meta">${bytes(f.size)} · ${digest(f.sha256)}</span></li>
`
  return h`<p class="lead">${counted(e.same, 'file')} the same, ${formatCount(e.added.length)} added, ${formatCount(e.removed.length)} gone, ${formatCount(e.changed.length)} changed, ${formatCount(e.moved.length)} at another place.</p>
${folded(e.added, 'Added', file('new'))}${folded(e.removed, 'Gone', file('gone'))}${folded(
  e.changed,
  'Changed',
  (
    f,
  ) => h`<li>${chip('other')}<code>${clip(f.path)}</code> <span class="meta">${digest(f.before)} → ${digest(f.after)}</span></li>
`,
)}${folded(
  e.moved,
  'At another place',
  (f) => h`<li>${chip('other')}<code>${clip(f.before)}</code> is now <code>${clip(f.after)}</code></li>
`,
)}`
}

function folded<T>(list: readonly T[], title: string, row: (one: T) => SafeHtml): SafeHtml | null {
  if (list.length === 0) return null
  return h`<details${list.length <= 10 ? h` open` : null}><summary>${title}: ${counted(list.length, 'file')}</summary>${rows(list, row, 'file')}</details>`
}

function knowledge({ before, after, knowledge: k }: Diff): SafeHtml {
  const named =
    (what: string) =>
    (d: NamedDigest): SafeHtml =>
      h`<li>${chip(d.before === null ? 'new' : d.after === null ? 'gone' : 'other')}${what} <code>${clip(d.name, 120)}</code> <span class="meta">${digest(d.before)} → ${digest(d.after)}</span></li>
`
  const list: SafeHtml[] = [
    ...(k.tool
      ? [
          h`<li>${chip('other')}program <span class="meta">${clip(before.tool, 60)} → ${clip(after.tool, 60)}</span></li>
`,
        ]
      : []),
    ...k.packs.map(named('pack')),
    ...k.tables.map(named('table')),
    ...k.options.map(
      (
        o,
      ) => h`<li>${chip('other')}option <code>${clip(`--${o.name}`, 60)}</code> <span class="meta">${clip(o.before ?? 'not given')} → ${clip(o.after ?? 'not given')}</span></li>
`,
    ),
  ]
  return h`${k.same ? h`<p class="lead">The same packs, tables and program.</p>` : null}${list.length === 0 ? null : rows(list, (one) => one, 'difference')}`
}

// ---------------------------------------------------------------- pieces

function rows<T>(list: readonly T[], row: (one: T) => SafeHtml, one: string, short = false): SafeHtml {
  const most = short ? 100 : SHOWN
  return h`<ul class="rows">${list.slice(0, most).map(row)}${list.length > most ? h`<li class="faint">and ${counted(list.length - most, `more ${one}`)}, with --format json</li>` : null}</ul>`
}

const digest = (sha256: string | null): HtmlContent =>
  sha256 === null ? 'none' : sha256 === '' ? 'not read' : h`<code>${sha256.slice(0, 12)}</code>`

const clip = (text: string, length = TEXT): string => clipped(text, length)
