// Event streams that stay open: who is told what, when, how often; and that they cost others nothing.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import { startDesk, stores, command } from './desk.mjs';
import { makeWorld, as, rows, write, one, session, eventually } from './world.mjs';
import { listen } from './listen.mjs';

const open = async (desk) => Number(/^cornerdesk_streams (\d+)$/m.exec((await desk.ask('/metrics')).text)[1]);
const limit = (promise, what, ms = 15000) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error(`${what}: not within ${ms / 1000} s`)), ms).unref())]);
const seqs = (s) => s.events.map((e) => e.seq);
function mailIn(desk, lines) {
  const r = command(['mail-in'], { env: desk.env, input: lines.join('\r\n') });
  assert.equal(r.status, 0, r.stderr);
  return JSON.parse(r.stdout);
}
// A second node on the same store.
const others = (desk, store) => startDesk({ store, admin: false, ...(store === 'sqlite' ? { dir: desk.dir } : { database: desk.database }), settings: { streams_each: 400 } });

for (const store of stores) describe(`events on ${store}`, () => {
  let desk, w, ana, bo, carl, sofie;
  before(async () => {
    desk = await startDesk({ store, admin: false, settings: { streams_each: 400, streams_beat: '1s' } });
    w = makeWorld(desk);
    [ana, bo, carl, sofie] = ['ana', 'bo', 'carl', 'sofie'].map((k) => as(desk, w[k]));
  });
  after(() => desk?.stop());

  test('what somebody else does arrives on an open stream', async () => {
    const s = await listen(desk, w.sofie);
    assert.equal(s.status, 200);
    assert.match(s.headers['content-type'], /^text\/event-stream/);
    assert.equal(s.headers['cache-control'], 'no-store');
    assert.equal(s.headers['x-accel-buffering'], 'no');
    assert.match(s.headers['content-security-policy'], /default-src 'none'/);
    const q = await ana.asks('The printer eats paper');
    const e = await s.until((x) => x.ref === q.ref);
    assert.deepEqual([e.kind, e.event, e.id], ['request', 'request', e.seq]);
    await sofie.acts(q.ref, 'promise', { due: new Date(Date.now() + 3600e3).toISOString() });
    await s.until((x) => x.ref === q.ref && x.kind === 'act');
    await s.close();
  });

  test('each hears of what they may see, and of nothing else', async () => {
    const [hers, his, carls, sofies] = [await listen(desk, w.ana), await listen(desk, w.bo), await listen(desk, w.carl), await listen(desk, w.sofie)];
    const q = await ana.asks('Between Ana and IT');
    assert.equal((await sofie.post(`/requests/${q.ref}/messages`, { body: 'among ourselves', visibility: 'internal' })).status, 201);
    assert.equal((await sofie.post(`/requests/${q.ref}/messages`, { body: 'for Ana', visibility: 'public' })).status, 201);
    const [a, b, c] = [await ana.asks('Ana again'), await bo.asks('Bo’s own'), await carl.asks('Carl’s own')];      // numbers go up: what was to come before these has come
    await hers.until((e) => e.ref === a.ref);
    await his.until((e) => e.ref === b.ref);
    await carls.until((e) => e.ref === c.ref);
    await sofies.until((e) => e.ref === c.ref);
    assert.deepEqual(sofies.events.filter((e) => e.ref === q.ref).map((e) => e.kind), ['request', 'note', 'message']);
    assert.deepEqual(hers.events.filter((e) => e.ref === q.ref).map((e) => e.kind), ['request', 'message']);
    assert.deepEqual(his.events.map((e) => e.ref), [b.ref]);
    assert.deepEqual(carls.events.map((e) => e.ref), [c.ref]);
    await Promise.all([hers, his, carls, sofies].map((s) => s.close()));
  });

  test('who comes back misses nothing and gets nothing twice', async () => {
    const q = await ana.asks('Much to say');
    const from = one(desk, 'SELECT MAX(id) AS n FROM change');
    // Four people write at once, some of it refused; the listener hangs up after every few events, in the middle of it all.
    const says = (me, n) => me.post(`/requests/${q.ref}/messages`, { body: `word ${n}`, visibility: 'public' });
    const writing = Promise.all([ana, sofie, ana, sofie].map(async (me, k) => {
      for (let n = 0; n < 15; n++) { await says(me, n); await (k % 2 ? me.acts(q.ref, 'accept') : me.asks(`Aside ${k} ${n}`)); }
    }));
    const got = [];
    let last = from, done = false;
    writing.then(() => { done = true; }, () => { done = true; });
    const visible = () => rows(desk, `SELECT id FROM change WHERE id > ${from} ORDER BY id`).map((r) => r.id);
    while (!done || got.length < visible().length) {
      const s = await listen(desk, { token: w.sofie.token, last });
      const hangUp = () => s.events.length >= 3 || (done && s.last >= visible().at(-1));
      await s.until(() => hangUp() || s.beats > 1).catch(() => {});
      await s.close();
      got.push(...s.events);
      last = s.last;
    }
    await writing;
    const want = rows(desk, `SELECT c.id FROM change c JOIN request r ON r.id = c.request_id WHERE c.id > ${from} AND r.team_id = ${w.team.IT} ORDER BY c.id`).map((r) => r.id);
    assert.deepEqual(got.map((e) => e.seq), want);
  });

  test('a stream from the beginning is the whole story, in order, then the present', async () => {
    const s = await listen(desk, { token: w.sofie.token, after: 0 });
    const all = rows(desk, `SELECT c.id FROM change c JOIN request r ON r.id = c.request_id WHERE r.team_id = ${w.team.IT} ORDER BY c.id`).map((r) => r.id);
    await s.until((e) => e.seq === all.at(-1));
    assert.deepEqual(seqs(s), all);
    const q = await ana.asks('And now');
    await s.until((e) => e.ref === q.ref);
    await s.close();
  });

  test('wait=0 answers with what there is and ends', async () => {
    const q = await ana.asks('For those who poll');
    const r = await eventually(async () => { const x = await ana.get('/events?after=0&wait=0'); return x.text.includes(`"${q.ref}"`) && x; });
    assert.equal(r.status, 200);
    assert.match(r.text, /^retry: 2000\n\n.*id: \d+\n: up to here\n\n$/s);
    for (const bad of ['wait=yes', 'after=x', 'after=-1']) assert.equal((await ana.get(`/events?${bad}`)).status, 422, bad);
    assert.equal((await ana.get('/events', { 'last-event-id': 'x' })).status, 400);
    const head = await desk.api('/events', { method: 'HEAD', token: w.ana.token });
    assert.equal(head.status, 200);
    assert.equal(head.text, '');
  });

  test('what another process or node commits arrives as well', async () => {
    const node = await others(desk, store);
    try {
      const heard = { token: w.sofie.token, patience: 10000 };                    // a node looks by itself after 15 seconds: that is not what is tried here
      const [here, there] = [await listen(desk, heard), await listen(node, heard)];
      const a = await as(node, w.ana).asks('Said to the other node');
      await here.until((e) => e.ref === a.ref);
      await there.until((e) => e.ref === a.ref);
      const b = await ana.asks('Said to this node');
      await there.until((e) => e.ref === b.ref);
      await here.until((e) => e.ref === b.ref);
      const mail = mailIn(desk, ['From: Ana Sousa <ana@acme.example>', 'To: help@house.example', 'Subject: By mail', 'Message-ID: <one@acme.example>', '', 'A mail server hands this over.', '']);
      await here.until((e) => e.ref === mail.request);
      await there.until((e) => e.ref === mail.request);
      await Promise.all([here.close(), there.close()]);
    } finally { if (store === 'sqlite') await node.kill('SIGTERM'); else await node.stop(); }
  });

  test('300 idle streams, and everybody else is served', async () => {
    const before = await open(desk), streams = [];
    for (let i = 0; i < 300; i += 25) streams.push(...await Promise.all(Array.from({ length: 25 }, (_, k) => listen(desk, [w.sofie, w.ana, w.noor][(i + k) % 3]))));
    assert.equal(await open(desk), before + 300);
    for (let i = 0; i < 20; i++) assert.equal((await sofie.get('/requests?limit=5')).status, 200);
    const q = await ana.asks('Heard by all');
    await Promise.all(streams.map((s) => s.until((e) => e.ref === q.ref)));
    for (const s of streams) assert.equal(s.events.filter((e) => e.ref === q.ref).length, 1);
    await Promise.all(streams.map((s) => s.close()));
    await eventually(async () => await open(desk) === before);                     // who hangs up is noticed
  });

  test('who does not read holds up nobody but themselves, and misses nothing', async () => {
    const q = await ana.asks('Told very often'), from = one(desk, 'SELECT MAX(id) AS n FROM change');
    write(desk, `INSERT INTO change(at, request_id, kind) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT ${Date.now() * 1000}, ${q.id}, 'act' FROM n`);
    const slow = net.connect(desk.port, '127.0.0.1');
    slow.pause();
    slow.write(`GET /api/v1/events?after=${from} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${w.ana.token}\r\n\r\n`);
    await eventually(async () => await open(desk) === 1);
    const s = await listen(desk, w.sofie);
    const more = await ana.asks('Meanwhile');
    await s.until((e) => e.ref === more.ref);
    let text = '';
    slow.setEncoding('latin1');
    slow.on('data', (d) => { text += d; });
    slow.resume();
    await eventually(() => text.includes(`"ref":"${more.ref}"`), 60000);
    slow.destroy();
    const got = [...text.matchAll(/^data: \{"seq":(\d+)/gm)].map((m) => Number(m[1]));
    assert.equal(got.length, 60001);
    assert.ok(got.every((n, i) => i === 0 || n > got[i - 1]));
    await s.close();
  });

  test('a silent stream says that it is still there', async () => {
    const s = await listen(desk, w.carl);
    await s.until(() => s.beats >= 2);
    assert.deepEqual(s.events, []);
    await s.close();
  });

  test('when the key is ended or the session over, so is the stream; without anything happening, too', async () => {
    const token = desk.run('token', 'new', '--person', w.bo.email, '--name', 'short').stdout.trim().split(/\s+/).at(-1);
    const byToken = await listen(desk, { token });
    const byCookie = await listen(desk, { headers: { cookie: `cd_s=${session(desk, w.bo, 'short-lived')}` } });
    const stays = await listen(desk, w.bo);
    write(desk, "UPDATE token SET ended_at = 1 WHERE name = 'short'");
    await limit(byToken.ended, 'the stream of an ended key');
    assert.equal(byCookie.open, true);
    write(desk, `DELETE FROM session WHERE party_id = ${w.bo.id}`);
    await limit(byCookie.ended, 'the stream of a session that is over');
    assert.equal(stays.open, true);
    write(desk, `UPDATE party SET disabled_at = 1 WHERE id = ${w.bo.id}`);
    await limit(stays.ended, 'the stream of a disabled person');
    assert.deepEqual([...byToken.events, ...byCookie.events, ...stays.events], []);
  });

  test('who may not see a request any more hears no more of it', async () => {
    const q = await ana.asks('Handed on'), s = await listen(desk, w.tomas);
    assert.equal((await sofie.patch(`/requests/${q.ref}`, { team: 'People' })).status, 204);           // out of her own sight, too
    assert.equal((await as(desk, w.hana).post(`/requests/${q.ref}/messages`, { body: 'Now among us', visibility: 'public' })).status, 201);
    const mine = await ana.asks('Still for IT');
    await s.until((e) => e.ref === mine.ref);
    assert.deepEqual(s.events.filter((e) => e.ref === q.ref && e.kind !== 'request'), []);
    await s.close();
  });
});

describe('as many as there may be', () => {
  test('429 for one person’s, 503 for all; room again when one hangs up', async () => {
    const desk = await startDesk({ settings: { streams: 3, streams_each: 2 } });
    try {
      const [sofie, noor, ana] = ['sofie', 'noor', 'ana'].map((n) => ({ token: desk.tokenOf(`${n}@desk.example`) }));
      const first = await listen(desk, sofie);
      await listen(desk, sofie);
      const refused = async (who, status) => {
        const r = await listen(desk, who), problem = JSON.parse(r.text);
        assert.equal(r.status, status, r.text);
        assert.match(r.headers['content-type'], /application\/problem\+json/);
        assert.ok(Number(r.headers['retry-after']) >= 1);
        assert.equal(problem.status, status);
        return problem;
      };
      assert.match((await refused(sofie, 429)).detail, /2 event streams/);
      await listen(desk, noor);
      await refused(ana, 503);
      assert.equal((await desk.api('/events?wait=0', ana)).status, 200);
      assert.equal((await desk.ask('/healthz')).status, 200);
      await first.close();
      await eventually(async () => (await listen(desk, ana)).status === 200);
    } finally { await desk.stop(); }
  });
});

for (const store of stores) describe(`ending with open streams on ${store}`, () => {
  test('the server stops at once, and says so by ending them', async () => {
    const desk = await startDesk({ store });
    const streams = await Promise.all(Array.from({ length: 40 }, () => listen(desk, { token: desk.token })));
    const idle = net.connect(desk.port, '127.0.0.1');                              // asks for a stream and never reads it
    idle.pause();
    idle.on('error', () => {});
    idle.write(`GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${desk.token}\r\n\r\n`);
    await eventually(async () => await open(desk) === 41);
    const end = await limit(desk.kill('SIGTERM'), 'the end of the server');
    assert.deepEqual(end, { code: 0, signal: null });
    await limit(Promise.all(streams.map((s) => s.ended)), 'the end of the streams');
    idle.destroy();
    await desk.stop();
  });
});
