// The walk: every way in, as everybody who could come, over a store with planted secrets. The list of ways in is the
// binary's own, so that a new route is walked from the day it is there. What may be seen is said in plant.mjs, apart from
// the predicate that decides it.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import { startDesk, stores, ask } from './desk.mjs';
import { makeWorld, drawJourney, session, rows, write, one, as, eventually } from './world.mjs';
import { routes } from './routes.mjs';
import { scopes, memories, secrets, plant, stir, word, multipart } from './plant.mjs';

// What differs from one fetch to the next and tells nothing: form tokens, hours relative to now, clocks that run.
const still = (text) => text
  .replace(/name="(csrf|once)" value="[^"]*"/g, '$1')
  .replace(/<time[^>]*>[^<]*<\/time>/g, 'time')
  .replace(/data-(from|to)="\d+"/g, '$1')
  .replace(/\b(x|width)="[\d.]+%"/g, '$1')                 /* shares of a time that goes on */
  .replace(/T\d\d:\d\d:\d\d\.\d+Z/g, 'T')
  .replace(/\d+ (s|sec|second|min|minute|h|hour)s?\b/g, 'a while')
  .replace(/\b\d\d:\d\d\b/g, 'hour')
  .replace(/"(confidence|taken)":[^,}]+/g, '$1')
  .replace(/"clocks":\{[^}]*\{[^}]*\}\}/g, 'clocks');

// The first line that differs, rather than two whole pages.
function same(got, want, at) {
  if (got === want) return;
  const [a, b] = [got.split('\n'), want.split('\n')], i = a.findIndex((line, k) => line !== b[k]);
  assert.fail(`${at} is not the same:\n  now:  ${(a[i] ?? '(end)').slice(0, 400)}\n  then: ${(b[i] ?? '(end)').slice(0, 400)}`);
}

