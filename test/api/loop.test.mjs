// The loop through the API: every act in every state by every side, and the worked examples of what becomes of a promise.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDesk, stores } from './desk.mjs';
import { makeWorld, as, rows, one, write, eventually } from './world.mjs';
import { refused, instant } from './refused.mjs';

const later = (ms = 86400e3) => new Date(Date.now() + ms).toISOString();
const past = async (iso) => { while (Date.now() <= Date.parse(iso)) await new Promise((r) => setTimeout(r, Date.parse(iso) - Date.now() + 2)); };

// The table as the literature has it: from, act, by, to. Asking and answering are apart: they move the ball alone.
const open = ['REQUESTED', 'COUNTERED', 'PROMISED', 'REPORTED', 'REVOKED', 'AMENDING'];
const table = [
  [['REQUESTED'], 'promise', 'P', 'PROMISED'], [['REQUESTED'], 'counter', 'P', 'COUNTERED'], [['REQUESTED'], 'decline', 'P', 'DECLINED'],
  [['COUNTERED'], 'accept-offer', 'C', 'PROMISED'], [['COUNTERED'], 'counter-back', 'C', 'REQUESTED'],
  [['REQUESTED', 'COUNTERED', 'PROMISED', 'REPORTED', 'REVOKED'], 'withdraw', 'C', 'WITHDRAWN'],
  [['PROMISED'], 'report', 'P', 'REPORTED'], [['REPORTED'], 'accept', 'C', 'ACCEPTED'], [['REPORTED', 'LAPSED'], 'not-yet', 'C', 'PROMISED'],
  [['PROMISED'], 'revoke', 'P', 'REVOKED'], [['REVOKED'], 'accept-offer', 'C', 'PROMISED'], [['PROMISED'], 'amend', 'C', 'AMENDING'],
  [['AMENDING'], 'promise', 'P', 'PROMISED'], [['AMENDING'], 'decline-amend', 'P', 'PROMISED'],
];
const bySide = { C: ['request', 'accept-offer', 'counter-back', 'withdraw', 'accept', 'not-yet', 'amend'], P: ['offer', 'promise', 'counter', 'decline', 'report', 'revoke', 'decline-amend'] };
const acts = [...bySide.C, ...bySide.P, 'lapse', 'ask', 'answer'];
const ball = { REQUESTED: 'provider', COUNTERED: 'customer', PROMISED: 'provider', REPORTED: 'customer', REVOKED: 'customer', AMENDING: 'provider' };
const filled = (act) => ({ text: 'With words.', ...(['promise', 'counter', 'revoke', 'offer'].includes(act) ? { due: later() } : {}) });

// How each state is come by.
const way = {
  REQUESTED: [], COUNTERED: ['counter'], PROMISED: ['promise'], REPORTED: ['promise', 'report'], REVOKED: ['promise', 'revoke'],
  AMENDING: ['promise', 'amend'], ACCEPTED: ['promise', 'report', 'accept'], DECLINED: ['decline'], WITHDRAWN: ['withdraw'],
};

