// Bad moments for programs: there within five seconds, taken, closed by the first human words; seen by those who serve.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDesk, stores } from './desk.mjs';
import { makeWorld, as, refused, rows, eventually } from './world.mjs';
import { listen } from './listen.mjs';

const FIVE = 5000;

for (const store of stores) describe(`bad moments on ${store}`, { concurrency: 1 }, () => {
  let desk, w, ana, bo, sofie, tomas, imre, hana, fadi, lena;
  before(async () => {
    desk = await startDesk({ store, admin: false });
    w = makeWorld(desk);
    [ana, bo, sofie, tomas, imre, hana, fadi, lena] = ['ana', 'bo', 'sofie', 'tomas', 'imre', 'hana', 'fadi', 'lena'].map((k) => as(desk, w[k]));
  });
  after(() => desk?.stop());

  const due = () => new Date(Date.now() + 3600e3).toISOString();
  const moments = async (who, query = '') => (await who.get(`/moments?limit=200${query}`)).json.items;
  const of = async (who, ref, query = '') => (await moments(who, query)).find((m) => m.ref === ref);
  const done = (r) => { assert.ok(r.status < 300, r.text); return r; };
  // One more "not yet" and it is a bad moment.
  async function nearly(asker, owner, service, subject) {
    const q = await asker.asks(subject, { service });
    done(await owner.acts(q.ref, 'promise', { due: due() }));
    done(await owner.acts(q.ref, 'report'));
    done(await asker.acts(q.ref, 'not-yet', { text: 'Not here.' }));
    done(await owner.acts(q.ref, 'report'));
    return q;
  }
  async function bad(asker, owner, service, subject) {
    const q = await nearly(asker, owner, service, subject);
    done(await asker.acts(q.ref, 'not-yet', { text: 'Still not, and the truck leaves at five.' }));
    await eventually(() => of(owner, q.ref), FIVE);
    return q;
  }

  test('a second "not yet" is in front of its owner within five seconds, and told on an open stream', async () => {
    const q = await nearly(ana, sofie, 'IT', 'The scanner'), s = await listen(desk, w.imre), hers = await listen(desk, w.ana);
    done(await ana.acts(q.ref, 'not-yet', { text: 'Still not, and the truck leaves at five.', satisfaction: 1 }));
    const m = await eventually(() => of(sofie, q.ref), FIVE);
    assert.deepEqual(m.why, ['unsatisfied', 'not-yet']);
    assert.equal(m.said, 'Still not, and the truck leaves at five.');
    assert.deepEqual([m.asker.name, m.person.name, m.claimed, m.spoken, m.recovered, m.next_verdict], ['Ana Sousa', 'Sofie Janssens', null, null, null, null]);
    await s.until((e) => e.ref === q.ref && e.kind === 'moment');
    const again = await ana.asks('Something else');
    await hers.until((e) => e.ref === again.ref);
    assert.ok(!hers.events.some((e) => e.kind === 'moment'), 'she is not told of it');
    await Promise.all([s.close(), hers.close()]);
  });

  test('who serves sees it, nobody else', async () => {
    const q = await bad(bo, hana, 'People', 'A pay slip'), it = await bad(ana, tomas, 'IT', 'A badge');
    assert.ok(await of(hana, q.ref));
    for (const who of [sofie, imre, lena, fadi]) assert.equal(await of(who, q.ref), undefined);
    for (const who of [sofie, tomas, imre, lena]) assert.ok(await of(who, it.ref));
    assert.equal(await of(fadi, it.ref), undefined);
    refused(await ana.get('/moments'), 403);
    refused(await ana.post(`/requests/${it.ref}/moment`, { claim: true }), 403);
    refused(await fadi.post(`/requests/${it.ref}/moment`, { claim: true }), 404);
    const own = await bad(sofie, tomas, 'IT', 'My own screen');
    assert.equal(await of(sofie, own.ref), undefined);
    assert.ok(await of(tomas, own.ref));
  });

  test('one takes it, the others see who; the first human words close it', async () => {
    const q = await bad(ana, tomas, 'IT', 'The printer'), path = `/requests/${q.ref}/moment`;
    const taken = done(await imre.post(path, { claim: true })).json;
    assert.equal(taken.claimed.by.name, 'Imre Kovács');
    assert.equal((await of(sofie, q.ref)).claimed.by.name, 'Imre Kovács');
    refused(await sofie.post(path, { claim: true }), 409);
    refused(await sofie.post(path, { claim: false }), 409);
    assert.equal(done(await imre.post(path, { claim: false })).json.claimed, null);
    done(await sofie.post(path, { claim: true }));
    done(await sofie.post(`/requests/${q.ref}/messages`, { body: 'Between us: I call her.', visibility: 'internal' }));
    done(await ana.post(`/requests/${q.ref}/messages`, { body: 'Is anybody there?' }));
    done(await sofie.post(`/requests/${q.ref}/messages`, { body: 'I am sorry. May I call you?' }));
    const m = await eventually(async () => { const x = await of(tomas, q.ref); return x?.spoken && x; }, FIVE);
    assert.equal(m.spoken.by.name, 'Sofie Janssens');
    assert.equal(await of(tomas, q.ref, '&open=true'), undefined);
    assert.ok(await of(tomas, q.ref, '&open=false'));
    refused(await sofie.post(path, { claim: true }), 409);
  });

  test('a word on the phone is said to be one; a new bad moment is another', async () => {
    const q = await bad(ana, tomas, 'IT', 'The door'), path = `/requests/${q.ref}/moment`;
    const m = done(await tomas.post(path, { spoken: true })).json;
    assert.equal(m.spoken.by.name, 'Tomás Rey');
    refused(await tomas.post(path, { spoken: true }), 409);
    done(await tomas.acts(q.ref, 'report'));
    done(await ana.acts(q.ref, 'not-yet', { text: 'No.' }));
    await eventually(async () => (await moments(imre)).filter((x) => x.ref === q.ref).length === 2, FIVE);
    const both = (await moments(imre)).filter((x) => x.ref === q.ref);
    assert.deepEqual(both.map((x) => [x.number, x.spoken !== null, x.recovered]), [[2, false, null], [1, true, false]]);
    done(await tomas.acts(q.ref, 'report', { text: 'I hold it open myself.' }));
    done(await ana.acts(q.ref, 'accept', { sorted: 'yes', against_bar: 'above' }));
    const met = await eventually(async () => { const x = (await moments(imre)).filter((y) => y.ref === q.ref && y.recovered !== null); return x.length === 2 && x; }, FIVE);
    assert.deepEqual(met.map((x) => x.recovered), [true, false]);
  });

  test('page by page, by team; what is wrong is said', async () => {
    const all = await moments(lena), seen = [];
    for (let next = ''; next !== null;) {
      const r = (await lena.get(`/moments?limit=2${next && `&cursor=${next}`}`)).json;
      seen.push(...r.items);
      next = r.next;
    }
    assert.deepEqual(seen.map((m) => [m.ref, m.number]), all.map((m) => [m.ref, m.number]));
    assert.ok(all.length > 3);
    assert.equal((await moments(lena, '&team=Facilities')).length, 0);
    assert.equal((await moments(lena, '&team=IT')).length, all.length);
    assert.equal((await moments(lena, '&team=Nowhere')).length, 0);
    refused(await lena.get('/moments?open=maybe'), 422, 'open');
    refused(await lena.get('/moments?limit=0'), 422, 'limit');
    refused(await lena.get('/moments?cursor=bogus'), 400);
    const quiet = await ana.asks('Nothing bad');
    refused(await sofie.post(`/requests/${quiet.ref}/moment`, { claim: true }), 409);
    refused(await sofie.post(`/requests/${quiet.ref}/moment`, {}), 422, 'claim');
    refused(await sofie.post(`/requests/${quiet.ref}/moment`, { claim: 'yes' }), 422, 'claim');
  });

  test('made anew, all is as it was; the person takes along what is theirs', async () => {
    const query = 'SELECT request_id, nr, at, why, person_id, claimed_at, claimed_id, spoken_at, spoken_id, next_at, recovered FROM moment ORDER BY request_id, nr';
    const was = rows(desk, query);
    assert.ok(was.some((m) => m.claimed_id) && was.some((m) => m.spoken_id));
    const r = desk.run('rebuild');
    assert.equal(r.status, 0, r.stderr);
    assert.deepEqual(rows(desk, query), was);
    const taken = JSON.parse(desk.run('export', '--person', w.ana.email).stdout);
    assert.ok(taken.bad_moments.length >= 4);
    assert.doesNotMatch(JSON.stringify(taken.bad_moments), /Sofie|claimed/);
    assert.equal(JSON.parse(desk.run('export', '--person', 'cora@other.example').stdout).bad_moments.length, 0);
  });
});
