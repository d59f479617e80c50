/** The look of the page of a case: light, dark and print. */
export const caseStyle = `
:root {
  color-scheme: light dark;
  --paper: #f7f6f3; --card: #ffffff; --ink: #1b2126; --soft: #4a545c; --faint: #616b73; --line: #e2dfd8; --head: #f1efea; --link: #1d4f8f;
  --yes: #a01c28; --yes-t: #fbeceb; --likely: #824600; --likely-t: #fbf0dc; --cannot: #51449a; --cannot-t: #efedf9; --none: #1b5f6b; --none-t: #e4f1f2; --off: #5f6870; --off-t: #eeeeec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161a; --card: #1a2025; --ink: #e8eaeb; --soft: #b9c1c7; --faint: #97a1a9; --line: #2d353c; --head: #232a30; --link: #8fbcf2;
    --yes: #ff9c9b; --yes-t: #36191c; --likely: #f3bd6d; --likely-t: #32260f; --cannot: #bdb3ff; --cannot-t: #25213d; --none: #86d2da; --none-t: #11302f; --off: #9aa4ab; --off-t: #262d33;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 .95rem/1.5 Inter, "Segoe UI Variable Text", "Segoe UI", -apple-system, "Helvetica Neue", "Noto Sans", "Noto Sans CJK JP", system-ui, sans-serif; overflow-wrap: break-word; }
h1, h2, p, dl, dd, ul { margin: 0; }
a { color: var(--link); text-underline-offset: .18em; }
:focus-visible { outline: .16rem solid var(--link); outline-offset: .16rem; border-radius: .2rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; }
header, main, footer { max-width: 96rem; margin: 0 auto; padding: 0 clamp(1rem, 2.5vw, 2.25rem); }
header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .2rem 1rem; padding-top: 1.1rem; padding-bottom: .6rem; }
header .brand { font-weight: 650; letter-spacing: -.01em; font-size: 1.06rem; }
h1 { font-size: clamp(1.45rem, 3.6vw, 2.1rem); line-height: 1.15; font-weight: 680; letter-spacing: -.025em; }
h2 { scroll-margin-top: 1rem; font-size: 1.25rem; font-weight: 650; letter-spacing: -.015em; margin: 2.4rem 0 .5rem; }
.note { color: var(--soft); max-width: 52rem; margin-bottom: .7rem; }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.2rem), 1fr)); gap: .6rem; margin-top: 1rem; }
.totals div { background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--c, var(--line)); border-radius: .6rem; padding: .55rem .8rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.totals dt { font-size: .82rem; color: var(--soft); line-height: 1.3; }
.totals dd { font-size: 1.35rem; line-height: 1.2; font-weight: 660; color: var(--c, inherit); }
.totals .period dd { font-size: .95rem; font-weight: 500; }
.v-compromised, .v-exploited, .a-yes { --c: var(--yes); --t: var(--yes-t); }
.v-targeted, .a-likely { --c: var(--likely); --t: var(--likely-t); }
.v-cannot-tell, .a-cannot-tell { --c: var(--cannot); --t: var(--cannot-t); }
.v-no-evidence, .a-no-evidence { --c: var(--none); --t: var(--none-t); }
.a-not-asked { --c: var(--off); --t: var(--off-t); }
.tools { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0 0 .7rem; }
.tools input, .tools select, header select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .45rem; padding: .35rem .6rem; }
.tools input { flex: 1 1 18rem; max-width: 30rem; }
.tools output { align-self: center; color: var(--faint); }
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .7rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .7rem; border-top: 1px solid var(--line); }
thead th { position: sticky; top: 0; background: var(--head); border-top: 0; font-weight: 620; font-size: .82rem; color: var(--soft); }
thead button { all: unset; cursor: pointer; }
thead button:focus-visible { outline: .16rem solid var(--link); outline-offset: .16rem; }
th[aria-sort="ascending"] button::after { content: " ↑"; }
th[aria-sort="descending"] button::after { content: " ↓"; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
td .small, .small { font-size: .84rem; color: var(--faint); overflow-wrap: anywhere; }
td .sentence { color: var(--soft); font-size: .86rem; min-width: 20rem; max-width: 46rem; }
code { font: 400 .9em/1.45 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.chip { display: inline-block; font-size: .82rem; font-weight: 620; color: var(--c); background: var(--t); border-radius: .3rem; padding: 0 .5em; white-space: nowrap; }
.answers { display: flex; flex-wrap: wrap; gap: .2rem .35rem; margin-top: .25rem; }
.answers .chip { font-weight: 500; font-size: .76rem; }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; margin-top: 1rem; }
ul.notes { padding-left: 1.1rem; color: var(--soft); }
footer { padding-top: 2.5rem; padding-bottom: 2.5rem; color: var(--faint); font-size: .86rem; }
@media (forced-colors: active) { .chip { border: 1px solid CanvasText; } }
@media print {
  :root { --paper: #fff; --card: #fff; }
  @page { size: landscape; margin: 12mm; }
  body { font-size: 8.5pt; }
  .skip, .tools, header select, header label { display: none; }
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  thead th { position: static; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
//# sourceMappingURL=style.js.map