// What no page and no answer may do with a figure (B5): looked for, whoever wrote the page. Used by figures.test.mjs, which also
// shows that it finds what is wrong.

/* Runs in the page. Text that people wrote (.prose, bdi, quotes, what stands in fields) may say what it likes. */
export function faultsOfPage() {
  const DATA = ['n', 'k', 'from', 'to', 'eyes', 'silent', 'show'];
  const THEIRS = '.prose, bdi, blockquote, textarea, input, select, script, style, template, .answers .tag';
  const bad = [], say = (what, e, text) => bad.push(`${what}: ${(text ?? e.textContent).trim().replace(/\s+/g, ' ').slice(0, 120)} in <${e.tagName.toLowerCase()} class="${e.getAttribute('class') ?? ''}">`);
  const PERCENT = /[\d٠-٩]\s*[%٪]|[%٪]\s*[\d٠-٩]/, SHARE = /(^|[^\d.,:])0[.,]\d/;
  const holder = (e) => { const h = e.closest('[data-n]'); return h && DATA.every((d) => h.dataset[d] !== undefined) ? h : null; };
  const look = (e, text) => {
    if (PERCENT.test(text) && !holder(e)) say('a per cent figure that says not what it stands on', e, text);
    const h = holder(e);
    if (!h || !['none', 'list', 'interval'].includes(h.dataset.show)) return;
    if (PERCENT.test(text)) say(`a per cent figure of ${h.dataset.n}`, e, text);
    else if (h.dataset.show !== 'interval' && h.dataset.kind !== 'time' && SHARE.test(text)) say(`a share of ${h.dataset.n}`, e, text);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let t = words.nextNode(); t; t = words.nextNode()) if (!t.parentElement.closest(THEIRS)) look(t.parentElement, t.data);
  for (const e of document.body.querySelectorAll('[aria-label], [title], [alt]'))
    for (const a of ['aria-label', 'title', 'alt']) if (e.hasAttribute(a) && !e.closest(THEIRS)) look(e, e.getAttribute(a));
  for (const e of document.body.querySelectorAll('[data-n]')) {
    const missing = DATA.filter((d) => e.dataset[d] === undefined);
    if (missing.length) say(`a figure without ${missing}`, e);
    const n = Number(e.dataset.n), show = n === 0 ? 'none' : n < 5 ? 'list' : n < 10 ? 'interval' : 'percent';
    if (e.dataset.show !== show) say(`a figure of ${n} shown as ${e.dataset.show}`, e);
    if (e.dataset.eyes !== 'agent') continue;
    const group = e.closest('[data-pair]');
    if (!group || ![...group.querySelectorAll('[data-eyes]')].some((x) => x.dataset.eyes !== 'agent')) say('only we can see it, and no customer stands beside it', e);
  }
  // Persons, each with a figure: a league.
  for (const list of document.body.querySelectorAll('ul, ol, tbody, dl')) {
    const rows = [...list.children].filter((r) => r.querySelector('.face, a[href^="/people/"]') && r.querySelector('[data-n]'));
    if (rows.length > 1) say('persons with a figure beside each', list, rows[0].textContent);
  }
  return bad;
}

/* Of an answer: every object with a rate has what it stands on. */
export function faultsOfJson(value, at = '$') {
  if (Array.isArray(value)) return value.flatMap((v, i) => faultsOfJson(v, `${at}[${i}]`));
  if (!value || typeof value !== 'object') return [];
  if ('every_days' in value) return [];                   // how often an instrument asks, and how many of a hundred: settings
  const own = [], rate = ['value', 'rate', 'share', 'ratio'].find((name) => typeof value[name] === 'number');
  const missing = ['k', 'n', 'ci', 'viewpoint', 'silent', 'period', 'show'].filter((name) => value[name] === undefined);
  if (rate && missing.length) own.push(`${at}.${rate} without ${missing}`);
  if (value.viewpoint === 'agent' && typeof value.value === 'number' && !at.endsWith('.pair') && !/\.points\[\d+\]$/.test(at) && (value.pair?.viewpoint ?? 'agent') === 'agent')
    own.push(`${at}: only we can see it, and no customer stands beside it`);
  return own.concat(Object.entries(value).flatMap(([k, v]) => faultsOfJson(v, `${at}.${k}`)));
}
