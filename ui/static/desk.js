/* ui/static/desk.js: what a keyboard and a busy day ask for, on top of pages that work without it.
   Which keys there are comes from the server (src/web/keys.c), as JSON in the page: a key follows a link or presses what stands on
   the page under the id it names. Nothing here is the only way to do a thing. */
'use strict';
(() => {
  const by = id => document.getElementById(id);

  /* A page of ours, or that part of it alone, as elements: the site's policy of trusted types names us, and nothing in it runs.
     What fails or leads elsewhere is no part. */
  const policy = window.trustedTypes?.createPolicy('desk', { createHTML: s => s }) || { createHTML: s => s };
  const fetched = async (url, part) => {
    const r = await fetch(url, part ? { headers: { 'X-Part': part } } : {});
    if (!r.ok || r.redirected) throw new Error(String(r.status));
    return new DOMParser().parseFromString(policy.createHTML(await r.text()), 'text/html');
  };
  window.desk = { fetched };                              /* for the scripts of single pages */
  const renew = async (id, url, part) => {
    const fresh = (await fetched(url, part)).getElementById(id);
    if (fresh) by(id)?.replaceWith(fresh);
  };

  const table = JSON.parse(by('keys')?.textContent || '{"off":true,"keys":[]}');
  const all = table.keys.filter(Boolean);
  const field = e => e && e.closest('input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]');
  const rows = () => [...document.querySelectorAll('.rows .row')];

  /* ── what keys do ── */

  const walk = step => {
    const list = rows(), at = list.indexOf(document.activeElement.closest('.row') || document.querySelector('.row[aria-current]'));
    const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
    if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); }
  };
  const ours = {
    next: () => walk(1),
    previous: () => walk(-1),
    open: () => (document.activeElement.closest('.row') || document.querySelector('.row[aria-current]') || rows()[0])?.click(),
    commands: () => find(),
    keys: () => sheet(),
  };
  const first = box => box?.querySelector('button, input:not([type=hidden]), select, textarea, a[href]');
  const write = () => by('write')?.querySelector('textarea, input[type=datetime-local]')?.focus();
  /* A field is gone to; a fold opens, and its first field is gone to; the form that is open already is gone to. The answer is for
     good, so its key leads to the button, and Enter presses it. */
  const press = it => {
    if (it.matches('summary')) {
      if (!it.parentElement.open) it.click();
      (first(it.nextElementSibling) || it).focus();
    } else if (it.matches('[aria-current]')) write();
    else if (it.id === 'k-answer' && !by('text').value.trim()) by('text').focus();
    else if (it.id === 'k-answer' || field(it)) it.focus();
    else it.click();
  };
  const applies = k => (ours[k.n] && !/^(next|previous|open)$/.test(k.n)) || (ours[k.n] ? rows().length > 0 : !!(by(k.p) || k.h));
  const act = k => {
    if (ours[k.n]) return ours[k.n]();
    const it = k.p && by(k.p);
    if (it) press(it); else location.assign(k.h);
  };

  /* ── keys ── */

  let after = '', at = 0;
  const letter = e => {
    const key = e.key.length === 1 && e.key !== ' ' ? e.key.toLowerCase() : '';
    if (!key || table.off) return;
    const two = after && Date.now() - at < 1500 ? `${after} ${key}` : '';
    after = '';
    const k = (two && all.find(x => x.k === two)) || all.find(x => x.k === key);
    if (k ? !applies(k) : key !== 'g') return;
    e.preventDefault();
    if (!table.told) { by('first').showModal(); by('first-h').focus(); return; }
    if (k) return act(k);
    after = key;
    at = Date.now();
  };
  /* Esc leaves a field, closes a fold, and only then the conversation. */
  const leave = e => {
    const fold = document.querySelector('details.pop[open]');
    const back = by('k-back');
    if (fold) { fold.open = false; fold.querySelector('summary').focus(); }
    else if (field(e.target)) { if (e.target.matches('textarea')) e.target.blur(); return; }
    else if (back) back.click();
    else return;
    e.preventDefault();
  };
  document.addEventListener('keydown', e => {
    if (e.defaultPrevented || e.isComposing || e.keyCode === 229 || e.altKey) return;
    const ctrl = e.ctrlKey || e.metaKey, form = e.target.form;
    if (ctrl && e.key === 'Enter' && form) {
      e.preventDefault();
      const send = e.shiftKey ? form.querySelector('#k-answer') : form.querySelector('[type=submit]');
      if (send) form.requestSubmit(send);
    } else if (ctrl && !e.shiftKey && e.key.toLowerCase() === 'k' && by('palette')) {
      e.preventDefault();
      find();
    } else if (ctrl || e.repeat && !/^[jk]$/i.test(e.key) || document.querySelector('dialog[open]')) return;
    else if (e.key === 'Escape') leave(e);
    else if (!field(e.target)) letter(e);
  });

  /* Whoever was led to the form begins to write. */
  if (location.hash === '#write') window.addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(write)));

  /* The first letter ever pressed does nothing, and says what it would do. */
  by('first')?.addEventListener('submit', async e => {
    e.preventDefault();
    e.stopPropagation();
    const body = new URLSearchParams(new FormData(e.target));
    body.set('off', e.submitter.value);
    table.told = true;
    table.off = e.submitter.value === '1';
    by('first').close();
    await fetch('/keys/first', { method: 'POST', body });
  });

  /* ── the sheet of keys, and finding something to do ── */

  const sheet = async () => {
    try {
      const fresh = (await fetched('/keys', 'sheet')).getElementById('sheet-in');
      by('palette').close();
      by('sheet').replaceChildren(fresh);
      by('sheet').showModal();
      by('sheet-h').focus();
    } catch { location.assign('/keys'); }
  };

  const make = (name, has, ...kids) => {
    const e = document.createElement(name);
    for (const [k, v] of Object.entries(has)) e.setAttribute(k, v);
    e.append(...kids);
    return e;
  };
  const sign = name => {
    const svg = document.querySelector('#palette .i').cloneNode(true), use = svg.firstElementChild;
    use.setAttribute('href', use.getAttribute('href').replace(/#.*/, `#${name}`));
    svg.classList.toggle('flip', /arrow|corner|reply/.test(name));
    return svg;
  };
  const caps = k => make('span', { class: 'keys', dir: 'ltr' }, ...[...k.k.split(' ').map(x => x.toUpperCase()), k.a].filter(Boolean).map(x => make('kbd', {}, x)));
  const found = words => {
    const q = words.trim().toLowerCase(), here = all.filter(k => k.n !== 'commands' && applies(k));
    const list = q.split(/\s+/).reduce((left, w) => left.filter(k => `${k.w} ${k.g}`.toLowerCase().includes(w)), here);
    const starts = k => q && k.w.toLowerCase().startsWith(q) ? 0 : 1;
    list.sort((a, b) => starts(a) - starts(b));
    if (q) list.push({ n: 'find', w: table.find.replace('%s', words.trim()), g: '', k: '', a: '', i: 'search', h: `/search?q=${encodeURIComponent(words.trim())}`, p: '' });
    return list;
  };
  let shown = [], chosen = 0;
  const choose = to => {
    chosen = (to + shown.length) % shown.length;
    by('palette-list').querySelectorAll('[role=option]').forEach((o, i) => o.setAttribute('aria-selected', i === chosen));
    by('palette-q').setAttribute('aria-activedescendant', `po${chosen}`);
    by(`po${chosen}`).scrollIntoView({ block: 'nearest' });
  };
  const list = () => {
    shown = found(by('palette-q').value);
    const groups = new Map();
    for (const k of shown) groups.set(k.g, [...(groups.get(k.g) || []), k]);
    shown = [...groups.values()].flat();
    let n = 0;
    by('palette-list').replaceChildren(...[...groups].map(([g, ks], i) => make('div', g ? { role: 'group', 'aria-labelledby': `pg${i}` } : { role: 'presentation' },
      ...(g ? [make('h2', { id: `pg${i}`, role: 'presentation' }, g)] : []),
      ...ks.map(k => make('div', { role: 'option', id: `po${n++}`, 'aria-selected': 'false' }, sign(k.i), make('span', { class: 'grow' }, k.w), caps(k))))));
    choose(0);
  };
  const find = () => {
    by('palette-q').value = '';
    list();
    by('palette').showModal();
    choose(0);
  };
  const pick = () => {
    const k = shown[chosen];
    by('palette').close();
    act(k);
  };
  by('palette-q')?.addEventListener('input', list);
  by('palette-q')?.addEventListener('keydown', e => {
    if (e.isComposing) return;
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, PageDown: Math.min(chosen + 8, shown.length - 1), PageUp: Math.max(chosen - 8, 0) }[e.key];
    if (to !== undefined) { e.preventDefault(); choose(to); }
    else if (e.key === 'Enter') { e.preventDefault(); pick(); }
  });
  by('palette-list')?.addEventListener('click', e => {
    const o = e.target.closest('[role=option]');
    if (o) { choose(Number(o.id.slice(2))); pick(); }
  });

  /* The links to both pages open them here; with a key held, in the middle, or without us they are pages. */
  document.addEventListener('click', e => {
    const a = e.target.closest('a[href^="/commands"], #palette a[href="/keys"]');
    if (e.target.matches('dialog')) e.target.close();
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.button || !by('palette')) return;
    e.preventDefault();
    if (a.closest('#palette')) sheet(); else find();
  });

  /* Words that were typed and not sent are not lost by a slip: the browser asks. */
  const typed = f => [...f.elements].some(e => /^(text|email|search|textarea|datetime-local|file)$/.test(e.type) && (e.type === 'file' ? e.files.length : e.value !== e.defaultValue));
  let sending = false;
  document.addEventListener('submit', () => { sending = true; });
  window.addEventListener('beforeunload', e => {
    if (!sending && [...document.querySelectorAll('form[data-unsaved]')].some(typed)) e.preventDefault();
  });
  window.addEventListener('pageshow', () => { sending = false; });

  /* Bad moments come by themselves. A browser has six connections to a place, so one tab listens and tells the others. The block
     is fetched anew, but never under somebody's hands: then a button waits beside it. Said aloud at most every ten seconds. */
  const worst = () => by('worst');
  if (worst()) {
    let last = 0;
    const say = words => { if (Date.now() - last > 1e4) { last = Date.now(); by('worst-said').textContent = words; } };
    const show = async () => {
      by('worst-new').hidden = true;
      await renew('worst', location.href, 'worst');
      say(worst().dataset.said || '');
    };
    const news = () => {
      if (!document.querySelector(':is(#worst, #worst ~ *):is(:hover, :focus-within)')) return show();
      by('worst-new').hidden = false;
      say(by('worst-new').textContent);
    };
    document.addEventListener('click', e => { if (e.target.closest('#worst-new')) show(); });
    const bell = new BroadcastChannel('moment');
    bell.onmessage = news;
    const listen = () => new Promise(() => new EventSource('/api/v1/events').addEventListener('moment', () => { bell.postMessage(0); news(); }));
    if (navigator.locks) navigator.locks.request('moment', listen); else listen();
  }

  /* The floor comes anew while it is looked at; not under somebody's hands. */
  const now = by('now')?.dataset.every;
  if (now) setInterval(() => {
    if (!document.hidden && !document.querySelector('#now:focus-within, #now :is(a, button, summary):hover, #now details[open]')) renew('now', location.href).catch(() => {});
  }, now * 1000);
})();
