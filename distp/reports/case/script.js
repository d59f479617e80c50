/**
 * The script of the page of a case: it filters and sorts the rows that are there, and puts texts of another language in the
 * place of those shown. It makes no element and reads no markup: values of the evidence stay text.
 */
export const caseScript = `'use strict';
(() => {
  const words = JSON.parse(document.getElementById('words').textContent);
  const table = document.getElementById('servers');
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const search = document.getElementById('search');
  const verdict = document.getElementById('verdict');
  const shown = document.getElementById('shown');
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const filter = () => {
    const parts = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let n = 0;
    for (const row of rows) {
      const text = texts.get(row);
      const is = (verdict.value === '' || row.dataset.verdict === verdict.value) && parts.every((part) => text.includes(part));
      row.hidden = !is;
      if (is) n++;
    }
    shown.value = n + ' / ' + rows.length;
  };
  search.addEventListener('input', filter);
  verdict.addEventListener('change', filter);
  const heads = [...table.tHead.rows[0].cells];
  for (const [column, head] of heads.entries()) {
    const button = head.querySelector('button');
    if (button === null) continue;
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const keyOf = (row) => row.cells[column].dataset.sort ?? '';
      const isNumber = head.dataset.number !== undefined;
      const compare = (a, b) => {
        const x = keyOf(a), y = keyOf(b);
        return isNumber ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0;
      };
      const sorted = [...rows].sort((a, b) => (down ? -1 : 1) * compare(a, b) || rows.indexOf(a) - rows.indexOf(b));
      body.append(...sorted);
    });
  }
  const language = document.getElementById('language');
  language.addEventListener('change', () => {
    const own = words[language.value];
    document.documentElement.lang = language.value;
    for (const one of document.querySelectorAll('[data-t]')) one.textContent = own[one.dataset.t];
    search.placeholder = own.search;
    search.setAttribute('aria-label', own.search);
    verdict.setAttribute('aria-label', own.verdict);
    for (const row of rows) texts.set(row, row.textContent.toLowerCase());
    filter();
  });
  for (const one of document.querySelectorAll('[hidden][data-script]')) one.hidden = false;
  filter();
})();
`;
//# sourceMappingURL=script.js.map