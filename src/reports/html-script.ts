/**
 * The whole program of report.html: unpacks the raw rows where they are asked for and puts them in as text, copies a
 * command, opens what a link points to. Without it the report reads the same but for the raw rows. It fetches nothing.
 */
export const script = `'use strict';
(() => {
  const block = document.getElementById('rows');
  const packed = block ? JSON.parse(block.textContent) : [];
  const make = (name, kind, text) => {
    const node = document.createElement(name);
    if (kind) node.className = kind;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  async function unpack(index) {
    const bytes = Uint8Array.from(atob(packed[index]), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return JSON.parse(await new Response(stream).text());
  }

  function show(data, into) {
    into.replaceChildren();
    if (data.fields.length) {
      const list = make('dl', 'fields');
      for (const [name, value] of data.fields) list.append(make('dt', '', name), make('dd', '', value));
      into.append(list);
    }
    for (const row of data.rows) {
      const figure = make('figure', 'row');
      figure.append(make('figcaption', '', row.at), make('pre', '', row.raw));
      figure.lastChild.tabIndex = 0;
      into.append(figure);
    }
    if (data.note) into.append(make('p', 'note', data.note));
  }

  document.addEventListener('toggle', async (event) => {
    const details = event.target;
    if (!details.open || !details.dataset || details.dataset.rows === undefined) return;
    const into = details.querySelector('.unpacked');
    if (!into || into.dataset.done) return;
    into.dataset.done = 'yes';
    try {
      show(await unpack(Number(details.dataset.rows)), into);
    } catch (error) {
      into.textContent = 'This browser cannot unpack the rows; they stand in findings.jsonl.';
    }
  }, true);

  for (const code of document.querySelectorAll('code.copy')) {
    const button = make('button', 'copy', 'Copy');
    button.type = 'button';
    button.setAttribute('aria-label', 'Copy the command');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = 'Selected';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    code.after(button);
  }

  function reveal() {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (!target) return;
    for (let node = target; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
    target.scrollIntoView();
  }
  addEventListener('hashchange', reveal);
  reveal();

  const opened = [];
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details.answer-why:not([open])')) { details.open = true; opened.push(details); }
  });
  addEventListener('afterprint', () => { for (const details of opened.splice(0)) details.open = false; });

  const links = new Map([...document.querySelectorAll('nav.contents a')].map((a) => [a.hash.slice(1), a]));
  if ('IntersectionObserver' in self) {
    const seen = new Set();
    const watch = new IntersectionObserver((entries) => {
      for (const e of entries) if (e.isIntersecting) seen.add(e.target.id); else seen.delete(e.target.id);
      let current = '';
      for (const id of links.keys()) if (!current && seen.has(id)) current = id;
      for (const [id, a] of links) if (id === current) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current');
    }, { rootMargin: '-10% 0px -70% 0px' });
    for (const id of links.keys()) { const section = document.getElementById(id); if (section) watch.observe(section); }
  }
})();
`
