// An open event stream: const s = await listen(desk, { token, after }); await s.until((e) => e.ref === 'R-1'); s.close();
// s.events: { seq, at, ref, kind, id } in the order they came; s.last: the number to resume from; s.beats: how often it said
// that it is still there; s.ended: a promise that is kept when the other side ends it.
import http from 'node:http';

function event(block) {
  const e = {};
  for (const line of block.split('\n')) {
    const [, field, value] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
    if (field) e[field] = value;
    else if (line.startsWith(':')) e.comment = line.slice(1).trim();
  }
  return e;
}

export function listen(desk, { token, headers = {}, after, last, patience = 30000 } = {}) {
  const h = { accept: 'text/event-stream', ...headers };
  if (token) h.authorization = `Bearer ${token}`;
  if (last !== undefined) h['last-event-id'] = String(last);
  return new Promise((opened, failed) => {
    const q = http.get(`${desk.url}/api/v1/events${after === undefined ? '' : `?after=${after}`}`, { headers: h, agent: false }, (r) => {
      let text = '', end;
      const waiting = new Set();
      const s = { status: r.statusCode, headers: r.headers, events: [], last: undefined, beats: 0, text: '', open: true, response: r };
      const look = () => { for (const w of waiting) w(); };
      const take = (e) => {
        if (e.id !== undefined) s.last = Number(e.id);
        if (e.comment === 'still here') s.beats++;
        if (e.data) s.events.push({ ...JSON.parse(e.data), id: Number(e.id), event: e.event });
      };
      s.ended = new Promise((kept) => { end = () => { if (s.open) { s.open = false; kept(); look(); } }; });
      r.setEncoding('utf8');
      r.on('data', (d) => {
        text += d;
        if (s.status !== 200) { s.text += d; return; }
        for (let at; (at = text.indexOf('\n\n')) >= 0; text = text.slice(at + 2)) take(event(text.slice(0, at)));
        look();
      });
      r.on('end', end); r.on('close', end); r.on('error', end);
      s.close = () => { q.destroy(); return s.ended; };
      // Until one of the events is like that, or the whole stream is (a function of no argument). Fails when it ends before.
      s.until = (like) => new Promise((found, lost) => {
        const timer = setTimeout(() => over(() => lost(new Error(`not so after ${patience / 1000} s: ${like}; came: ${JSON.stringify(s.events.slice(-5))}`))), patience);
        const over = (then) => { clearTimeout(timer); waiting.delete(w); then(); };
        const w = () => {
          const e = like.length ? s.events.find(like) : like();
          if (e) over(() => found(e));
          else if (!s.open) over(() => lost(new Error(`the stream ended before: ${like}`)));
        };
        waiting.add(w);
        w();
      });
      if (s.status !== 200) { r.on('end', () => opened(s)); return; }
      s.until(() => s.last !== undefined).then(() => opened(s), failed);        // it has said where it begins
    });
    q.on('error', failed);
  });
}