for (const store of stores) describe(`the loop on ${store}`, () => {
  let desk, w, ana, carl, sofie, tomas, rhea;
  before(async () => {
    desk = await startDesk({ store, admin: false });
    w = makeWorld(desk);
    [ana, carl, sofie, tomas, rhea] = ['ana', 'carl', 'sofie', 'tomas', 'rhea'].map((k) => as(desk, w[k]));
  });
  after(async () => {
    const v = desk?.run('verify');
    await desk?.stop();
    assert.equal(v.status, 0, v.stdout + v.stderr);
  });

  const doer = (act) => bySide.C.includes(act) ? ana : sofie;
  async function go(q, ...steps) {
    let r;
    for (const s of steps) {
      const [act, more] = typeof s === 'string' ? [s, {}] : s;
      r = await doer(act).acts(q.ref, act, { ...filled(act), ...more });
      assert.equal(r.status, 201, `${act}: ${r.text}`);
    }
    return r?.json;
  }

  for (const [state, steps] of Object.entries(way)) test(`in ${state}: what each side may do, and nothing else`, async () => {
    const q = await ana.asks(`In ${state}`);
    await go(q, ...steps);
    const at = await ana.reads(q.ref);
    assert.equal(at.state, state);
    assert.equal(at.ball, ball[state] ?? '');
    const may = { C: new Set(), P: new Set() };
    for (const [from, act, by] of table) if (from.includes(state)) may[by].add(act);
    if (open.includes(state)) for (const by of ['C', 'P']) {
      may[by].add('ask');
      if (ball[state] === (by === 'C' ? 'customer' : 'provider')) may[by].add('answer');
    }
    for (const [by, who] of [['C', ana], ['P', sofie]]) {
      assert.deepEqual([...(await who.reads(q.ref)).allowed].sort(), [...may[by]].sort(), `allowed for ${by}`);
      for (const act of acts) {
        if (may[by].has(act)) continue;
        const theirs = bySide[by].includes(act) || act === 'ask' || act === 'answer';
        for (const body of [filled(act), {}]) {                        // refused for the state, however well the rest is filled in
          const r = await who.acts(q.ref, act, body);
          refused(r, theirs ? 409 : 403);
          if (theirs) for (const name of may[by]) assert.ok(r.json.detail.includes(name), `${act} names ${name}: ${r.json.detail}`);
          if (theirs) assert.deepEqual([...r.json.allowed].sort(), [...may[by]].sort());
        }
      }
    }
    for (const act of acts) refused(await rhea.acts(q.ref, act, filled(act)), 403);         // reads along, says nothing
    for (const act of acts) refused(await carl.acts(q.ref, act, filled(act)), 404);
    assert.equal((await ana.reads(q.ref)).version, at.version, 'nothing was changed by any of it');
    for (const [from, act, by, to] of table.filter(([f]) => f.includes(state))) {
      const other = await ana.asks(`${act} in ${state}`);
      await go(other, ...steps);
      const r = await (by === 'C' ? ana : sofie).acts(other.ref, act, filled(act));
      assert.equal(r.status, 201, r.text);
      assert.equal(r.json.state, to, `${from} ${act}`);
      assert.equal(r.json.ball, ball[to] ?? '');
      assert.equal(r.headers.etag, `"${r.json.version}"`);
    }
  });

  describe('worked examples', () => {
    const ends = async (name, steps, want) => {
      const q = await ana.asks(name);
      const end = await go(q, ...steps);
      const { state, outcome, rework } = end;
      assert.deepEqual({ state, outcome, rework }, { rework: 0, ...want }, name);
      return end;
    };

    test('kept', async () => {
      const end = await ends('kept', ['promise', 'report', 'accept'], { state: 'ACCEPTED', outcome: 'kept' });
      assert.deepEqual(end.promises.map((p) => [p.version, p.state]), [[1, 'kept']]);
      assert.deepEqual(end.acts.map((a) => a.act), ['request', 'promise', 'report', 'accept']);
    });
    test('countered, countered back, promised, once more', async () => {
      await ends('rework', ['counter', 'counter-back', 'promise', 'report', 'not-yet', 'report', 'accept'], { state: 'ACCEPTED', outcome: 'kept', rework: 1 });
    });
    test('an offer taken is the promise', async () => {
      const end = await ends('offer', [['counter', { conditions: ['It prints', ' ', 'In colour'] }], 'accept-offer', 'report', 'accept'], { state: 'ACCEPTED', outcome: 'kept' });
      assert.deepEqual(end.promises.map((p) => [p.version, p.state, p.conditions]), [[1, 'kept', ['It prints', 'In colour']]]);
    });
    test('broken: what was late, however it ended', async () => {
      const due = later(1500), late = { 'reported in time, not yet, reported too late': [['report', 'not-yet'], ['report', 'accept'], 1],
        'a new hour agreed after the old one fell': [[], ['revoke', 'accept-offer', 'report', 'accept'], 0], 'simply reported late': [[], ['report', 'accept'], 0],
        'withdrawn after the hour': [[], ['withdraw'], 0] };
      const begun = [];
      for (const [name, [before]] of Object.entries(late)) {
        const q = await ana.asks(name);
        await go(q, ['promise', { due }], ...before);
        begun.push([q, name]);
      }
      await past(due);
      for (const [q, name] of begun) {
        const end = await go(q, ...late[name][1]);
        assert.deepEqual([end.outcome, end.rework], ['broken', late[name][2]], name);
      }
    });
    test('renegotiated: a new hour agreed before the old one fell', async () => {
      const end = await ends('moved in time', ['promise', ['revoke', { due: later(2 * 86400e3) }], 'accept-offer', 'report', 'accept'], { state: 'ACCEPTED', outcome: 'renegotiated' });
      assert.deepEqual(end.promises.map((p) => [p.version, p.state]), [[2, 'renegotiated'], [1, 'replaced']]);
    });
    test('silent: reminded twice, then it lapses and counts as nothing', async () => {
      const q = await ana.asks('never said');
      await go(q, 'promise', 'report');
      for (let turn = 1; turn <= 3; turn++) {
        write(desk, `UPDATE job SET due_at = 1 WHERE kind = 'remind' AND body LIKE '${q.id} %'`);
        await ana.asks(`wakes the ticker ${turn}`);
        if (turn < 3) await eventually(() => one(desk, `SELECT count(*) AS n FROM outbox WHERE kind = 'reminder' AND request_id = ${q.id}`) >= turn);
      }
      const end = await eventually(async () => { const r = await ana.reads(q.ref); return r.state === 'LAPSED' && r; });
      assert.deepEqual([end.outcome, end.ball, end.acts.at(-1).side, end.acts.at(-1).by_kind], ['silent', '', 'system', 'auto']);
      assert.deepEqual(end.allowed, ['not-yet']);
      const again = await go(q, 'not-yet');                             // taken up again
      assert.deepEqual([again.state, again.outcome, again.rework], ['PROMISED', '', 1]);
      assert.equal((await go(q, 'report', 'accept')).outcome, 'kept');
    });
    test('who reports does not accept', async () => {
      const q = await ana.asks('own praise');
      await go(q, 'promise', 'report');
      refused(await sofie.acts(q.ref, 'accept'), 403);
      assert.equal((await ana.reads(q.ref)).state, 'REPORTED');
    });
    test('declined, with and without where else', async () => {
      await ends('no', ['decline'], { state: 'DECLINED', outcome: '' });
      const end = await ends('no, but', [['decline', { where_else: 'The library lends them.' }]], { state: 'DECLINED', outcome: '' });
      assert.equal(end.acts.at(-1).body.where_else, 'The library lends them.');
    });
    test('amended: a new version, or the old one stands', async () => {
      const end = await ends('more', ['promise', 'amend', 'promise', 'report', 'accept'], { state: 'ACCEPTED', outcome: 'renegotiated' });
      assert.equal(end.promises.length, 2);
      const same = await ends('not more', ['promise', 'amend', 'decline-amend', 'report', 'accept'], { state: 'ACCEPTED', outcome: 'kept' });
      assert.equal(same.promises.length, 1);
    });
    test('withdrawn in time costs nobody anything', async () => {
      const end = await ends('never mind', ['promise', 'withdraw'], { state: 'WITHDRAWN', outcome: '' });
      assert.deepEqual(end.promises.map((p) => p.state), ['withdrawn']);
      assert.deepEqual(end.allowed, []);
    });
    test('answered at once: promise and report in one step', async () => {
      const q = await ana.asks('How do I print?');
      const r = await sofie.acts(q.ref, 'report', { direct: true, text: 'Press the green button.' });
      assert.equal(r.status, 201, r.text);
      assert.deepEqual([r.json.state, r.json.acts.map((a) => a.act)], ['REPORTED', ['request', 'promise', 'report']]);
      assert.equal((await go(q, 'accept')).outcome, 'kept');
    });
  });

  test('the shapes of acts and promises', async () => {
    const q = await ana.asks('Shapes'), due = later();
    const end = await go(q, ['promise', { due, conditions: ['one', 'two'], text: 'By tomorrow.' }]);
    assert.deepEqual(Object.keys(end.promises[0]), ['version', 'state', 'due', 'conditions', 'offered', 'from', 'until', 'promiser']);
    const p = end.promises[0];
    assert.deepEqual([p.version, p.state, Date.parse(p.due), p.conditions, p.promiser.id, p.until], [1, 'in force', Date.parse(due), ['one', 'two'], w.sofie.id, null]);
    assert.match(p.from, instant);
    const a = end.acts[1];
    assert.deepEqual([a.seq, a.act, a.side, a.by_kind, a.channel, a.state, a.ball, a.by.id], [2, 'promise', 'provider', 'human', 'api', 'PROMISED', 'provider', w.sofie.id]);
    assert.deepEqual(a.body, { text: 'By tomorrow.', due: p.due, conditions: ['one', 'two'] });
    assert.equal(end.due, p.due);
    assert.equal(end.messages.at(-1).body, 'By tomorrow.');
    assert.equal(end.owner.id, w.sofie.id, 'who promises has it');
  });

  test('the verdict is kept with its words', async () => {
    const q = await ana.asks('Judge me');
    await go(q, 'promise', 'report');
    assert.equal(one(desk, `SELECT count(*) AS n FROM verdict WHERE request_id = ${q.id} AND answered_at = 0`), 1);
    const r = await ana.acts(q.ref, 'accept', { sorted: 'yes', ease: 6, against_bar: 'above', moment: 'She rang me.', lost_minutes: 0, text: 'Thank you' });
    assert.equal(r.status, 201, r.text);
    assert.deepEqual(rows(desk, `SELECT sorted, ease, against_bar, moment, lost_minutes, words, channel FROM verdict WHERE request_id = ${q.id}`),
      [{ sorted: 'yes', ease: 6, against_bar: 'above', moment: 'She rang me.', lost_minutes: 0, words: 'Thank you', channel: 'api' }]);
  });

  test('what is wrong is named', async () => {
    const q = await ana.asks('Wrong acts');
    const bad = async (who, act, more, field) => refused(await who.acts(q.ref, act, more), 422, field);
    await bad(sofie, 'jump', {}, 'act');
    await bad(sofie, '', {}, 'act');
    await bad(sofie, 'promise', {}, 'due');
    await bad(sofie, 'promise', { due: '2020-01-01T00:00:00Z' }, 'due');
    await bad(sofie, 'promise', { due: 'soon' }, 'due');
    await bad(sofie, 'promise', { due: later(), conditions: 'one' }, 'conditions');
    await bad(sofie, 'promise', { due: later(), conditions: Array(21).fill('c') }, 'conditions');
    await bad(sofie, 'promise', { due: later(), untill: 'x' }, 'untill');
    await bad(sofie, 'decline', {}, 'text');
    refused(await sofie.post(`/requests/${q.ref}/acts`, {}), 422, 'act');
    await go(q, 'promise');
    await bad(sofie, 'revoke', { due: later() }, 'text');
    await go(q, 'report');
    await bad(ana, 'not-yet', {}, 'text');
    await bad(ana, 'accept', { ease: 8 }, 'ease');
    await bad(ana, 'accept', { ease: -1 }, 'ease');
    await bad(ana, 'accept', { ease: 'easy' }, 'ease');
    await bad(ana, 'accept', { sorted: 'maybe' }, 'sorted');
    await bad(ana, 'accept', { sorted: 'no' }, 'sorted');
    await bad(ana, 'accept', { against_bar: 'over' }, 'against_bar');
    await bad(ana, 'accept', { lost_minutes: -5 }, 'lost_minutes');
    assert.equal((await ana.reads(q.ref)).state, 'REPORTED');
  });

  test('who asked does not answer themselves, whatever else they are', async () => {
    const q = await sofie.asks('I serve here and need help');
    refused(await sofie.acts(q.ref, 'promise', { due: later() }), 403);
    assert.equal((await tomas.acts(q.ref, 'promise', { due: later() })).status, 201);
    await tomas.acts(q.ref, 'report', { text: 'Done' });
    assert.equal((await sofie.acts(q.ref, 'accept')).json.state, 'ACCEPTED');
  });

  test('of two who promise at once, one has promised', async () => {
    const q = await ana.asks('A race');
    const got = await Promise.all([sofie, tomas, sofie, tomas].map((p) => p.acts(q.ref, 'promise', { due: later() })));
    assert.deepEqual(got.map((r) => r.status).sort(), [201, 409, 409, 409]);
    assert.deepEqual((await ana.reads(q.ref)).acts.map((a) => a.act), ['request', 'promise']);
  });

  test('words after a report bring the ball back; thanks close nothing', async () => {
    const q = await ana.asks('Thanks');
    await go(q, 'promise', 'report');
    await ana.post(`/requests/${q.ref}/messages`, { body: 'Thank you so much!' });
    let now = await ana.reads(q.ref);
    assert.deepEqual([now.state, now.ball], ['REPORTED', 'provider']);
    await sofie.post(`/requests/${q.ref}/messages`, { body: 'With pleasure.' });
    now = await ana.reads(q.ref);
    assert.deepEqual([now.state, now.ball], ['REPORTED', 'customer']);
    await go(q, 'accept');
    assert.equal((await ana.post(`/requests/${q.ref}/messages`, { body: 'One more word' })).status, 201);
    assert.equal((await ana.reads(q.ref)).state, 'ACCEPTED');
  });

  test('the asker hears of all we do, by mail; we see what they do', async () => {
    const q = await ana.asks('Mails');
    await go(q, 'promise', 'report', 'accept');
    const kinds = rows(desk, `SELECT kind, extra, to_mail FROM outbox WHERE request_id = ${q.id} ORDER BY id`);
    assert.deepEqual(kinds.map((m) => [m.kind, m.to_mail, m.extra && JSON.parse(m.extra).act]), [
      ['acknowledgement', 'ana@acme.example', ''], ['reply', 'ana@acme.example', 'promise'], ['reply', 'ana@acme.example', 'report']]);
  });

  test('the two clocks: the ball’s times add up to all of it', async () => {
    const q = await ana.asks('Clocks', { since: new Date(Date.now() - 3600e3).toISOString() });
    await go(q, 'promise', 'report', 'not-yet', 'report', 'accept');
    const { clocks, acts: done, since } = await ana.reads(q.ref);
    const all = (Date.parse(done.at(-1).at) - Date.parse(since)) / 1000;
    assert.ok(Math.abs(clocks.customer_seconds - all) < 0.002, `${clocks.customer_seconds} of ${all}`);
    const sum = Object.values(clocks.partition).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - clocks.customer_seconds) < 1e-6);
    assert.ok(clocks.agent_seconds <= clocks.partition.provider + 1e-6);
  });
});
