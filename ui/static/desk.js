/* ui/static/desk.js: what a keyboard and a busy day ask for, on top of pages that work without it.
   Every key follows a link or presses a button that stands on the page: data-key="r" on it names the key.
   Nothing here is the only way to do a thing. data-keys="off" on <html> switches single letters off. */
'use strict';
(() => {
  /* htmx may turn text of ours into elements (the site's policy of trusted types names us), and may not run any. */
  const no = () => { throw new Error('no code in attributes'); };
  window.htmx?.registerExtension('desk', {
    init: api => api.initSecurity(window.trustedTypes?.createPolicy('desk', { createHTML: s => s }), no, no)
  });

  const root = document.documentElement;
  const typing = e => e.isComposing || e.target.closest('input, textarea, select, [contenteditable]');

  /* J and K walk along the rows; Enter is the browser's own. */
  const walk = step => {
    const rows = [...document.querySelectorAll('.rows .row')];
    const at = rows.indexOf(document.activeElement.closest('.row') || document.querySelector('.row[aria-current]'));
    const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); }
  };

  document.addEventListener('keydown', e => {
    if (e.defaultPrevented) return;
    if ((e.ctrlKey || e.metaKey) && e.key === 'Enter' && e.target.form) {
      e.preventDefault();
      const send = e.target.form.querySelector(e.shiftKey ? '[data-send=answer]' : '[type=submit]');
      if (send) e.target.form.requestSubmit(send);
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e) || root.dataset.keys === 'off') return;
    const key = e.key.toLowerCase();
    if (key === 'j' || key === 'k') { e.preventDefault(); walk(key === 'j' ? 1 : -1); return; }
    const it = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!it) return;
    e.preventDefault();
    if (it.matches('a, button, summary')) it.click(); else it.focus();
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
  const worst = () => document.getElementById('worst');
  if (worst()) {
    const said = document.getElementById('worst-said'), more = document.getElementById('worst-new');
    let last = 0;
    const say = words => { if (Date.now() - last > 1e4) { last = Date.now(); said.textContent = words; } };
    const show = async () => {
      more.hidden = true;
      await window.htmx.ajax('GET', location.href, { target: '#worst', swap: 'outerHTML', headers: { 'X-Part': 'worst' } });
      say(worst().dataset.said || '');
    };
    const news = () => {
      if (!document.querySelector(':is(#worst, #worst ~ *):is(:hover, :focus-within)')) return show();
      more.hidden = false;
      say(more.textContent);
    };
    more.firstElementChild.addEventListener('click', show);
    const bell = new BroadcastChannel('moment');
    bell.onmessage = news;
    const listen = () => new Promise(() => new EventSource('/api/v1/events').addEventListener('moment', () => { bell.postMessage(0); news(); }));
    if (navigator.locks) navigator.locks.request('moment', listen); else listen();
  }

  /* After a part of the page was fetched, readers hear where they are. A part that failed becomes a whole page. */
  document.addEventListener('htmx:after:swap', e => {
    e.detail.ctx.target?.querySelector?.('h1[tabindex], h2[tabindex]')?.focus({ preventScroll: true });
  });
  document.addEventListener('htmx:response:error', e => {
    const link = e.target.closest?.('a[href]');
    if (link) location.assign(link.href);
  });
})();
