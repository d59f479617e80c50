/** The look of report.html: light, dark and print; from 360 pixels up. No state is told by colour alone. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f7f6f3; --card: #ffffff; --ink: #1b2126; --soft: #4a545c; --faint: #616b73; --line: #e2dfd8; --code: #f1efea; --link: #1d4f8f; --focus: #1d4f8f;
  --yes: #a01c28; --yes-t: #fbeceb; --likely: #824600; --likely-t: #fbf0dc; --cannot: #51449a; --cannot-t: #efedf9; --none: #1b5f6b; --none-t: #e4f1f2; --off: #5f6870; --off-t: #eeeeec;
  --q1: #8a5a10; --q2: #b04a16; --q3: #a01c28; --q4: #86296e; --q0: #5f6870;
  --d1: #cfdfe3; --d2: #9fc0c8; --d3: #6699a5; --d4: #2f6f7d; --hole: #b3261e; --hole-t: #fdf3f1; --bar: #dce3e6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161a; --card: #1a2025; --ink: #e8eaeb; --soft: #b9c1c7; --faint: #97a1a9; --line: #2d353c; --code: #232a30; --link: #8fbcf2; --focus: #8fbcf2;
    --yes: #ff9c9b; --yes-t: #36191c; --likely: #f3bd6d; --likely-t: #32260f; --cannot: #bdb3ff; --cannot-t: #25213d; --none: #86d2da; --none-t: #11302f; --off: #9aa4ab; --off-t: #262d33;
    --q1: #e0b363; --q2: #f59a6b; --q3: #ff9c9b; --q4: #eb9ad6; --q0: #9aa4ab;
    --d1: #24424a; --d2: #2f6472; --d3: #4b93a3; --d4: #86cddb; --hole: #ff8a80; --hole-t: #331a18; --bar: #313a41;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1rem/1.58 Inter, "Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, "Helvetica Neue", "Noto Sans", system-ui, sans-serif; font-feature-settings: "cv05", "ss03"; overflow-wrap: break-word; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; }
h1, h2, h3 { text-wrap: balance; }
a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .18em; overflow-wrap: anywhere; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: .16rem solid var(--focus); outline-offset: .16rem; border-radius: .2rem; }
code, pre { font: 400 .86em/1.5 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
code { background: var(--code); padding: .1em .36em; border-radius: .25rem; }
.faint, .none, .note, .credit { color: var(--faint); }
.nowrap { white-space: nowrap; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }

.masthead .inside, footer .inside, .frame { max-width: 78rem; margin: 0 auto; padding: 0 clamp(1rem, 3vw, 2.25rem); }
.masthead .inside { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-top: 1.1rem; padding-bottom: 1.1rem; }
.brand { display: flex; align-items: center; gap: .55rem; font-weight: 650; letter-spacing: -.01em; font-size: 1.06rem; }
.mark { width: 1.5rem; height: 1.5rem; flex: none; }
.mark .wall { fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.mark .door { fill: var(--likely); opacity: .85; }
.server { text-align: right; font-size: .92rem; line-height: 1.35; color: var(--soft); }
.server strong { color: var(--ink); margin-right: .6rem; overflow-wrap: anywhere; }
.frame { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; padding-bottom: 4rem; }
main { min-width: 0; }
.contents ol { list-style: none; padding: 0 0 .3rem; display: flex; gap: .2rem 1.1rem; flex-wrap: wrap; font-size: .88rem; }
.contents li { margin: 0; }
.contents a { color: var(--soft); text-decoration: none; }
.contents a:hover { color: var(--ink); text-decoration: underline; }
@media (min-width: 74rem) {
  .frame { grid-template-columns: 11.5rem minmax(0, 1fr); gap: 3rem; }
  .contents { position: sticky; top: 1.5rem; align-self: start; padding-top: .4rem; }
  .contents ol { display: block; border-left: 1px solid var(--line); }
  .contents a { display: block; padding: .26rem 0 .26rem .95rem; margin-left: -1px; border-left: 2px solid transparent; line-height: 1.35; }
  .contents a[aria-current] { color: var(--ink); border-color: var(--ink); font-weight: 550; }
}
section { margin-top: 4rem; }
section.verdict { margin-top: 0; }
h2 { font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -.018em; margin-bottom: 1.1rem; }
h3 { font-size: 1.06rem; line-height: 1.4; font-weight: 620; letter-spacing: -.006em; margin: 2rem 0 .7rem; }
h4 { font-size: .82rem; font-weight: 620; color: var(--soft); margin: 1.1rem 0 .3rem; }
.lead { color: var(--soft); max-width: 46rem; margin-bottom: 1.1rem; }
.note { font-size: .88rem; margin-top: .8rem; max-width: 46rem; }
main ul, main ol { padding-left: 1.15rem; }
li + li { margin-top: .25rem; }

.v-compromised, .v-exploited, .a-yes { --c: var(--yes); --t: var(--yes-t); }
.v-targeted, .a-likely { --c: var(--likely); --t: var(--likely-t); }
.v-cannot-tell, .a-cannot-tell { --c: var(--cannot); --t: var(--cannot-t); }
.v-no-evidence, .a-no-evidence { --c: var(--none); --t: var(--none-t); }
.a-not-asked { --c: var(--off); --t: var(--off-t); }
.q-targeted { --q: var(--q1); } .q-exploited { --q: var(--q2); } .q-compromised { --q: var(--q3); } .q-mail-taken { --q: var(--q4); } .q-none { --q: var(--q0); }

.icon { width: 1.25em; height: 1.25em; flex: none; overflow: visible; }
.icon .fill { fill: var(--c); }
.icon .ring { fill: none; stroke: var(--c); stroke-width: 2.2; stroke-linecap: round; }
.icon .dash { stroke-dasharray: 3.4 3; }
.icon .cut { fill: none; stroke: var(--t); stroke-width: 2.6; stroke-linecap: round; }

.verdict { background: var(--t); border-radius: .9rem; padding: clamp(1.3rem, 4vw, 2.6rem); border: 1px solid color-mix(in srgb, var(--c) 22%, transparent); }
.says { display: flex; gap: clamp(.9rem, 2.4vw, 1.5rem); align-items: flex-start; }
.says > .icon { width: clamp(2.6rem, 7vw, 4.2rem); height: clamp(2.6rem, 7vw, 4.2rem); margin-top: .3rem; }
.eyebrow { font-size: .92rem; color: var(--soft); overflow-wrap: anywhere; }
h1 { font-size: clamp(2rem, 5.4vw, 3.3rem); line-height: 1.06; font-weight: 680; letter-spacing: -.034em; color: var(--c); margin: .1rem 0 .35rem; }
.means { color: var(--soft); }
.sentence { font-size: clamp(1.08rem, 2.1vw, 1.28rem); line-height: 1.52; margin-top: 1.5rem; max-width: 48rem; letter-spacing: -.008em; text-wrap: pretty; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem 1.6rem; margin-top: 1.8rem; padding-top: 1.3rem; border-top: 1px solid color-mix(in srgb, var(--c) 22%, transparent); }
.facts dt { font-size: .84rem; color: var(--soft); }
.facts dd { font-weight: 600; }
.open { margin-top: 1.2rem; font-size: .95rem; }

.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); align-items: start; }
@media (min-width: 62rem) { .facts { grid-template-columns: 1.75fr 1fr 1fr 1.2fr; } }
@media (min-width: 48rem) { .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: stretch; } }
.cards:has(details[open]) { align-items: start; }
.answer, .chain, .actor { background: var(--card); border: 1px solid var(--line); border-radius: .7rem; padding: 1.25rem 1.35rem 1.1rem; }
.answer { display: flex; flex-direction: column; }
.answer h3 { margin: 0; font-weight: 500; font-size: .98rem; color: var(--soft); }
.answer .key { display: none; }
.is { display: flex; gap: .55rem; align-items: center; font-size: 1.42rem; line-height: 1.3; font-weight: 660; letter-spacing: -.02em; color: var(--c); margin: .3rem 0 .55rem; }
.is .icon, .word .icon { --t: var(--card); }
.reach { display: block; font-size: .85rem; color: var(--faint); margin-top: .9rem; }
.meter { display: block; width: 100%; height: .28rem; margin-bottom: .35rem; border-radius: .2rem; }
.meter .all { fill: var(--bar); } .meter .part { fill: var(--d3); }
.answer details { margin-top: auto; padding-top: .9rem; font-size: .93rem; }
.subject { display: inline-block; font-size: .8rem; font-weight: 600; color: var(--soft); background: var(--code); border-radius: .25rem; padding: 0 .4em; }

summary { cursor: pointer; color: var(--link); list-style: none; display: flex; gap: .5rem; align-items: baseline; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; flex: none; width: .42em; height: .42em; border: solid currentColor; border-width: 0 .12em .12em 0; transform: rotate(-45deg) translateY(-.1em); transition: transform .12s; }
details[open] > summary::before { transform: rotate(45deg) translate(-.1em, -.1em); }
summary:hover { text-decoration: underline; text-underline-offset: .18em; }
details.plain { margin-top: .9rem; font-size: .95rem; }
details.plain > summary + * { margin-top: .6rem; }
details.plain > * + ul { margin-top: .4rem; }

.scroll { overflow-x: auto; position: relative; }
.scroll + .scroll { margin-top: 2rem; }
table { width: 100%; border-collapse: collapse; font-size: .91rem; line-height: 1.45; }
caption.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
caption { text-align: left; font-size: .84rem; color: var(--faint); padding: 0 0 .5rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem 1rem .55rem 0; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; min-width: 4.6rem; }
thead th { font-size: .82rem; font-weight: 600; color: var(--soft); border-bottom-color: var(--faint); white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.tight { padding-left: 1rem; } .tight li + li { margin-top: .1rem; }
.word { display: inline-flex; gap: .35rem; align-items: center; color: var(--c); font-weight: 560; white-space: nowrap; font-size: .86rem; }
.word .icon { width: 1em; height: 1em; }
.hash { font-size: .74rem; background: none; padding: 0; color: var(--soft); }
.ref { display: block; } .ref + .ref { margin-top: .2rem; }
.stage { color: var(--q); font-weight: 560; }
.stage::before, .group::before { content: ""; display: inline-block; width: .55em; height: .55em; border-radius: 50%; background: var(--q); margin-right: .45em; }
.state { font-weight: 600; }
.c-not-met, .s-open, .s-present, .s-requested-after-removal { color: var(--yes); } .s-mitigated, .s-was-there { color: var(--likely); } .c-met, .s-fixed { color: var(--none); } .c-unknown, .s-unknown { color: var(--cannot); } .s-not-affected { color: var(--off); }

.chain { padding: 1.4rem 1.5rem 1.25rem; }
.chain + .chain { margin-top: 1.1rem; }
.chain h3 { margin: 0; font-size: 1.18rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: .1rem 1rem; align-items: baseline; }
.chain .when { font-size: .88rem; font-weight: 450; color: var(--faint); letter-spacing: 0; }
.from { color: var(--soft); font-size: .95rem; }
ul.steps { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem; margin: .9rem 0 1.1rem; font-size: .83rem; }
ul.steps li { margin: 0; color: var(--q); border: 1px solid color-mix(in srgb, var(--q) 40%, transparent); border-radius: 1rem; padding: .06rem .7rem; font-weight: 550; }
ol.story { list-style: none; padding: 0; max-width: 47rem; }
ol.story li { position: relative; padding: 0 0 .8rem 2.4rem; margin: 0; }
ol.story li::before { content: counter(list-item); position: absolute; left: 0; top: .12rem; width: 1.5rem; height: 1.5rem; line-height: 1.5rem; text-align: center; font-size: .78rem; font-weight: 600; border-radius: 50%; background: var(--code); color: var(--soft); font-variant-numeric: tabular-nums; }
ol.story li:not(:last-child)::after { content: ""; position: absolute; left: .75rem; top: 1.85rem; bottom: .12rem; border-left: 1px solid var(--line); }

ol.actions { list-style: none; padding: 0; }
ol.actions > li { position: relative; padding: 0 0 1.7rem 3.2rem; margin: 0; }
ol.actions > li::before { content: counter(list-item); position: absolute; left: 0; top: -.15rem; width: 2rem; height: 2rem; line-height: 2rem; text-align: center; font-weight: 650; border-radius: 50%; background: var(--ink); color: var(--paper); font-variant-numeric: tabular-nums; }
ol.actions h3 { margin: 0 0 .2rem; font-size: 1.1rem; }
.actions p { max-width: 46rem; }
ul.how { padding-left: 1.15rem; margin: .6rem 0; }
ul.how li { margin: .35rem 0; }
code.copy { display: inline-block; vertical-align: top; padding: .22rem .6rem; border-radius: .35rem; margin-right: .4rem; }
button.copy { font: inherit; font-size: .8rem; color: var(--link); background: none; border: 1px solid var(--line); border-radius: .35rem; padding: .1rem .55rem; margin-left: .1rem; cursor: pointer; vertical-align: middle; min-height: 1.7rem; }
button.copy:hover { border-color: currentColor; }
.effects { font-size: .93rem; color: var(--soft); margin-top: .4rem; }

.actors { display: grid; gap: 1rem; }
.actor h3 { margin: 0; display: flex; flex-wrap: wrap; justify-content: space-between; gap: .2rem 1rem; }
.actor > .faint { margin-top: .8rem; font-size: .9rem; }
.likelihood { font-weight: 600; color: var(--cannot); background: var(--cannot-t); border-radius: 1rem; padding: 0 .75rem; font-size: .88rem; }
.scales { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 0 2rem; font-size: .95rem; }

svg.chart { display: block; width: 100%; min-width: 46rem; height: auto; font: 400 12.5px/1 Inter, "Segoe UI", -apple-system, "Helvetica Neue", "Noto Sans", system-ui, sans-serif; }
.chart text { fill: var(--soft); }
.chart .label { text-anchor: end; } .chart .start { text-anchor: start; } .chart .faint { fill: var(--faint); }
.chart .axis line { stroke: var(--line); } .chart .axis text { fill: var(--faint); font-size: 11.5px; }
.chart .rail { stroke: var(--line); stroke-width: 1; }
.d1 { fill: var(--d1); background: var(--d1); } .d2 { fill: var(--d2); background: var(--d2); } .d3 { fill: var(--d3); background: var(--d3); } .d4 { fill: var(--d4); background: var(--d4); }
.chart .hole { fill: var(--hole-t); stroke: var(--hole); stroke-width: 1.4; stroke-dasharray: 3 2; }
.chart .campaign rect { fill: var(--likely); opacity: .78; } .chart .campaign text { fill: var(--likely); }
.chart .build line { stroke: var(--none); stroke-width: 1.6; stroke-dasharray: 5 3; } .chart .build text { fill: var(--none); font-size: 11.5px; font-weight: 600; }
.chart .reach { fill: var(--ink); opacity: .045; }
.chart .bar text { fill: #ffffff; font-size: 11.5px; font-weight: 600; }
.chart .is-open rect { fill: #a01c28; } .chart .is-mitigated rect { fill: #824600; } .chart .is-fixed rect { fill: var(--none-t); stroke: var(--none); } .chart .is-fixed text { fill: var(--none); }
.chart .is-unknown rect { fill: none; stroke: var(--cannot); stroke-dasharray: 4 3; } .chart .is-unknown text { fill: var(--cannot); }
.chart .is-not-affected rect { fill: var(--off-t); } .chart .is-not-affected text { fill: var(--off); }
.chart .is-build rect { fill: var(--d2); } .chart .is-build text { fill: var(--ink); }
.chart .lane circle { fill: var(--q); fill-opacity: .82; stroke: var(--paper); stroke-width: 1.5; }
.chart .lane text { fill: var(--q); font-weight: 560; }
.chart a:hover circle, .chart a:focus-visible circle { fill-opacity: 1; stroke: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; font-size: .84rem; color: var(--faint); margin-top: .6rem; }
.swatch { display: inline-block; width: .95rem; height: .75rem; margin-right: .12rem; vertical-align: -.05rem; }
.swatch.gap { background: var(--hole-t); border: 1.5px dashed var(--hole); margin-right: .4rem; } .swatch.camp { background: var(--likely); opacity: .78; height: .5rem; margin-right: .4rem; vertical-align: .05rem; } .swatch.line { width: 0; border-left: 2px dashed var(--none); margin: 0 .6rem 0 .4rem; }

h3.group { display: flex; align-items: baseline; color: var(--q); }
h3 .n { margin-left: .3rem; font-weight: 450; color: var(--faint); }
h3.group .n { margin-left: .6rem; }
.finding { border-top: 1px solid var(--line); }
details.pile { border-top: 1px solid var(--line); }
details.pile > summary { padding: .65rem 0; color: var(--ink); font-weight: 520; }
details.pile > summary .faint { font-weight: 400; }
details.pile > .finding { margin-left: 1.1rem; }
.finding > summary { padding: .65rem 0; color: var(--ink); }
.finding > summary .title { flex: 1 1 auto; font-weight: 520; min-width: 0; overflow-wrap: anywhere; }
.finding > summary .meta { color: var(--faint); font-size: .86rem; text-align: right; flex: 0 1 auto; max-width: 52%; }
.finding > .inner { padding: .2rem 0 1.4rem 1.1rem; scroll-margin-top: 4.5rem; }
dl.fields { display: grid; grid-template-columns: minmax(6.5rem, max-content) minmax(0, 1fr); gap: .25rem 1.2rem; font-size: .94rem; }
dl.fields dt { color: var(--faint); overflow-wrap: anywhere; max-width: 14rem; } dl.fields dd { overflow-wrap: anywhere; }
.unpacked { margin-top: .6rem; }
.unpacked dl.fields { margin-bottom: .9rem; font-size: .88rem; }
figure.row { margin-top: .7rem; }
figcaption { font-size: .82rem; color: var(--faint); overflow-wrap: anywhere; }
pre { margin: .25rem 0 0; padding: .7rem .85rem; background: var(--code); border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 22rem; overflow-y: auto; }
.verify { margin-top: 1.1rem; font-size: .92rem; } .credit { font-size: .84rem; margin-top: .5rem; }
footer { border-top: 1px solid var(--line); color: var(--faint); font-size: .88rem; padding: 1.6rem 0 3rem; }
footer p + p { margin-top: .4rem; }

@media (max-width: 44rem) {
  .masthead .inside { align-items: flex-start; }
  .server strong { display: block; margin: 0; }
  section { margin-top: 3rem; }
  .contents ol { flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; scrollbar-width: none; margin: 0 -1rem; padding: 0 1rem .3rem; }
  table, caption, tbody, tr, th, td { display: block; }
  thead { position: absolute; left: -100rem; }
  tr { padding: .7rem 0; border-bottom: 1px solid var(--line); }
  th, td { border: 0; padding: .1rem 0; }
  td { position: relative; padding-left: 6.8rem; } td:empty { display: none; }
  td::before { content: attr(data-head); position: absolute; left: 0; width: 6.2rem; color: var(--faint); font-size: .86rem; }
  .number { text-align: left; }
  .finding > summary { flex-wrap: wrap; } .finding > summary .title { flex-basis: 80%; } .finding > summary .meta { text-align: left; flex-basis: 100%; max-width: none; padding-left: 1rem; }
  .finding > .inner { padding-left: 0; }
  dl.fields { grid-template-columns: minmax(0, 1fr); gap: 0; } dl.fields dd { margin-bottom: .5rem; }
  ol.actions > li { padding-left: 0; } ol.actions > li::before { position: static; display: block; margin-bottom: .5rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { .verdict, .answer { border: 2px solid CanvasText; } .icon .fill { fill: CanvasText; } .icon .cut { stroke: Canvas; } }
@media print {
  :root { --paper: #fff; --card: #fff; }
  @page { margin: 16mm 14mm; }
  body { font-size: 9.5pt; }
  .contents, .skip, button.copy, .legend { display: none; }
  .frame { display: block; padding: 0; }
  .verdict, .actor, ol.actions > li, ol.story li, tr { break-inside: avoid; }
  .cards { display: block; } .answer { margin-bottom: .8rem; }
  .answer .is, .answer .why { break-after: avoid; }
  .scales { grid-template-columns: 1fr 1fr; }
  h2, h3 { break-after: avoid; }
  section { margin-top: 2rem; }
  pre { max-height: none; }
  svg.chart { min-width: 0; }
  .scroll { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
