// Figures for programs: in the one shape, over what the caller may see, in periods of their own zone.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDesk, stores } from './desk.mjs';
import { makeWorld, as, refused, eventually, write } from './world.mjs';

for (const store of stores) describe(`measures on ${store}`, () => {
  let desk, w, ana, rhea, carl, sofie, fadi, lena;
  before(async () => {
    desk = await startDesk({ store, admin: false, settings: { rate: 0 } });
    w = makeWorld(desk);
    [ana, rhea, carl, sofie, fadi, lena] = ['ana', 'rhea', 'carl', 'sofie', 'fadi', 'lena'].map((k) => as(desk, w[k]));
    const due = new Date(Date.now() + 36e5).toISOString();
    for (let i = 0; i < 12; i++) {
      const q = await ana.asks(`The scanner ${i} does not read`, { service: 'IT' });
      await sofie.acts(q.ref, 'promise', { due, text: 'Within the hour.' });
      await sofie.acts(q.ref, 'report', { text: 'It reads again.' });
      if (i < 11) await ana.acts(q.ref, i < 9 ? 'accept' : 'not-yet', i < 9 ? { sorted: 'yes', ease: 6 } : { sorted: 'no', text: 'No.' });
    }
    await eventually(async () => (await sofie.get('/measures/first-answer')).json.n === 12);
  });
  after(() => desk?.stop());

  const figure = (f) => {
    assert.deepEqual(Object.keys(f).filter((k) => !['bounds', 'answers', 'pair', 'points'].includes(k)), ['measure', 'kind', 'k', 'n', 'value', 'ci', 'viewpoint', 'silent', 'period', 'show']);
    if (f.n) assert.ok(f.ci[0] <= f.value && f.value <= f.ci[1], JSON.stringify(f));
    assert.equal(f.show, f.n === 0 ? 'none' : f.n < 5 ? 'list' : f.n < 10 ? 'interval' : 'percent');
    return f;
  };

  test('the list says what is measured', async () => {
    const list = (await ana.get('/measures')).json;
    assert.equal(list.next, null);
    const byName = new Map(list.items.map((m) => [m.name, m]));
    for (const m of list.items) {
      assert.match(m.question, /\?$/);
      if (m.viewpoint === 'agent') assert.notEqual(byName.get(m.pair).viewpoint, 'agent', m.name);
    }
    assert.equal(byName.get('bad-moment').line, false);
  });

  test('a figure comes with what it stands on, and one of ours with theirs', async () => {
    for (const m of (await sofie.get('/measures')).json.items) {
      const r = await sofie.get(`/measures/${m.name}`);
      assert.equal(r.status, 200, r.text);
      const f = figure(r.json);
      assert.equal(f.measure, m.name);
      if (m.pair) assert.equal(figure(f.pair).measure, m.pair); else assert.equal(f.pair, undefined);
    }
    const kept = (await sofie.get('/measures/promise-kept')).json;
    assert.deepEqual([kept.k, kept.n, kept.show], [9, 9, 'interval']);
  });

  test('points add up to the whole', async () => {
    for (const unit of ['day', 'week', 'month']) {
      const f = (await sofie.get(`/measures/promise-kept?period=90d&points=${unit}`)).json;
      assert.equal(f.points.reduce((n, p) => n + figure(p).n, 0), f.n);
      assert.equal(f.points[0].period.from, f.period.from);
      for (let i = 1; i < f.points.length; i++) assert.equal(f.points[i].period.from, f.points[i - 1].period.to);
    }
    refused(await sofie.get('/measures/bad-moment?points=week'), 422, 'measure');
    refused(await sofie.get('/measures/promise-kept?period=2020&from=1980-01-01&points=day'), 422, 'points');
  });

  test('periods', async () => {
    const ask = async (query) => (await sofie.get(`/measures/promise-kept?${query}`)).json.period;
    assert.deepEqual(await ask('period=2026-Q1&team=IT'), { from: '2026-01-01T00:00:00.000000Z', to: '2026-04-01T00:00:00.000000Z' });
    write(desk, `UPDATE party SET zone = 'Europe/Lisbon' WHERE id = ${w.sofie.id}`);
    assert.deepEqual(await ask('period=2026-03'), { from: '2026-03-01T00:00:00.000000Z', to: '2026-03-31T23:00:00.000000Z' });
    assert.deepEqual(await ask('from=2026-03-29&to=2026-03-29'), { from: '2026-03-29T00:00:00.000000Z', to: '2026-03-29T23:00:00.000000Z' });      // 23 hours
    assert.deepEqual(await ask('from=2026-10-25&to=2026-10-25'), { from: '2026-10-24T23:00:00.000000Z', to: '2026-10-26T00:00:00.000000Z' });      // 25
    assert.deepEqual(await ask('from=2026-03-29T10:00:00Z&to=2026-03-29T11:30:00%2B01:00'), { from: '2026-03-29T10:00:00.000000Z', to: '2026-03-29T10:30:00.000000Z' });
    for (const wrong of ['7', 'week', '2026-13', '2026-Q5', '2026-1', 'x'.repeat(5000)]) refused(await sofie.get(`/measures/easy?period=${wrong}`), 422, 'period');
    refused(await sofie.get('/measures/easy?from=2026-02-30'), 422, 'from');
    refused(await sofie.get('/measures/easy?to=2026-02-03'), 422, 'from');
    refused(await sofie.get('/measures/easy?from=2026-02-03&to=2026-02-01'), 422, 'to');
    refused(await sofie.get('/measures/easy?mine=maybe'), 422, 'mine');
    refused(await sofie.get('/measures/easy?points=hour'), 422, 'points');
    refused(await sofie.get('/measures/nothing'), 404);
  });

  test('everybody over what they may see', async () => {
    const n = async (who, query = '') => { const r = await who.get(`/measures/first-answer${query}`); return r.status === 200 ? r.json.n : r.status; };
    assert.equal(await n(sofie), 12);
    assert.equal(await n(sofie, '?team=IT'), 12);
    assert.equal(await n(lena), 12);
    assert.equal(await n(fadi), 0);
    assert.equal(await n(fadi, '?team=IT'), 404);
    assert.equal(await n(sofie, '?team=Facilities'), 404);
    assert.equal(await n(lena, '?team=People'), 404);
    assert.equal(await n(sofie, '?team=Nowhere'), 404);
    assert.equal(await n(ana), 404);
    assert.equal(await n(ana, '?mine=true'), 12);
    assert.equal(await n(carl, '?mine=true'), 0);
    assert.equal(await n(rhea, '?organisation=Acme'), 12);
    assert.equal(await n(rhea, '?organisation=Globex'), 404);
    assert.equal(await n(ana, '?organisation=Acme'), 404);
  });
});
