/* ui/static/writing.js: the form under a conversation: drafts that keep themselves, and saved answers at hand. Without it the form's own
   buttons do both. Not here: keys (desk.js). */
'use strict';
(() => {
  /* What is being written is kept on the server: a moment after the last letter, and on leaving. What the server has becomes the fields'
     default, so desk.js asks nobody who leaves what is kept already. Without a connection the words stay where they are, and go when it is back. */
  const words = document.querySelector('form[data-draft]');
  if (!words) return;
  const kept = document.getElementById('kept'), fields = [...words.elements].filter(e => /^(text|textarea|datetime-local)$/.test(e.type));
  const dirty = () => words.hasAttribute('data-fresh') || fields.some(e => e.value !== e.defaultValue);
  let timer = 0, on = null, sending = false;
  document.getElementById('keep-later').hidden = true;
  const say = t => { if (kept.textContent.trim() !== t) kept.textContent = t; };
  const later = ms => { clearTimeout(timer); timer = setTimeout(keep, ms); };
  const keep = async leaving => {
    if (sending || !dirty() || (on && !leaving)) return;
    const body = new URLSearchParams([...new FormData(words)].filter(([, v]) => typeof v === 'string'));
    const was = fields.map(e => e.value), stop = new AbortController();
    on = stop;
    try {
      const r = await fetch(words.dataset.draft, { method: 'POST', body, headers: { 'X-Part': 'kept' }, redirect: 'manual', keepalive: leaving === true, signal: stop.signal });
      if (r.ok) {
        words.removeAttribute('data-fresh');
        fields.forEach((e, i) => { e.defaultValue = was[i]; if (e.value !== was[i]) later(1500); });
        say(await r.text());
        document.getElementById('throw-away').hidden = !kept.textContent;
      } else {
        say(r.type === 'opaqueredirect' || r.status === 401 || r.status === 403 ? kept.dataset.out : kept.dataset.fault);
        later(15000);
      }
    } catch { if (!sending) { say(kept.dataset.lost); later(5000); } }
    on = null;
  };
  words.addEventListener('input', e => { if (fields.includes(e.target)) later(1500); });
  words.addEventListener('submit', () => { sending = true; clearTimeout(timer); on?.abort(); });
  window.addEventListener('pageshow', () => { sending = false; });
  window.addEventListener('online', () => later(0));
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') keep(true); });
  window.addEventListener('pagehide', () => keep(true));
  if (words.hasAttribute('data-fresh')) {
    later(0);
    const here = new URL(location.href);
    here.searchParams.delete('answer');
    history.replaceState(null, '', here);
  }

  /* Saved answers: a ; at the beginning of a line, or the button. */
  const text = document.getElementById('text'), picker = document.getElementById('picker'), find = document.getElementById('picker-q'), list = document.getElementById('picked');
  let busy = false, again = false;
  const shown = async () => {
    if (busy) { again = true; return; }
    busy = true;
    const q = new URLSearchParams({ for: words.dataset.draft.split('/')[2], form: words.elements.namedItem('form').value, q: find.value });
    await window.desk.fetched(`/saved-answers?${q}`, 'pick').then(d => list.replaceChildren(...d.body.childNodes)).catch(() => {});
    busy = false;
    if (again) { again = false; shown(); }
  };
  const shut = () => { picker.hidden = true; find.value = ''; text.focus(); };
  const open = () => { picker.hidden = false; find.value = ''; find.focus(); shown(); };
  const put = b => {
    const at = text.selectionStart, from = text.value[at - 1] === ';' ? at - 1 : at, used = words.elements.namedItem('answers');
    text.setRangeText(b.dataset.words, from, text.selectionEnd, 'end');
    used.value = used.value ? `${used.value},${b.dataset.answer}` : b.dataset.answer;
    shut();
    text.dispatchEvent(new Event('input', { bubbles: true }));
  };
  document.getElementById('answers-open').addEventListener('click', e => { e.preventDefault(); if (picker.hidden) open(); else shut(); });
  text.addEventListener('input', e => {
    const at = text.selectionStart;
    if (e.data === ';' && !e.isComposing && (at === 1 || text.value[at - 2] === '\n')) open();
  });
  find.addEventListener('input', () => { clearTimeout(find.wait); find.wait = setTimeout(shown, 150); });
  picker.addEventListener('keydown', e => {
    const all = [...list.querySelectorAll('button')], at = all.indexOf(document.activeElement);
    if (e.key === 'Escape') { e.preventDefault(); shut(); }
    if (e.key === 'Enter' && e.target === find) { e.preventDefault(); if (all[0]) put(all[0]); }
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); (all[at + (e.key === 'ArrowDown' ? 1 : -1)] || find).focus(); }
  });
  list.addEventListener('click', e => { const b = e.target.closest('button'); if (b) put(b); });
})();
