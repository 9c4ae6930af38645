// Secrets in every place where words lie: each is a made-up word of its own, so that one grep finds where it came out.
// The scopes say, apart from the code, who may see them: `open` what was said to the asker, `notes` what is said among
// those who serve.
import { as, write, one, rows, eventually } from './world.mjs';

const it = ['sofie', 'tomas', 'imre', 'lena', 'noor'];
export const scopes = {
  it:     { asker: 'ana',   team: 'IT',         owner: 'sofie', open: ['ana', 'cora', 'rhea', ...it], notes: it },
  ittwo:  { asker: 'ana',   team: 'IT',         owner: 'tomas', open: ['ana', 'rhea', ...it], notes: it },
  hr:     { asker: 'bo',    team: 'People',     owner: 'hana',  open: ['bo', 'hana'], notes: ['hana'] },
  fac:    { asker: 'carl',  team: 'Facilities', owner: 'fadi',  open: ['carl', 'fadi', 'lena', 'noor'], notes: ['fadi', 'lena', 'noor'] },
  helped: { asker: 'carl',  team: 'Facilities', owner: 'fadi',  open: ['carl', 'fadi', 'tomas', 'lena', 'noor'], notes: ['fadi', 'tomas', 'lena', 'noor'] },
  copied: { asker: 'carl',  team: 'Facilities', owner: 'fadi',  open: ['carl', 'fadi', 'sofie', 'lena', 'noor'], notes: ['fadi', 'lena', 'noor'] },
  own:    { asker: 'sofie', team: 'IT',         owner: 'tomas', open: it, notes: ['tomas', 'imre', 'lena', 'noor'] },
  linked: { asker: 'lia',   team: 'IT',         owner: 'imre',  open: ['lia', 'link', ...it], notes: it },
  liatwo: { asker: 'lia',   team: 'IT',         owner: 'imre',  open: ['lia', ...it], notes: it },
};
// What is remembered of somebody, and who may know.
export const memories = {
  ana:  { by: 'sofie', about: 'ana',  open: ['ana', ...it] },
  bo:   { by: 'hana',  about: 'bo',   open: ['bo', 'hana'] },
  carl: { by: 'fadi',  about: 'carl', open: ['carl', 'fadi', 'tomas', 'lena', 'noor'] },
};

// What a customer and the desk agreed beyond single requests: who speaks for Acme, and who serves some of it in the open.
const acme = ['rhea', ...it];

export const word = (scope, what) => `xq${scope}${what}x`;
const openWords = ['subject', 'body', 'answer', 'promise', 'condition', 'wish', 'file', 'bytes'];
// Who was hurt, and how they said so; the first of these is taken by the owner.
const hurt = ['hr', 'fac', 'own'];
const noteWords = ['note', 'notefile', 'notebytes', 'tag'];

// Every secret: [word, who may see it].
export function secrets() {
  const all = [];
  for (const [name, s] of Object.entries(scopes)) {
    for (const what of openWords) all.push([word(name, what), s.open]);
    for (const what of noteWords) all.push([word(name, what), s.notes]);
  }
  for (const [name, m] of Object.entries(memories)) all.push([word(name, 'memory'), m.open]);
  for (const name of hurt) all.push([word(name, 'hurt'), scopes[name].open]);
  for (const what of ['pledge', 'bar', 'worth']) all.push([word('acme', what), acme]);
  all.push([word('it', 'work'), scopes.it.notes], [word('it', 'gain'), ['ana', 'rhea', ...it]], [word('hr', 'gain'), ['bo']]);
  all.push([word('it', 'draft'), ['sofie']], [word('hr', 'draft'), ['hana']], [word('it', 'kept'), ['sofie']], [word('it', 'saved'), ['sofie', 'tomas', 'imre', 'noor']], [word('hr', 'saved'), ['hana']]);
  all.push([word('it', 'pending'), ['sofie']], [word('it', 'pendingbytes'), ['sofie']], [word('it', 'moment'), ['ana', ...it]], [word('it', 'report'), scopes.it.open],
    [word('it', 'card'), ['ana', 'imre', 'lena', 'noor']], [word('hr', 'card'), ['bo']]);         // who leads hears what was said on cards; nobody leads the closed team here
  return all;
}