for (const store of process.env.STORE ? [process.env.STORE] : stores) describe(`the walk on ${store}`, { concurrency: false }, () => {
  let desk, w, refs, all, who;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

  before(async () => {
    desk = await startDesk({ store, admin: false });
    w = makeWorld(desk);
    all = routes(desk);
    // A stranger asks in the browser and gets what a mailed link would give: this one request.
    const stranger = desk.browser();
    await stranger.go('/ask');
    const r = await stranger.post('/ask', { text: `${word('linked', 'subject')} lobster\n${word('linked', 'body')} lobster`, name: 'Lia Roca', mail: 'lia@lone.example', good: word('linked', 'wish') });
    assert.equal(r.status, 303, r.text);
    await stranger.go(r.headers.location);
    const linked = rows(desk, "SELECT r.id, 'R-' || r.id AS ref FROM request r JOIN party p ON p.id = r.asker_id WHERE p.name = 'Lia Roca'")[0];
    w.lia = { key: 'lia', name: 'Lia Roca', id: one(desk, "SELECT id FROM party WHERE name = 'Lia Roca'") };
    w.lia.token = desk.run('token', 'new', '--person', 'lia@lone.example', '--name', 'test').stdout.trim().split(/\s+/).at(-1);
    refs = await plant(desk, w, linked);
    // A journey that takes in every request there is: its numbers, its lists and its files may tell of none but the viewer's own.
    drawJourney(desk);
    // Everybody who could come: a person with a token, the same person in a browser, and those who should not get in.
    who = [];
    for (const key of ['ana', 'bo', 'carl', 'cora', 'rhea', 'lia', 'sofie', 'tomas', 'imre', 'fadi', 'hana', 'lena', 'noor']) {
      who.push({ name: `${key} with a token`, key, headers: { authorization: `Bearer ${w[key].token}` } });
      who.push({ name: `${key} in a browser`, key, headers: { cookie: `cd_s=${session(desk, w[key])}` }, browser: true });
    }
    const cookies = [...stranger.cookies].filter(([k]) => k === 'cd_k');
    assert.equal(cookies.length, 1, 'the stranger was let in to the one request');
    who.push({ name: 'somebody with a mailed link', key: 'link', headers: { cookie: `cd_k=${cookies[0][1]}` }, browser: true });
    who.push({ name: 'nobody', key: null, headers: {}, browser: true });
    who.push({ name: 'somebody with a broken link', key: null, headers: { cookie: `cd_k=${cookies[0][1].replace(/.$/, (c) => (c === 'A' ? 'B' : 'A'))}` }, browser: true });
    const gone = session(desk, w.dina);
    write(desk, `UPDATE party SET disabled_at = 1 WHERE id = ${w.dina.id}`);          // behind the back: session and token are still there
    who.push({ name: 'a disabled person in a browser', key: null, headers: { cookie: `cd_s=${gone}` }, browser: true });
    who.push({ name: 'a disabled person with a token', key: null, headers: { authorization: `Bearer ${w.dina.token}` } });
  });
  after(async () => { agent.destroy(); await desk?.stop(); });

  const now = (path) => (path.startsWith('/api/v1/events') ? `${path}${path.includes('?') ? '&' : '?'}wait=0` : path);       // else it stays open
  const get = (v, path) => ask(desk.url + now(path), { headers: v.headers, agent });
  async function each(list, fn, wide = 8) {
    const rest = [...list];
    await Promise.all(Array.from({ length: wide }, async () => { while (rest.length) await fn(rest.shift()); }));
  }
  const numbers = (sql) => rows(desk, sql).map((r) => Object.values(r)[0]);

  // Addresses of a GET route: every value that its holes could take. An {id} is one of the table before it.
  const tables = {
    attachments: 'SELECT id FROM attachment', files: 'SELECT id FROM attachment', people: 'SELECT id FROM party', teams: "SELECT id FROM party WHERE kind = 'team'",
    messages: 'SELECT MIN(id) FROM message GROUP BY request_id, visibility', mail: 'SELECT id FROM mail', outbox: 'SELECT MIN(id) FROM outbox GROUP BY request_id, to_id',
    'sample-mailbox': 'SELECT MIN(id) FROM outbox', journeys: 'SELECT id FROM journey', walks: 'SELECT MIN(id) FROM request GROUP BY asker_id', touchpoints: 'SELECT id FROM touchpoint',
    logs: 'SELECT id FROM journey_log', 'saved-answers': 'SELECT id FROM saved_answer',
    customers: "SELECT id FROM party WHERE kind = 'organisation' OR name IN ('Ana Sousa', 'Bo Lindqvist', 'Sofie Janssens')",
    measures: "SELECT 'sorted' AS name UNION SELECT 'bad-moment' UNION SELECT 'no-such'", instruments: "SELECT 'recommend' AS name UNION SELECT 'no-such'",
  };
  function addresses(route) {
    if (route.path === '/my/{ref}/files/{id}')                                     // each file where it belongs, and where it does not
      return rows(desk, 'SELECT id, request_id FROM attachment').flatMap((f) => [`/my/R-${f.request_id}/files/${f.id}`, `/my/${refs.linked.ref}/files/${f.id}`]);
    let out = [route.path];
    for (const hole of route.holes) {
      const before = route.path.slice(0, route.path.indexOf(`{${hole}`)), table = /([\w-]+)\/$/.exec(before)?.[1];
      const values = { ref: () => [...Object.values(refs).map((q) => q.ref), 'R-9999'], link: () => ['made-up'], secret: () => ['made-up'], card: () => [...numbers('SELECT id FROM card'), 'made-up', '1-made-up'], line: () => [...numbers('SELECT id FROM ledger'), '1.1-made-up'], file: () => [] }[hole]
        ?? (tables[table] && (() => numbers(tables[table]))) ?? { number: () => ['1'], n: () => ['1'] }[hole];
      assert.ok(values, `walk.test.mjs does not know what {${hole}} of ${route.path} stands for: say it in tables`);
      out = out.flatMap((p) => values().map((v) => p.replace(new RegExp(`\\{${hole}\\*?\\}`), v)));
    }
    return out;
  }
  const lists = ['court', 'today', 'team', 'others', 'snoozed', 'done', 'all'];
  const teams = () => numbers("SELECT id FROM party WHERE kind = 'team'").map((id) => `team=${id}`);
  const questions = ['open=true', 'open=false', 'q=lobster', 'limit=200', 'after=0', 'state=PROMISED', 'owner=me', 'team=People', 'team=Facilities', 'from=bo@acme.example', `tag=${word('hr', 'tag')}`,
    ...lists.flatMap((l) => [`list=${l}`, `list=${l}&q=lobster`])];
  const answers = (r) => !/^\/(metrics|healthz|readyz|ask|asked|person|signin|setup.*|me|about-me.*|api\/v1\/openapi.json)?$/.test(r.path);   // not the same, whatever is asked
  const gets = () => all.filter((r) => r.verb === 'GET');
  function* everything() {
    for (const r of gets()) {
      for (const path of addresses(r)) { yield path; if (/journeys.*read$/.test(path)) for (const of of ['at=T1', 'at=T2', 'went=again&at=T1', 'went=missing&at=T2']) yield `${path}?${of}`; }
      if (!r.holes.length) for (const q of /inbox|requests|search/.test(r.path) ? questions : /moments/.test(r.path) ? [...questions, ...teams()] : ['q=lobster', 'limit=200', 'after=0']) yield `${r.path}?${q}`;
    }
  }
  // Programs go to the API, browsers to the pages; and each once to the other's front door.
  const fits = (v, path) => path.startsWith('/api/') ? !v.browser || path === '/api/v1/requests?limit=200' : v.browser || /^\/(inbox|my)(\?limit=200)?$/.test(path);

  test('no row of the table forgot to say who may', () => {
    assert.ok(all.length > 60);
    for (const r of all) {
      assert.notEqual(r.may, 'nobody', `${r.verb} ${r.path} is closed to everybody`);
      assert.ok(r.about.length > 2, `${r.verb} ${r.path} says what it is about`);
    }
  });

  test('no secret comes out where it may not, each comes out where it must', async () => {
    const planted = secrets(), may = new Map(planted), paths = [...everything()], leaks = [], blind = [];
    for (const v of who) {
      const seen = new Set();
      await each(paths.filter((p) => fits(v, p)), async (path) => {
        const r = await get(v, path);
        assert.ok(r.status < 500, `${v.name} GET ${path}: ${r.status} ${r.text}`);
        const text = `${r.text}\n${JSON.stringify(r.headers)}`.toLowerCase();
        for (const secret of new Set(text.match(/xq[a-z]+x/g))) {
          if (!may.has(secret)) continue;
          if (may.get(secret).includes(v.key)) seen.add(secret);
          else if (!path.includes(secret)) leaks.push(`${v.name}: ${secret} at ${path}`);
        }
      });
      // That nothing came out means nothing unless it does come out for those who may see it: for programs every word.
      for (const [secret, may] of planted)
        if (may.includes(v.key) && !seen.has(secret) && (v.browser ? /subject|answer|card|draft/ : /xq(?!itmoment|itgain|itcard|hrcard|itdraft|hrdraft)/).test(secret)) blind.push(`${v.name}: ${secret}`);
    }
    assert.deepEqual(leaks, [], 'seen by whom it must not be seen');
    assert.deepEqual(blind, [], 'not seen by whom it may be seen');
  });

  test('what is hidden is told as what is not there', async () => {
    for (const v of who) {
      await each(gets().filter((r) => r.holes.includes('ref') && fits(v, r.path)), async (route) => {
        const fill = (ref) => route.path.replace('{ref}', ref).replace('{id}', '1');
        const absent = still((await get(v, fill('R-9999'))).text).replaceAll('R-9999', 'REF');
        for (const [scope, s] of Object.entries(scopes)) {
          if (s.open.includes(v.key)) continue;
          const r = await get(v, fill(refs[scope].ref));
          assert.ok([303, 401, 403, 404].includes(r.status), `${v.name} GET ${fill(refs[scope].ref)}: ${r.status}`);
          same(still(r.text).replaceAll(refs[scope].ref, 'REF'), absent, `${v.name} GET ${fill(refs[scope].ref)}`);
        }
      });
    }
  });

  test('looking for a secret word finds what looking for any other word finds', async () => {
    const planted = secrets().filter(([s]) => /subject|answer|note$|notex|memory|tag/.test(s));
    const noor = who.find((v) => v.key === 'noor' && v.browser), hana = who.find((v) => v.key === 'hana' && !v.browser);
    await eventually(async () => (await get(hana, `/api/v1/requests?q=${word('hr', 'note')}`)).json.items.length === 1);
    // Every way in that looks for words at all.
    const searches = [];
    for (const r of gets().filter((x) => !x.holes.length && answers(x))) for (const field of ['q', 'tag', 'from']) {
      const as = r.path.startsWith('/api') ? hana : noor, found = field === 'from' ? 'bo@acme.example' : field === 'tag' ? word('hr', 'tag') : 'lobster';
      const [some, none] = [await get(as, `${r.path}?${field}=${found}`), await get(as, `${r.path}?${field}=xqnonesuchx`)];
      if (still(some.text).replaceAll(found, 'WORD') !== still(none.text).replaceAll('xqnonesuchx', 'WORD')) searches.push([r, field]);
    }
    assert.ok(searches.length >= 4, searches.map(([r, f]) => `${r.path} ${f}`).join());
    for (const v of who.filter((x) => ['fadi', 'noor', 'ana', 'rhea', 'sofie', 'link'].includes(x.key))) {
      await each(searches.filter(([r]) => fits(v, `${r.path}?limit=200`)), async ([route, field]) => {
        const nothing = still((await get(v, `${route.path}?${field}=xqnonesuchx`)).text).replaceAll('xqnonesuchx', 'WORD');
        for (const [secret, may] of planted) {
          if (may.includes(v.key)) continue;
          const r = await get(v, `${route.path}?${field}=${secret}`);
          same(still(r.text).replaceAll(secret, 'WORD'), nothing, `${v.name} GET ${route.path}?${field}=${secret}`);
        }
      });
    }
  });

  for (const scope of ['hr', 'fac']) test(`whatever happens in a request, who may not see it notices nothing: ${scope}`, async () => {
    const outside = who.filter((v) => ['ana', 'carl', 'cora', 'rhea', 'sofie', 'fadi', 'hana', 'lena', 'noor', 'link'].includes(v.key) && !scopes[scope].open.includes(v.key) && !(scope === 'fac' && v.key === 'sofie'));      // she reads another of that asker’s
    const paths = gets().flatMap((r) => r.holes.length === 0 ? [r.path, ...(/inbox|requests|search/.test(r.path) ? [...lists.map((l) => `${r.path}?list=${l}`), `${r.path}?limit=200`] : [])]
      : r.holes.join() === 'ref' ? addresses(r) : /people|teams/.test(r.path) ? [w.bo, w.carl, w.hana, w.fadi, w.ana].map((p) => r.path.replace('{id}', p.id)) : [])
      .filter((p) => !['/metrics', '/api/v1/events'].includes(p.split('?')[0]));
    const look = async () => {
      const seen = new Map();
      for (const v of outside) await each(paths.filter((p) => fits(v, p)), async (p) => { const r = await get(v, p); seen.set(`${v.name} GET ${p}`, `${r.status} ${still(r.text)}`); });
      return seen;
    };
    await look();                                                                  // what somebody has read is noted: of their own first look they may see traces
    const earlier = await look();
    await stir(desk, w, scope, refs[scope], `${scope}turn`);
    const noticed = [];
    for (const [at, text] of await look()) try { same(text, earlier.get(at), at); } catch (e) { noticed.push(e.message); }
    assert.deepEqual(noticed, []);
  });

  test('events are of what may be seen', async () => {
    const seq = one(desk, 'SELECT MAX(id) AS n FROM change');
    await stir(desk, w, 'ittwo', refs.ittwo, 'events');
    const last = one(desk, 'SELECT MAX(id) AS n FROM change');
    const events = async (key) => (await get(who.find((v) => v.key === key && !v.browser), `/api/v1/events?after=${seq}`)).text;
    await eventually(async () => (await events('tomas')).includes(`id: ${last}\n: up to here`));       // numbers given up by refused calls are passed
    assert.match(await events('tomas'), new RegExp(`"ref":"${refs.ittwo.ref}","kind":"note"`));
    const hers = await events('ana');
    assert.match(hers, new RegExp(`"ref":"${refs.ittwo.ref}","kind":"message"`));
    assert.doesNotMatch(hers, /"kind":"(note|tags)"/);
    for (const key of ['carl', 'cora', 'hana', 'fadi', 'bo']) assert.doesNotMatch(await events(key), new RegExp(`"ref":"${refs.ittwo.ref}"`), key);       // what our own software finds elsewhere may come in between
  });
});
