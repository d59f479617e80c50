/** The look of a comparison: light, dark and print; from 360 pixels up. What came and went is told by words and signs too. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f7f6f3; --card: #ffffff; --ink: #1b2126; --soft: #4a545c; --faint: #616b73; --line: #e2dfd8; --code: #f1efea; --link: #1d4f8f;
  --yes: #a01c28; --yes-t: #fbeceb; --likely: #824600; --likely-t: #fbf0dc; --cannot: #51449a; --cannot-t: #efedf9; --none: #1b5f6b; --none-t: #e4f1f2; --off: #5f6870; --off-t: #eeeeec;
  --new: #1d4f8f; --new-t: #e6eef8; --gone: #824600; --gone-t: #fbf0dc; --other: #51449a; --other-t: #efedf9; --stay: #5f6870; --stay-t: #eeeeec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161a; --card: #1a2025; --ink: #e8eaeb; --soft: #b9c1c7; --faint: #97a1a9; --line: #2d353c; --code: #232a30; --link: #8fbcf2;
    --yes: #ff9c9b; --yes-t: #36191c; --likely: #f3bd6d; --likely-t: #32260f; --cannot: #bdb3ff; --cannot-t: #25213d; --none: #86d2da; --none-t: #11302f; --off: #9aa4ab; --off-t: #262d33;
    --new: #8fbcf2; --new-t: #16263a; --gone: #f3bd6d; --gone-t: #32260f; --other: #bdb3ff; --other-t: #25213d; --stay: #9aa4ab; --stay-t: #262d33;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1rem/1.58 Inter, "Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, "Helvetica Neue", "Noto Sans", system-ui, sans-serif; overflow-wrap: break-word; }
h1, h2, h3, p, ul, dl, dd { margin: 0; }
a { color: var(--link); text-underline-offset: .18em; }
:focus-visible { outline: .16rem solid var(--link); outline-offset: .16rem; border-radius: .2rem; }
code { font: 400 .86em/1.5 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--code); padding: .1em .36em; border-radius: .25rem; overflow-wrap: anywhere; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 clamp(1rem, 3vw, 2.25rem); }
header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .2rem 1rem; padding-top: 1.1rem; padding-bottom: 1.1rem; }
header .brand { font-weight: 650; letter-spacing: -.01em; font-size: 1.06rem; }
header .server { color: var(--soft); font-size: .92rem; overflow-wrap: anywhere; }
.faint { color: var(--faint); }
.small { font-size: .9rem; }

.v-compromised, .v-exploited, .a-yes { --c: var(--yes); --t: var(--yes-t); }
.v-targeted, .a-likely { --c: var(--likely); --t: var(--likely-t); }
.v-cannot-tell, .a-cannot-tell { --c: var(--cannot); --t: var(--cannot-t); }
.v-no-evidence, .a-no-evidence { --c: var(--none); --t: var(--none-t); }
.a-not-asked { --c: var(--off); --t: var(--off-t); }
.c-new { --c: var(--new); --t: var(--new-t); } .c-gone { --c: var(--gone); --t: var(--gone-t); }
.c-other { --c: var(--other); --t: var(--other-t); } .c-stay { --c: var(--stay); --t: var(--stay-t); }

.verdict { background: var(--t); border: 1px solid color-mix(in srgb, var(--c) 22%, transparent); border-radius: .9rem; padding: clamp(1.2rem, 4vw, 2.4rem); }
.eyebrow { color: var(--soft); font-size: .92rem; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.55rem, 4.6vw, 2.7rem); line-height: 1.14; font-weight: 680; letter-spacing: -.03em; margin: .2rem 0 .5rem; text-wrap: balance; }
h1 .word { color: var(--c); } h1 .to { color: var(--faint); font-weight: 400; }
.verdict ul { margin-top: .9rem; padding-left: 1.15rem; max-width: 46rem; }
.note { margin-top: .9rem; padding: .6rem .9rem; border-left: .25rem solid var(--c); background: var(--card); border-radius: 0 .4rem .4rem 0; max-width: 46rem; }
.tally { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.5rem), 1fr)); gap: .8rem; margin-top: .5rem; }
.eyebrow.count { margin-top: 1.4rem; }
.tally div { background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--c); border-radius: .6rem; padding: .7rem 1rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.tally dt { font-size: .86rem; color: var(--soft); line-height: 1.35; }
.tally dd { font-size: 1.6rem; line-height: 1.2; font-weight: 660; color: var(--c); }

section { margin-top: 3rem; }
h2 { font-size: 1.4rem; line-height: 1.25; font-weight: 650; letter-spacing: -.018em; margin-bottom: .9rem; }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 620; margin: 0 0 .25rem; overflow-wrap: anywhere; }
.rows { list-style: none; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: .7rem; }
.rows > li { padding: .85rem 1.1rem; border-top: 1px solid var(--line); }
.rows > li:first-child { border-top: 0; }
.rows .head { display: flex; flex-wrap: wrap; gap: .15rem 1rem; align-items: baseline; justify-content: space-between; }
.move { white-space: nowrap; font-weight: 620; color: var(--c); }
.move .was { color: var(--faint); font-weight: 400; }
.rows ul { margin: .35rem 0 0; padding-left: 1.1rem; font-size: .95rem; color: var(--soft); overflow-wrap: anywhere; }
.meta { font-size: .88rem; color: var(--faint); overflow-wrap: anywhere; }
.why { font-size: .95rem; color: var(--soft); margin-top: .2rem; overflow-wrap: anywhere; }
.chip { display: inline-block; font-size: .8rem; font-weight: 620; line-height: 1.5; color: var(--c); background: var(--t); border-radius: .3rem; padding: 0 .5em; margin-right: .5em; white-space: nowrap; }
.n { color: var(--faint); font-weight: 400; font-size: 1rem; margin-left: .4rem; }
section > h3 { margin: 1.5rem 0 .6rem; }
.lead { color: var(--soft); max-width: 46rem; margin-bottom: .9rem; }
details { margin-top: .8rem; } li details { margin-top: .4rem; font-size: .95rem; }
summary { cursor: pointer; color: var(--link); }
details > .rows { margin-top: .6rem; }
footer { padding-top: 3rem; padding-bottom: 3rem; color: var(--faint); font-size: .88rem; }
@media (forced-colors: active) { .verdict, .chip { border: 1px solid CanvasText; } }
@media print {
  :root { --paper: #fff; --card: #fff; }
  @page { margin: 16mm 14mm; }
  body { font-size: 9.5pt; }
  .skip { display: none; }
  section { margin-top: 1.6rem; }
  h2, h3 { break-after: avoid; }
  .verdict, .rows > li, .tally { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
//# sourceMappingURL=style.js.map