// People and files by program: who may see and change whom, what is wrong is named, files are found again.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDesk, stores } from './desk.mjs';
import { makeWorld, as, refused } from './world.mjs';
import { upload } from './plant.mjs';

for (const store of stores) describe(`people on ${store}`, () => {
  let desk, w, ana, bo, sofie, noor;
  before(async () => {
    desk = await startDesk({ store, admin: false });
    w = makeWorld(desk);
    [ana, bo, sofie, noor] = ['ana', 'bo', 'sofie', 'noor'].map((k) => as(desk, w[k]));
  });
  after(() => desk?.stop());

  test('somebody new, with what they are called', async () => {
    const r = await sofie.post('/people', { name: 'Zoë Wild', email: 'Zoe@Wild.example', lang: 'nl', zone: 'Europe/Brussels' });
    assert.equal(r.status, 201, r.text);
    assert.equal(r.headers.location, `/api/v1/people/${r.json.id}`);
    assert.deepEqual([r.json.email, r.json.lang, r.json.zone, r.json.role], ['zoe@wild.example', 'nl', 'Europe/Brussels', 'asker']);
    refused(await sofie.post('/people', { name: 'Zoë', email: 'zoe@wild.example' }), 409);
    refused(await ana.post('/people', { name: 'Zoë', email: 'z@wild.example' }), 403);
  });

  test('what is wrong is named', async () => {
    const x = { name: 'X', email: 'x@wild.example' }, long = 'z'.repeat(300);
    for (const [field, value] of [['email', 'none'], ['email', `${long}@wild.example`], ['name', ''], ['name', long], ['title', long], ['say_name', long], ['pronouns', long],
      ['zone', 'Mars/Base'], ['lang', long], ['colour', 'red']]) refused(await sofie.post('/people', { ...x, [field]: value }), 422, field);
    refused(await sofie.get('/people?role=king'), 422, 'role');
    refused(await sofie.get(`/people/${w.team.IT}`), 404);
  });

  test('changed by who looks after the desk, and by oneself in how one is spoken to', async () => {
    const seen = await noor.get(`/people/${w.bo.id}`);
    const r = await noor.post(`/people/${w.bo.id}`, { title: 'Buyer', email: 'bo.lindqvist@acme.example' }, { 'if-match': seen.headers.etag });
    assert.equal(r.status, 200, r.text);
    assert.deepEqual([r.json.name, r.json.title, r.json.email], ['Bo Lindqvist', 'Buyer', 'bo.lindqvist@acme.example']);
    assert.deepEqual(r.json.addresses.map((a) => a.email).sort(), ['bo.lindqvist@acme.example', 'bo@acme.example']);
    refused(await noor.post(`/people/${w.bo.id}`, { title: 'Seller' }, { 'if-match': seen.headers.etag }), 409);
    assert.equal((await bo.post(`/people/${w.bo.id}`, { pronouns: 'they/them' })).json.pronouns, 'they/them');
    refused(await bo.post(`/people/${w.bo.id}`, { title: 'Chief' }), 403);
    refused(await bo.post(`/people/${w.ana.id}`, { name: 'A' }), 404);
    refused(await sofie.post(`/people/${w.ana.id}`, { name: 'A' }), 403);
    refused(await noor.post(`/people/${w.bo.id}`, { zone: 'Nowhere' }), 422, 'zone');
    refused(await noor.post(`/people/${w.bo.id}`, { email: 'ana@acme.example' }), 409);
    refused(await noor.post(`/people/${w.team.IT}`, { name: 'A' }), 404);
  });

  test('a file goes along with a message by its number, and is found at it', async () => {
    const q = await ana.asks('Look at this');
    const one = await upload(ana, q.ref, 'one.txt', 'first'), two = await upload(ana, q.ref, 'two.txt', 'second');
    const said = await ana.post(`/requests/${q.ref}/messages`, { body: 'Here', attachments: [one, String(two)] });
    assert.equal(said.status, 201, said.text);
    const files = [{ id: one, name: 'one.txt', size: 5 }, { id: two, name: 'two.txt', size: 6 }];
    assert.deepEqual(said.json.attachments.map(({ type, ...f }) => f), files);
    const seen = (await sofie.reads(q.ref)).messages.at(-1);
    assert.deepEqual(seen.attachments, said.json.attachments);
    assert.equal((await sofie.get(`/attachments/${one}`)).text, 'first');
    const note = await upload(sofie, q.ref, 'note.txt', 'among us');
    assert.equal((await sofie.post(`/requests/${q.ref}/messages`, { body: 'A note', visibility: 'internal', attachments: [note] })).status, 201);
    assert.ok(!JSON.stringify((await ana.reads(q.ref)).messages).includes('note.txt'));
    refused(await ana.post(`/requests/${q.ref}/messages`, { body: 'x', attachments: [note] }), 422, 'attachments');
  });

  test('nothing is longer than it is of use', async () => {
    const long = 'z'.repeat(5000), q = await ana.asks('Long words');
    refused(await ana.post('/requests', { subject: 'x', bar: { told: long } }), 422, 'bar.told');
    refused(await ana.post('/requests', { subject: 'x', bar: { good: long } }), 422, 'bar.good');
    refused(await ana.post('/requests', { subject: 'x', lang: long }), 422, 'lang');
    refused(await sofie.acts(q.ref, 'promise', { due: '2099-01-01T00:00:00Z', conditions: ['fine', long] }), 422, 'conditions');
    refused(await sofie.acts(q.ref, 'decline', { text: 'no', where_else: long }), 422, 'where_else');
    refused(await sofie.post(`/requests/${q.ref}/messages`, { body: 'x', cc: Array.from({ length: 51 }, (_, i) => `c${i}@x.example`) }), 422, 'cc');
  });
});