export function multipart(name, bytes, type = 'text/plain') {
  const edge = 'edge-of-the-parts';
  return {
    body: Buffer.concat([Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`), Buffer.from(bytes), Buffer.from(`\r\n--${edge}--\r\n`)]),
    type: `multipart/form-data; boundary=${edge}`,
  };
}
export async function upload(who, ref, name, bytes) {
  const m = multipart(name, bytes);
  const r = await who.post(`/requests/${ref}/attachments`, m.body, { 'content-type': m.type });
  if (r.status !== 201) throw new Error(r.text);
  return r.json.items[0].id;
}

const ok = (r) => { if (r.status >= 300) throw new Error(`${r.status} ${r.text}`); return r; };

// Plants all of it; gives back the requests by scope. lia's first request was asked in the browser: ref `linked`.
export async function plant(desk, w, linked) {
  const refs = {};
  for (const [name, s] of Object.entries(scopes)) {
    const asker = as(desk, w[s.asker]), owner = as(desk, w[s.owner]), x = (what) => word(name, what);
    const q = name === 'linked' ? linked : await asker.asks(`${x('subject')} lobster`, { body: `${x('body')} lobster`, service: s.team, bar: { good: x('wish') } });
    refs[name] = q;
    const file = await upload(owner, q.ref, `${x('file')}.txt`, x('bytes'));
    ok(await owner.acts(q.ref, 'promise', { due: '2099-01-01T00:00:00Z', text: x('promise'), conditions: [x('condition')] }));
    ok(await owner.post(`/requests/${q.ref}/messages`, { body: x('answer'), attachments: [String(file)] }));
    const noted = await upload(owner, q.ref, `${x('notefile')}.txt`, x('notebytes'));
    ok(await owner.post(`/requests/${q.ref}/messages`, { body: x('note'), visibility: 'internal', attachments: [String(noted)] }));
    ok(await owner.patch(`/requests/${q.ref}`, { tags: [x('tag')] }));
  }
  for (const [name, m] of Object.entries(memories))
    ok(await as(desk, w[m.by]).post(`/people/${w[m.about].id}/memory`, { kind: 'preference', words: word(name, 'memory'), source: 'told' }));
  const now = Date.now() * 1000, house = w.organisation.Acme;
  write(desk, `INSERT INTO pledge(party_id, promiser_id, words, due_at, made_by, made_at, agreed_at) VALUES (${house}, ${w.rhea.id}, '${word('acme', 'pledge')}', ${now + 864e11}, ${w.rhea.id}, ${now}, ${now})`);
  write(desk, `INSERT INTO bar(party_id, words, measure, seconds, set_by, since) VALUES (${house}, '${word('acme', 'bar')}', 'hear', 900, ${w.rhea.id}, ${now})`);
  ok(await as(desk, w.sofie).post(`/customers/${house}/worth`, { words: word('acme', 'worth'), kind: 'process' }));
  ok(await as(desk, w.sofie).post(`/customers/${house}/worth`, { words: word('it', 'gain'), kind: 'process', ref: refs.it.ref }));
  write(desk, `INSERT INTO ledger(party_id, kind, amount, currency, period, request_id, words, value_kind, proposed_at) VALUES (${w.bo.id}, 'value', 0, 'EUR', '2026-05', ${refs.hr.id}, '${word('hr', 'gain')}', 'process', ${now})`);
  ok(await as(desk, w.sofie).post(`/requests/${refs.it.ref}/work`, { minutes: 7, note: word('it', 'work') }));
  ok(await as(desk, w.sofie).post(`/requests/${refs.it.ref}/messages`, { body: 'For Cora too', cc: ['cora@other.example'] }));
  ok(await as(desk, w.fadi).post(`/requests/${refs.copied.ref}/messages`, { body: 'For Sofie too', cc: ['sofie@house.example'] }));
  write(desk, `INSERT INTO participant(request_id, party_id, role, since) VALUES (${refs.helped.id}, ${w.tomas.id}, 'helper', 1)`);
  ok(await as(desk, w.sofie).acts(refs.it.ref, 'report', { text: word('it', 'report') }));
  ok(await as(desk, w.ana).acts(refs.it.ref, 'accept', { moment: word('it', 'moment') }));
  for (const name of hurt) {
    const asker = as(desk, w[scopes[name].asker]), owner = as(desk, w[scopes[name].owner]), ref = refs[name].ref;
    for (const words of ['Not here.', word(name, 'hurt')]) {
      ok(await owner.acts(ref, 'report'));
      ok(await asker.acts(ref, 'not-yet', { text: words }));
    }
    await eventually(async () => (await owner.get('/moments?open=true')).json.items.some((m) => m.ref === ref));
  }
  ok(await as(desk, w.hana).post(`/requests/${refs.hr.ref}/moment`, { claim: true }));
  const at = (Date.now() - 864e5) * 1000;
  for (const [scope, asker] of [['it', w.ana], ['hr', w.bo]])
    write(desk, `INSERT INTO card(instrument, asked_of, team_id, channel, day, draw, below, asked_at, ends_at, answered_at, score, words) SELECT 'near', ${asker.id}, id, 'mail', 1, 1, 2,`
      + ` ${at}, ${at + 14 * 864e8}, ${at + 1}, 5000, '${word(scope, 'card')}' FROM party WHERE kind = 'team' AND name = '${scopes[scope].team}'`);
  for (const scope of ['it', 'hr']) {
    write(desk, `INSERT INTO draft(party_id, request_id, kind, text, at) VALUES (${w[scopes[scope].owner].id}, ${refs[scope].id}, 'note', '${word(scope, 'draft')}', ${now})`);
    write(desk, `INSERT INTO saved_answer(team_id, title, words, changed_at) SELECT id, 'Ours', '${word(scope, 'saved')}', ${now} FROM party WHERE kind = 'team' AND name = '${scopes[scope].team}'`);
  }
  write(desk, `INSERT INTO saved_answer(owner_id, title, words, changed_at) VALUES (${w.sofie.id}, 'Mine', '${word('it', 'kept')}', ${now})`);
  await upload(as(desk, w.sofie), refs.it.ref, `${word('it', 'pending')}.txt`, word('it', 'pendingbytes'));
  return refs;
}

// Everything that the asker and others could do to one request, to see who notices.
export async function stir(desk, w, scope, q, turn) {
  const s = scopes[scope], asker = as(desk, w[s.asker]), owner = as(desk, w[s.owner]);
  ok(await asker.post(`/requests/${q.ref}/messages`, { body: `stirred ${turn} by the asker` }));
  ok(await owner.post(`/requests/${q.ref}/messages`, { body: `stirred ${turn} by the owner`, asks: true }));
  ok(await owner.post(`/requests/${q.ref}/messages`, { body: `stirred ${turn} as a note`, visibility: 'internal' }));
  ok(await owner.patch(`/requests/${q.ref}`, { subject: `stirred subject ${turn}`, tags: [`stirred${turn}`], snooze: '2098-01-01T00:00:00Z' }));
  ok(await owner.patch(`/requests/${q.ref}`, { snooze: null }));
  await upload(owner, q.ref, `stirred${turn}.txt`, 'stirred');
  ok(await owner.acts(q.ref, 'report', { text: `stirred ${turn} report` }));
  ok(await asker.acts(q.ref, 'not-yet', { text: `stirred ${turn} not yet` }));
  ok(await owner.post(`/people/${w[s.asker].id}/memory`, { kind: 'history', words: `stirred ${turn} memory`, source: 'observed' }));
  const more = await asker.asks(`stirred ${turn} and asked again`, { service: s.team });
  ok(await owner.acts(more.ref, 'decline', { text: `stirred ${turn} no` }));
}
