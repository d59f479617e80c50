import { html as h, type SafeHtml } from '../../lib/html.ts'
import type { Block, BriefingPage, BriefingSection, BriefingText } from '../../locales/briefing-text.ts'
import { pageHead } from './page-head.ts'

/** Pages without a script, in one file that asks nothing of the network; each begins a page in print. */
export function* pagesHtml(
  language: string,
  title: string,
  pages: Iterable<BriefingPage>,
  fillIn: string,
): Iterable<string> {
  yield h`${pageHead({ language, title, style, colors: 'light' })}<body>
<main>
`.toString()
  for (const page of pages) yield `${pageOf(page, fillIn).toString()}\n`
  yield '</main>\n</body>\n</html>\n'
}

function pageOf({ language, title, headline, lead, sections, foot }: BriefingPage, fillIn: string): SafeHtml {
  return h`<article lang="${language}">
<h1>${title}</h1>
${headline.length > 0 && h`<p class="headline">${textOf(headline)}</p>`}
${lead.map((block) => blockOf(block, fillIn))}
${sections.map((section) => sectionOf(section, fillIn))}
<footer>${foot.map((block) => blockOf(block, fillIn))}</footer>
</article>`
}

function sectionOf({ heading, blocks }: BriefingSection, fillIn: string): SafeHtml {
  return h`<section>
<h2>${heading}</h2>
${blocks.map((block) => blockOf(block, fillIn))}
</section>
`
}

function blockOf(block: Block, fillIn: string): SafeHtml {
  switch (block.block) {
    case 'text':
      return h`<p>${textOf(block.text)}</p>
`
    case 'note':
      return h`<p class="note">${textOf(block.text)}</p>
`
    case 'list': {
      const items = block.items.map((item) => h`<li>${textOf(item)}</li>`)
      return block.ordered ? h`<ol>${items}</ol>` : h`<ul>${items}</ul>`
    }
    case 'facts':
      return h`<dl>${block.facts.map(([name, value]) => h`<div><dt>${name}</dt><dd>${textOf(value)}</dd></div>`)}</dl>`
    case 'table':
      return h`<div class="wide"><table>
<thead><tr>${block.head.map((name) => h`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${block.rows.map(
  (row) => h`<tr>${row.map((cell) => h`<td>${textOf(cell)}</td>`)}</tr>
`,
)}</tbody>
</table></div>`
    case 'blank':
      return h`<p class="blank">${block.label} <i>… ${fillIn} …</i></p>
`
  }
}

const textOf = (text: BriefingText): readonly (SafeHtml | string)[] =>
  text.map((part) =>
    typeof part === 'string' ? part : h`<bdi${part.lang === 'en' ? h` lang="en"` : null}>${part.quoted}</bdi>`,
  )

// A letter: black on white, whatever the reader's colors are.
const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #e8ebef; color: #1a2129; font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
:lang(ja) { font-family: "Hiragino Sans", "Yu Gothic", Meiryo, "Noto Sans CJK JP", "Noto Sans JP", IPAGothic, sans-serif; line-break: strict; }
:lang(de) { hyphens: auto; }
article { max-width: 46rem; margin: 1.5rem auto; padding: 2rem clamp(1rem, 5vw, 3rem); background: #fff; border: 1px solid #ccd3da; }
h1 { font-size: 1rem; margin: 0 0 .75rem; color: #4d5964; font-weight: 600; }
.headline { font-size: 1.5rem; line-height: 1.3; font-weight: 650; margin: 0 0 .5rem; }
h2 { font-size: 1.0625rem; line-height: 1.35; margin: 1.25rem 0 .25rem; break-after: avoid; }
p { margin: .25rem 0 .5rem; orphans: 2; widows: 2; }
ul, ol { margin: .25rem 0 .5rem; padding-left: 1.4rem; }
ol { padding-left: 1.9rem; }
li { margin: .125rem 0; break-inside: avoid; }
dl { margin: .25rem 0 .5rem; }
dl div { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .75rem; padding: .2rem 0; border-top: 1px solid #dfe4e9; }
dt { color: #4d5964; overflow-wrap: anywhere; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .8125rem; line-height: 1.35; margin: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-top: 1px solid #dfe4e9; overflow-wrap: break-word; }
th { color: #4d5964; font-weight: 600; }
tr { break-inside: avoid; }
bdi { font-weight: 600; overflow-wrap: anywhere; }
.note { color: #4d5964; font-size: .875rem; }
.blank { border: 1px dashed #8b97a3; padding: .5rem .75rem; min-height: 3rem; }
.blank i { color: #4d5964; }
footer { margin-top: 1.25rem; padding-top: .5rem; border-top: 1px solid #ccd3da; }
@media (max-width: 30rem) { dl div { grid-template-columns: 1fr; gap: 0; } article { margin: 0; border: 0; } }
@page { size: A4; margin: 12mm 15mm; }
@media print {
  :root { font-size: 12px; }
  body { background: #fff; font-size: 9pt; line-height: 1.3; }
  article { max-width: none; margin: 0; padding: 0; border: 0; break-after: page; }
  article:not(:has(.headline)) { font-size: 10pt; }
  article:last-of-type { break-after: auto; }
  p, ul, ol, dl { margin: .15rem 0 .3rem; }
  li { margin: 0; }
  dl div { padding: .1rem 0; }
  .headline { font-size: 14pt; }
  h2 { margin: .6rem 0 .1rem; font-size: 10.5pt; }
  table { font-size: 7pt; line-height: 1.2; }
  th, td { padding-top: .1rem; padding-bottom: .1rem; }
  .note { font-size: 7.5pt; }
  .blank { padding: .25rem .5rem; min-height: 2.2rem; }
  footer { margin-top: .6rem; }
}
`
