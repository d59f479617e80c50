import { existsSync, readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { clip } from '../../lib/truncate.ts'
import { html as h, inline, type SafeHtml } from '../../lib/html.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { PackTexts } from '../../model/pack-texts.ts'
import { bounded } from '../shared/bounded.ts'
import { type Blocks, type FailedFile, packReport } from './data.ts'
import { pageHead } from './page-head.ts'
import type { Report } from '../report.ts'
import { counted } from '../../lib/amounts.ts'
import { capital } from '../../lib/amounts.ts'
import {
  isWords,
  missingWords,
  patchedTooLateWords,
  questionOrder,
  questionTexts,
  sayingOf,
  span,
  verdictMeans,
  verdictWords,
} from '../../locales/en/words.ts'
import { isFixAsked } from '../shared/selections.ts'
import { mailboxesWords } from '../../locales/en/mailboxes.ts'

/** report.html: the answer for a person, interactive, in one file that asks nothing of the network. */
export const htmlReport: Report = {
  name: 'html',
  file: 'report.html',
  *write(assessment, { failed = [], texts } = {}) {
    yield* page(assessment, failed, texts)
  },
}

function* page(a: Assessment, failed: readonly FailedFile[], texts: PackTexts | undefined): Generator<string> {
  const style = built('report.css')
  const script = built('report.js')
  const plain = withoutScript(a, failed).toString()
  yield h`${pageHead({ language: 'en', title: `${clip(a.server.name, 80)}: ${verdictWords(a.verdict)}`, style, script })}<body>
<div id="app"></div>
<noscript>`.toString()
  yield plain
  yield '</noscript>\n'
  const used = Buffer.byteLength(style) + Buffer.byteLength(script) + plain.length + 10_000
  yield* blocks(packReport(bounded(a), used, squeeze, { failed, ...(texts ? { texts } : {}) }))
  yield `${inline('script', script).toString()}\n</body>\n</html>\n`
}

const squeeze = (json: string): string => deflateRawSync(json, { level: 9 }).toString('base64')

function* blocks({ report, findings, files, rows }: Blocks): Generator<string> {
  yield h`<div id="data" hidden>${report}</div>
`.toString()
  for (const [name, list] of [
    ['findings', findings],
    ['files', files],
    ['rows', rows],
  ] as const)
    for (const [i, text] of list.entries())
      yield h`<div id="${`data-${name}-${i}`}" hidden>${text}</div>
`.toString()
}

/** What a reader without script gets: the verdict, the six answers, what to do first. */
function withoutScript(a: Assessment, failed: readonly FailedFile[]): SafeHtml {
  const answers = questionOrder.flatMap((q) => a.answers.filter((x) => x.question === q).slice(0, 1))
  const actions = [...a.actions].sort((x, y) => x.order - y.order)
  return h`<main class="plain-page">
<p>Verdict on ${clip(a.server.name, 80)}</p>
<h1>${verdictWords(a.verdict)}</h1>
<p>${verdictMeans[a.verdict.is]}</p>
<p><strong>${clip(a.verdict.sentence, 2_000)}</strong></p>
<dl>
${a.verdict.observed.steps.first === null ? null : h`<dt>Attack seen</dt><dd>${span(a.verdict.observed.steps.first, a.verdict.observed.steps.last)}</dd>`}
<dt>Evidence covers</dt><dd>${a.verdict.covers.from === null && a.verdict.covers.to === null ? 'no log with times' : span(a.verdict.covers.from, a.verdict.covers.to)}</dd>
<dt>Logs missing</dt><dd>${missingWords(a)}</dd>
${!isFixAsked(a) ? null : h`<dt>Patched too late</dt><dd>${patchedTooLateWords(a.exposure.patchedTooLate)}</dd>`}
<dt>Mailboxes read</dt><dd>${mailboxesWords(a)}</dd>
</dl>
${failed.length === 0 ? null : h`<p><strong>Not written:</strong> ${failed.map(({ file, reason }) => `${file} (${clip(reason, 300)})`).join('; ')}</p>`}
${a.knowledge.brokenRules.length === 0 ? null : h`<p><strong>Rules not used:</strong> ${counted(a.knowledge.brokenRules.length, 'rule')}; assessment.json names them.</p>`}
<h2>The six questions</h2>
<dl>${answers.map((x) => h`<dt>${questionTexts[x.question].asks}</dt><dd><strong>${capital(isWords[x.is])}.</strong> ${clip(sayingOf(x), 2_000)}</dd>`)}</dl>
${
  actions.length === 0
    ? null
    : h`<h2>What to do first</h2>
<ol>${actions.slice(0, 3).map((x) => h`<li><strong>${clip(x.title, 300)}</strong> ${clip(x.why, 1_000)}</li>`)}</ol>`
}
<p>The rest of this page (findings, raw rows, coverage) needs script, which this browser does not run. It loads nothing and sends nothing. The same stands beside it in assessment.json and findings.jsonl; a finding is shown by: postern explain OUT FINDING</p>
</main>`
}

/** What the build made of web/. */
function built(file: string): string {
  const found = [`../../web/${file}`, `../../../dist/web/${file}`]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
  if (found === undefined) throw new Error(`${file} is missing: it comes with the build`)
  return readFileSync(found, 'utf8')
}
