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

  /* After a part of the page was fetched, readers hear where they are. A part that failed becomes a whole page. */
  document.addEventListener('htmx:after:swap', e => {
    e.detail.ctx.target?.querySelector?.('h1[tabindex], h2[tabindex]')?.focus({ preventScroll: true });
  });
  document.addEventListener('htmx:response:error', e => {
    const link = e.target.closest?.('a[href]');
    if (link) location.assign(link.href);
  });
})();
