// Requests by program: asked, read, listed, changed, talked about. The shapes are those of the public contract.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDesk, stores } from './desk.mjs';
import { makeWorld, as, rows, one, eventually, refused } from './world.mjs';

export const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const brief = ['id', 'ref', 'url', 'kind', 'subject', 'excerpt', 'state', 'ball', 'outcome', 'version', 'rework', 'asker', 'owner', 'team', 'organisation',
  'service', 'channel', 'lang', 'due', 'hear_by', 'since', 'waiting_since', 'reported', 'ended', 'created', 'updated', 'bar'];
const whole = [...brief, 'messages', 'promises', 'people', 'tags', 'acts', 'allowed', 'clocks'];

for (const store of stores) describe(`requests on ${store}`, () => {
  let desk, w, ana, bo, carl, sofie, tomas, fadi, hana, noor;
  before(async () => {
    desk = await startDesk({ store, admin: false });
    w = makeWorld(desk);
    [ana, bo, carl, sofie, tomas, fadi, hana, noor] = ['ana', 'bo', 'carl', 'sofie', 'tomas', 'fadi', 'hana', 'noor'].map((k) => as(desk, w[k]));
  });
  after(() => desk?.stop());

  describe('asking', () => {
    test('201 with the request, where it is, and its version', async () => {
      const r = await ana.post('/requests', { subject: 'My laptop will not start', body: 'It **beeps** twice.' });
      assert.equal(r.status, 201, r.text);
      assert.deepEqual(Object.keys(r.json), brief);
      const q = r.json;
      assert.match(q.ref, /^R-\d+$/);
      assert.equal(q.ref, `R-${q.id}`);
      assert.equal(q.url, `${desk.url}/my/${q.ref}`, 'the page that opens for who asked');
      assert.equal((await sofie.reads(q.ref)).url, `${desk.url}/requests/${q.ref}`);
      assert.deepEqual([q.state, q.ball, q.kind, q.channel, q.outcome, q.rework], ['REQUESTED', 'provider', 'help', 'api', '', 0]);
      assert.deepEqual(q.asker, { id: w.ana.id, name: 'Ana Sousa', email: 'ana@acme.example' });
      assert.deepEqual(q.team, { id: w.team.IT, name: 'IT' });
      assert.equal(q.owner, null);
      assert.equal(q.service, 'IT');
      for (const t of ['due', 'hear_by', 'since', 'waiting_since', 'created', 'updated']) assert.match(q[t], instant, t);
      assert.ok(Date.parse(q.hear_by) > Date.parse(q.created));
      assert.deepEqual([q.reported, q.ended], [null, null]);
      assert.equal(r.headers.location, `/api/v1/requests/${q.ref}`);
      assert.equal(r.headers.etag, `"${q.version}"`);
      const again = await ana.get(`/requests/${q.ref}`);
      assert.equal(again.headers.etag, r.headers.etag);
      for (const name of brief) assert.deepEqual(again.json[name], q[name], name);
    });

    test('subject or body may be empty, not both', async () => {
      const bodied = await ana.asks('', { body: 'The heating in the hall is off.\nIt is cold.' });
      assert.equal(bodied.subject, 'The heating in the hall is off.');
      const named = await ana.asks('Only a name');
      assert.equal((await ana.reads(named.ref)).messages[0].body, 'Only a name');
      for (const body of [{}, { subject: '', body: '' }, { subject: '  ', body: '\n\t ' }, { subject: null }])
        refused(await ana.post('/requests', body), 422, 'body');
    });

    test('those who serve may ask for others, known or new', async () => {
      const q = await sofie.asks('Called in', { from: { name: 'Pia Öst', email: 'Pia@Acme.example' }, channel: 'phone', kind: 'complaint', lang: 'sv' });
      assert.equal(q.asker.name, 'Pia Öst');
      assert.equal(q.asker.email, 'pia@acme.example');
      assert.deepEqual([q.channel, q.kind, q.lang], ['phone', 'complaint', 'sv']);
      assert.equal((await sofie.asks('Again', { from: { email: 'pia@acme.example' } })).asker.id, q.asker.id);
      refused(await ana.post('/requests', { subject: 'x', from: { email: 'carl@globex.example' } }), 403);
      refused(await ana.post('/requests', { subject: 'x', from: { email: 'nobody@nowhere.example' } }), 403);
      assert.equal(one(desk, "SELECT count(*) AS n FROM address WHERE value = 'nobody@nowhere.example'"), 0);
      assert.equal((await ana.asks('Me', { from: { email: 'ANA@acme.example' } })).asker.id, w.ana.id);
      refused(await sofie.post('/requests', { subject: 'x', from: { email: 'no address' } }), 422, 'from.email');
      refused(await sofie.post('/requests', { subject: 'x', from: { mail: 'pia@acme.example' } }), 422, 'from.mail');
    });

    test('service, bar and since are taken', async () => {
      const by = new Date(Date.now() + 3600e3).toISOString(), since = '2026-01-02T03:04:05.678901+02:00';
      const q = await ana.asks('A chair', { service: 'facilities', bar: { by, told: 'by phone', good: 'It stands' }, since });
      assert.equal(q.team.name, 'Facilities');
      assert.equal(q.service, 'Facilities');
      assert.deepEqual([Date.parse(q.bar.by), q.bar.told, q.bar.good], [Date.parse(by), 'by phone', 'It stands']);
      assert.equal(q.since, '2026-01-02T01:04:05.678901Z');
      assert.equal((await ana.asks('The door is stuck and the heating too')).team.name, 'Facilities');     // by its words
    });

    test('what is wrong is named', async () => {
      const wrong = {
        kind: 'wish', channel: 'pigeon', service: 'Astrology', since: '2099-01-01T00:00:00Z', 'bar.by': undefined,
      };
      for (const [field, value] of Object.entries(wrong)) if (value) refused(await ana.post('/requests', { subject: 'x', [field]: value }), 422, field);
      refused(await ana.post('/requests', { subject: 'x', bar: { by: '2020-01-01T00:00:00Z' } }), 422, 'bar.by');
      refused(await ana.post('/requests', { subject: 'x', bar: { by: 'tomorrow' } }), 422, 'bar.by');
      refused(await ana.post('/requests', { subject: 'x', bar: { bye: '2099-01-01T00:00:00Z' } }), 422, 'bar.bye');
      for (const since of ['yesterday', '2026-01-02', '2026-01-02T03:04:05', '2026-02-30T00:00:00Z', 17]) refused(await ana.post('/requests', { subject: 'x', since }), 422, 'since');
      refused(await ana.post('/requests', { subject: 'x', sbuject: 'y' }), 422, 'sbuject');
      refused(await ana.post('/requests', { subject: 7 }), 422, 'subject');
      refused(await ana.post('/requests', { subject: 'x', bar: 'soon' }), 422, 'bar');
      refused(await ana.post('/requests', { subject: 'x', from: [] }), 422, 'from');
      refused(await ana.post('/requests', { subject: 'x', state: 'ACCEPTED' }), 422, 'state');
      for (const body of ['[]', '"x"', 'null', '7']) refused(await ana.post('/requests', body, { 'content-type': 'application/json' }), 400);
      refused(await ana.post('/requests', undefined), 400);
      refused(await ana.post('/requests', 'subject=x', { 'content-type': 'application/x-www-form-urlencoded' }), 415);
    });
  });

  describe('reading', () => {
    test('the whole request, in its documented members', async () => {
      const q = await ana.asks('All of it', { body: 'First words.' });
      const r = await sofie.get(`/requests/${q.ref}`);
      assert.equal(r.status, 200);
      assert.match(r.headers['content-type'], /^application\/json/);
      assert.deepEqual(Object.keys(r.json), whole);
      assert.deepEqual(Object.keys(r.json.messages[0]), ['id', 'at', 'side', 'visibility', 'channel', 'format', 'body', 'quoted', 'trusted', 'files', 'attachments', 'author']);
      assert.deepEqual(Object.keys(r.json.acts[0]), ['seq', 'act', 'side', 'by_kind', 'channel', 'at', 'due', 'state', 'ball', 'body', 'hash', 'by']);
      assert.match(r.json.acts[0].hash, /^[0-9a-f]{64}$/);
      const c = r.json.clocks;
      assert.deepEqual(Object.keys(c), ['customer_seconds', 'agent_seconds', 'partition']);
      assert.deepEqual(Object.keys(c.partition), ['provider', 'customer', 'supplier', 'closed']);
      const sum = Object.values(c.partition).reduce((a, b) => a + b, 0);
      assert.ok(c.customer_seconds > 0 && Math.abs(sum - c.customer_seconds) < 1e-6, 'the parts add up');
    });

    test('by ref in any case, and by number; what may not be seen is not there', async () => {
      const q = await ana.asks('Mine');
      for (const ref of [q.ref, q.ref.toLowerCase(), String(q.id)]) assert.equal((await ana.get(`/requests/${ref}`)).json.id, q.id);
      for (const ref of ['R-999999', 'R-0', 'R--1', 'R-1x', 'x', 'R-99999999999999999999']) refused(await ana.get(`/requests/${ref}`), 404);
      const [hidden, absent] = [await carl.get(`/requests/${q.ref}`), await carl.get('/requests/R-999999')];
      refused(hidden, 404);
      assert.equal(hidden.text.replaceAll(q.ref, 'X'), absent.text.replaceAll('R-999999', 'X'), 'hidden and absent are told alike');
      refused(await fadi.get(`/requests/${q.ref}`), 404);
    });

    test('304 for who has it already', async () => {
      const q = await ana.asks('Twice the same');
      const r = await ana.get(`/requests/${q.ref}`, { 'if-none-match': `"0", "${q.version}"` });
      assert.equal(r.status, 304);
      assert.equal(r.text, '');
      assert.equal((await ana.get(`/requests/${q.ref}`, { 'if-none-match': '"0"' })).status, 200);
    });

    test('401 without a token, and with a broken one', async () => {
      const q = await ana.asks('Guarded');
      for (const [path, method] of [['/requests', 'GET'], ['/requests', 'POST'], [`/requests/${q.ref}`, 'GET'], [`/requests/${q.ref}`, 'PATCH'], ['/people', 'GET'], ['/events', 'GET']]) {
        const options = { method, body: method === 'GET' ? undefined : { subject: 'x' } };
        refused(await desk.ask(`/api/v1${path}`, options), 401);
        refused(await desk.ask(`/api/v1${path}`, { ...options, headers: { authorization: `Bearer ${w.ana.token}x` } }), 401);
        refused(await desk.ask(`/api/v1${path}`, { ...options, headers: { authorization: 'Bearer ' } }), 401);
        refused(await desk.ask(`/api/v1${path}`, { ...options, headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` } }), 401);
      }
    });

    test('405 with what the address takes', async () => {
      const r = await ana.post('/requests/R-1', {});
      refused(r, 405);
      assert.equal(r.headers.allow, 'GET, HEAD, PATCH');
      for (const method of ['PUT', 'DELETE']) refused(await desk.api('/requests', { method, token: w.ana.token }), 405);
    });
  });

  describe('lists', () => {
    const refs = (r) => { assert.equal(r.status, 200, r.text); return r.json.items.map((q) => q.ref); };

    test('one page, newest change first, in the documented shape', async () => {
      const [a, b] = [await carl.asks('First'), await carl.asks('Second')];
      const r = await carl.get('/requests');
      assert.deepEqual(Object.keys(r.json), ['items', 'next']);
      assert.deepEqual(refs(r), [b.ref, a.ref]);
      assert.equal(r.json.next, null);
      assert.deepEqual(Object.keys(r.json.items[0]), brief);
      await carl.post(`/requests/${a.ref}/messages`, { body: 'Any news?' });
      assert.deepEqual(refs(await carl.get('/requests')), [a.ref, b.ref]);
    });

    test('every page, nothing twice and nothing missing, while others write', async () => {
      const made = [];
      for (let i = 0; i < 23; i++) made.push((await bo.asks(`page ${i}`)).ref);
      const seen = [];
      let cursor = null, pages = 0;
      do {
        const r = await bo.get(`/requests?limit=5${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
        assert.ok(r.json.items.length <= 5);
        seen.push(...refs(r));
        cursor = r.json.next;
        if (++pages === 2) await bo.asks('in between');
      } while (cursor !== null);
      assert.equal(pages, 5);
      assert.deepEqual(seen, made.reverse());
    });

    test('limits are kept, cursors are ours', async () => {
      assert.equal(refs(await sofie.get('/requests?limit=1')).length, 1);
      assert.ok(refs(await sofie.get('/requests?limit=200')).length <= 200);
      for (const limit of ['0', '201', '-1', 'ten', '1e9', '5x']) refused(await sofie.get(`/requests?limit=${limit}`), 422, 'limit');
      for (const cursor of ['x', '1', '1-', '-', '1-2-3', "1-1' OR 1=1", '%00']) refused(await sofie.get(`/requests?cursor=${encodeURIComponent(cursor)}`), 400);
    });

    test('filters: state, ball, owner, team, kind, from, tag, outcome, list', async () => {
      const it = await ana.asks('Filter me', { kind: 'order' }), chair = await ana.asks('Filter my chair');
      await sofie.acts(it.ref, 'promise', { due: '2099-01-01T00:00:00Z' });
      await sofie.patch(`/requests/${it.ref}`, { tags: ['Printer', 'vpn'] });
      const has = async (who, query, ...want) => {
        const got = refs(await who.get(`/requests?limit=200&${query}`));
        assert.deepEqual([it, chair].filter((q) => got.includes(q.ref)).map((q) => q.subject), want.map((q) => q.subject), query);
      };
      await has(ana, 'state=PROMISED', it);
      await has(ana, 'state=REQUESTED', chair);
      await has(ana, 'ball=provider', it, chair);
      await has(ana, 'ball=customer');
      await has(sofie, 'owner=me', it);
      await has(ana, `owner=${w.sofie.id}`, it);
      await has(ana, 'owner=sofie@house.example', it);
      await has(ana, 'owner=nobody@nowhere.example');
      await has(ana, 'team=it', it);
      await has(ana, `team=${w.team.Facilities}`, chair);
      await has(ana, 'team=no%20such');
      await has(ana, 'kind=order', it);
      await has(ana, 'kind=order&state=REQUESTED');
      await has(sofie, 'from=ANA@acme.example', it);
      await has(sofie, 'from=carl@globex.example');
      await has(sofie, 'tag=printer', it);
      await has(sofie, 'tag=Printer&owner=me&state=PROMISED&ball=provider&team=IT&kind=order&from=ana@acme.example', it);
      await has(ana, 'outcome=kept');
      await has(sofie, 'list=court', it);
      await has(sofie, 'list=done');
      await has(fadi, 'list=team', chair);
      refused(await ana.get('/requests?state=OPEN'), 422, 'state');
      refused(await ana.get('/requests?ball=mine'), 422, 'ball');
      refused(await ana.get('/requests?list=every'), 422, 'list');
      refused(await ana.get('/requests?kind=wish'), 422, 'kind');
      refused(await ana.get('/requests?outcome=good'), 422, 'outcome');
    });

    test('full text over subject, messages and people', async () => {
      const q = await ana.asks('Quokka in the stairwell', { body: 'It smiles at Zürich.' });
      await sofie.post(`/requests/${q.ref}/messages`, { body: 'Is it a marsupial?' });
      await sofie.post(`/requests/${q.ref}/messages`, { body: 'Call the zookeeper quietly', visibility: 'internal' });
      const finds = async (who, words) => refs(await who.get(`/requests?q=${encodeURIComponent(words)}`)).includes(q.ref);
      await eventually(() => finds(sofie, 'zookeeper'));                   // the last that was said: all before it is found as well
      for (const words of ['quokka', 'QUOKKA', 'stairwell smiles', 'marsupial', 'zürich', 'zurich', 'Sousa', 'quokka marsupial', '"smiles at"'])
        assert.equal(await finds(ana, words), true, words);
      assert.equal(await finds(ana, '"at smiles"'), false);
      assert.equal(await finds(ana, 'zookeeper'), false, 'notes are found by those who serve only');
      assert.equal(await finds(ana, 'kangaroo'), false);
      assert.equal(await finds(carl, 'quokka'), false);
      assert.deepEqual(refs(await ana.get('/requests?q=quokka&state=DECLINED')), []);
      for (const words of ['"', '"quokka', '*', 'a AND (', 'NEAR(', '-', 'quokka OR', ':', "'", '\\', '!!!', '🙂', '\u0000', 'x'.repeat(3000), 'a '.repeat(2000)])
        assert.equal((await ana.get(`/requests?q=${encodeURIComponent(words)}`)).status, 200, JSON.stringify(words.slice(0, 20)));
    });
  });

  describe('changing', () => {
    test('subject, owner, team, tags, snooze; each alone, all at once', async () => {
      const q = await ana.asks('Change me');
      const r = await sofie.patch(`/requests/${q.ref}`, { subject: 'Changed' });
      assert.equal(r.status, 200, r.text);
      assert.deepEqual(Object.keys(r.json), whole);
      assert.equal(r.json.subject, 'Changed');
      assert.ok(r.json.version > q.version);
      assert.equal(r.headers.etag, `"${r.json.version}"`);
      assert.equal((await sofie.patch(`/requests/${q.ref}`, { owner: 'me' })).json.owner.id, w.sofie.id);
      assert.equal((await sofie.patch(`/requests/${q.ref}`, { owner: 'tomas@house.example' })).json.owner.name, 'Tomás Rey');
      assert.equal((await sofie.patch(`/requests/${q.ref}`, { owner: '' })).json.owner, null);
      assert.deepEqual((await sofie.patch(`/requests/${q.ref}`, { tags: ['Vpn', ' Äpfel ', 'vpn', ''] })).json.tags, ['vpn', 'äpfel']);
      assert.deepEqual((await sofie.patch(`/requests/${q.ref}`, { tags: [] })).json.tags, []);
      const all = (await sofie.patch(`/requests/${q.ref}`, { subject: 'At once', owner: 'me', tags: ['a'], team: 'it', snooze: null })).json;
      assert.deepEqual([all.subject, all.owner.id, all.tags, all.team.name], ['At once', w.sofie.id, ['a'], 'IT']);
      assert.equal(all.state, 'REQUESTED');
    });

    test('snooze hides it from the one who snoozes, null brings it back', async () => {
      const q = await ana.asks('Sleepy');
      const court = async (who) => (await who.get('/requests?list=court&limit=200')).json.items.some((x) => x.ref === q.ref);
      assert.equal((await sofie.patch(`/requests/${q.ref}`, { snooze: '2099-01-01T00:00:00Z' })).status, 200);
      assert.deepEqual([await court(sofie), await court(tomas)], [false, true]);
      assert.equal((await sofie.patch(`/requests/${q.ref}`, { snooze: null })).status, 200);
      assert.equal(await court(sofie), true);
      refused(await sofie.patch(`/requests/${q.ref}`, { snooze: '2020-01-01T00:00:00Z' }), 422, 'snooze');
      refused(await sofie.patch(`/requests/${q.ref}`, { snooze: 'later' }), 422, 'snooze');
    });

    test('a team gives it away and sees it no more: done, nothing to show', async () => {
      const q = await ana.asks('Not ours');
      const r = await sofie.patch(`/requests/${q.ref}`, { team: 'Facilities' });
      assert.equal(r.status, 204, r.text);
      assert.equal(r.text, '');
      refused(await sofie.get(`/requests/${q.ref}`), 404);
      assert.equal((await fadi.reads(q.ref)).team.name, 'Facilities');
    });

    test('what is wrong is named and nothing is changed', async () => {
      const q = await ana.asks('Stay');
      const wrong = [[{ owner: 'fadi@house.example' }, 'owner'], [{ owner: 'nobody@nowhere.example' }, 'owner'], [{ team: 'No such' }, 'team'], [{ subject: '' }, 'subject'],
        [{ subject: 'New', tags: ['x'.repeat(41)] }, 'tags'], [{ tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, 'tags'], [{ tags: 'a' }, 'tags'],
        [{ state: 'ACCEPTED' }, 'state'], [{ subject: 'New', ball: 'customer' }, 'ball'], [{ team: 7 }, 'team'], [{ team: '' }, 'team']];
      for (const [body, field] of wrong) refused(await sofie.patch(`/requests/${q.ref}`, body), 422, field);
      const now = await sofie.reads(q.ref);
      assert.deepEqual([now.subject, now.version, now.tags], ['Stay', q.version, []]);
    });

    test('only those who serve it', async () => {
      const q = await ana.asks('Hands off');
      refused(await ana.patch(`/requests/${q.ref}`, { subject: 'Mine' }), 403);
      refused(await carl.patch(`/requests/${q.ref}`, { subject: 'Mine' }), 403);
      refused(await fadi.patch(`/requests/${q.ref}`, { subject: 'Mine' }), 404);
      const own = await sofie.asks('I asked this myself');
      refused(await sofie.patch(`/requests/${own.ref}`, { subject: 'x' }), 403);
      assert.equal((await noor.patch(`/requests/${q.ref}`, { subject: 'An administrator may' })).status, 200);
    });

    test('If-Match: what was read is what is changed', async () => {
      const q = await ana.asks('Versions');
      const v = (await sofie.get(`/requests/${q.ref}`)).headers.etag;
      const first = await sofie.patch(`/requests/${q.ref}`, { subject: 'One' }, { 'if-match': v });
      assert.equal(first.status, 200);
      for (const call of [() => sofie.patch(`/requests/${q.ref}`, { subject: 'Two' }, { 'if-match': v }),
        () => tomas.post(`/requests/${q.ref}/messages`, { body: 'late' }, { 'if-match': v }),
        () => tomas.acts(q.ref, 'promise', { due: '2099-01-01T00:00:00Z' }, { 'if-match': v }),
        () => sofie.patch(`/requests/${q.ref}`, { subject: 'Two' }, { 'if-match': '"0"' }),
        () => sofie.patch(`/requests/${q.ref}`, { subject: 'Two' }, { 'if-match': `W/${first.headers.etag}` })]) {
        const r = await call();
        refused(r, 409);
      }
      assert.equal((await sofie.reads(q.ref)).version, first.json.version);
      assert.equal((await sofie.patch(`/requests/${q.ref}`, { subject: 'Three' }, { 'if-match': '*' })).status, 200);
      const now = (await sofie.get(`/requests/${q.ref}`)).headers.etag;
      assert.equal((await sofie.patch(`/requests/${q.ref}`, { subject: 'Four' }, { 'if-match': `"0", ${now}` })).status, 200);
    });

    test('of two who change one version at the same moment, one wins', async () => {
      const q = await ana.asks('A race');
      const v = (await sofie.get(`/requests/${q.ref}`)).headers.etag;
      const got = await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 ? sofie : tomas).patch(`/requests/${q.ref}`, { subject: `by ${i}` }, { 'if-match': v })));
      assert.deepEqual(got.map((r) => r.status).sort(), [200, 409, 409, 409, 409, 409, 409, 409]);
      assert.equal((await sofie.reads(q.ref)).subject, got.find((r) => r.status === 200).json.subject);
    });
  });

  describe('talking', () => {
    test('201 with the message; those who serve send mail, the asker does not', async () => {
      const q = await ana.asks('Talk');
      const mails = () => one(desk, `SELECT count(*) AS n FROM outbox WHERE request_id = ${q.id} AND kind = 'reply'`);
      const said = await ana.post(`/requests/${q.ref}/messages`, { body: 'More *words*', format: 'plain' });
      assert.equal(said.status, 201, said.text);
      assert.deepEqual(Object.keys(said.json), ['id', 'at', 'side', 'visibility', 'channel', 'format', 'body', 'quoted', 'trusted', 'files', 'attachments', 'author']);
      assert.deepEqual([said.json.side, said.json.visibility, said.json.format, said.json.body], ['customer', 'public', 'plain', 'More *words*']);
      assert.equal(mails(), 0);
      const answered = await sofie.post(`/requests/${q.ref}/messages`, { body: 'We look.' });
      assert.deepEqual([answered.json.side, answered.json.author.id, answered.json.format], ['provider', w.sofie.id, 'markdown']);
      assert.equal(mails(), 1);
      const now = await sofie.reads(q.ref);
      assert.equal(now.owner.id, w.sofie.id, 'who answers first has it');
      assert.equal(now.excerpt, 'We look.');
      assert.deepEqual(now.messages.map((m) => m.body), ['Talk', 'More *words*', 'We look.']);
      assert.equal(answered.headers.etag, `"${now.version}"`);
    });

    test('notes are among those who serve', async () => {
      const q = await ana.asks('Quiet');
      const mails = one(desk, 'SELECT count(*) AS n FROM outbox');
      const note = await sofie.post(`/requests/${q.ref}/messages`, { body: 'Between us', visibility: 'internal' });
      assert.equal(note.status, 201);
      assert.equal(note.json.visibility, 'internal');
      assert.equal(one(desk, 'SELECT count(*) AS n FROM outbox'), mails);
      assert.equal((await tomas.reads(q.ref)).messages.length, 2);
      const seen = await ana.get(`/requests/${q.ref}`);
      assert.equal(seen.json.messages.length, 1);
      assert.doesNotMatch(seen.text, /Between us/);
      refused(await ana.post(`/requests/${q.ref}/messages`, { body: 'me too', visibility: 'internal' }), 403);
    });

    test('a copy reads and writes along from now on, and gets mail', async () => {
      const q = await ana.asks('With a copy');
      const cora = as(desk, w.cora);
      refused(await cora.get(`/requests/${q.ref}`), 404);
      const r = await sofie.post(`/requests/${q.ref}/messages`, { body: 'Cora knows', cc: ['cora@other.example'], to: ['ana@acme.example'] });
      assert.equal(r.status, 201, r.text);
      assert.deepEqual((await cora.reads(q.ref)).people, [{ id: w.cora.id, name: 'Cora Nakamura', role: 'copy' }]);
      assert.deepEqual(rows(desk, `SELECT to_mail FROM outbox WHERE request_id = ${q.id} AND kind = 'reply' ORDER BY to_mail`).map((x) => x.to_mail), ['ana@acme.example', 'cora@other.example']);
      assert.equal((await cora.post(`/requests/${q.ref}/messages`, { body: 'I do' })).json.side, 'other');
      refused(await sofie.post(`/requests/${q.ref}/messages`, { body: 'x', cc: ['no address'] }), 422, 'cc');
    });

    test('only the two sides let others in', async () => {
      const q = await ana.asks('Closed circle');
      await sofie.post(`/requests/${q.ref}/messages`, { body: 'Cora knows', cc: ['cora@other.example'] });
      refused(await as(desk, w.cora).post(`/requests/${q.ref}/messages`, { body: 'and my friend', cc: ['carl@globex.example'] }), 403);
      refused(await carl.get(`/requests/${q.ref}`), 404);
    });

    test('asking hands the ball over, answering gives it back', async () => {
      const q = await ana.asks('Ball');
      await sofie.post(`/requests/${q.ref}/messages`, { body: 'Which one?', asks: true });
      assert.deepEqual([(await ana.reads(q.ref)).ball, (await ana.reads(q.ref)).state], ['customer', 'REQUESTED']);
      await ana.post(`/requests/${q.ref}/messages`, { body: 'The left one.' });
      assert.equal((await ana.reads(q.ref)).ball, 'provider');
    });

    test('what is wrong is named', async () => {
      const q = await ana.asks('Wrong words');
      const wrong = [[{}, 'body'], [{ body: '  ' }, 'body'], [{ body: 'x', format: 'html' }, 'format'], [{ body: 'x', visibility: 'secret' }, 'visibility'],
        [{ body: 'x', asks: 'yes' }, 'asks'], [{ body: ['x'] }, 'body'], [{ body: 'x', attachments: ['one'] }, 'attachments'], [{ body: 'x', bcc: [] }, 'bcc']];
      for (const [body, field] of wrong) refused(await sofie.post(`/requests/${q.ref}/messages`, body), 422, field);
      refused(await carl.post(`/requests/${q.ref}/messages`, { body: 'x' }), 404);
      assert.equal((await ana.reads(q.ref)).messages.length, 1);
    });
  });

  describe('Idempotency-Key', () => {
    test('the second call is answered as the first, and does nothing', async () => {
      const key = { 'idempotency-key': 'one' };
      const [a, b] = [await ana.post('/requests', { subject: 'Once' }, key), await ana.post('/requests', { subject: 'Once' }, key)];
      assert.equal(b.status, a.status);
      assert.equal(b.text, a.text);
      for (const name of ['content-type', 'location', 'etag']) assert.equal(b.headers[name], a.headers[name], name);
      assert.equal(a.headers['idempotency-replayed'], undefined);
      assert.equal(b.headers['idempotency-replayed'], 'true');
      const q = a.json, promise = { act: 'promise', due: '2099-01-01T00:00:00Z' };
      const [c, d] = [await sofie.post(`/requests/${q.ref}/acts`, promise, key), await sofie.post(`/requests/${q.ref}/acts`, promise, key)];
      assert.deepEqual([c.status, d.status], [201, 201]);
      assert.equal((await sofie.reads(q.ref)).acts.length, 2);
    });

    test('it is one person’s, of one call, with one body', async () => {
      const key = { 'idempotency-key': 'two' };
      const a = await ana.post('/requests', { subject: 'Hers' }, key);
      const b = await bo.post('/requests', { subject: 'Hers' }, key);
      assert.equal(b.status, 201);
      assert.notEqual(b.json.ref, a.json.ref);
      refused(await ana.post('/requests', { subject: 'Another' }, key), 409);
      refused(await ana.post(`/requests/${a.json.ref}/messages`, { body: 'x' }, key), 409);
    });

    test('what was refused may be sent again', async () => {
      const key = { 'idempotency-key': 'three' };
      refused(await ana.post('/requests', {}, key), 422);
      assert.equal((await ana.post('/requests', { subject: 'Now' }, key)).status, 201);
      refused(await ana.post('/requests', { subject: 'x' }, { 'idempotency-key': 'k'.repeat(300) }), 422);
    });

    test('many at once make one', async () => {
      const key = { 'idempotency-key': 'four' };
      const got = await Promise.all(Array.from({ length: 12 }, () => ana.post('/requests', { subject: 'A burst' }, key)));
      for (const r of got) assert.ok(r.status === 201, r.text);
      assert.equal(new Set(got.map((r) => r.json.ref)).size, 1);
      assert.equal(one(desk, "SELECT count(*) AS n FROM request WHERE subject = 'A burst'"), 1);
    });
  });
});
