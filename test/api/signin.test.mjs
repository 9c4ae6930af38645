// Coming in and going out: who gets in, who does not, what a stranger can learn.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { command, startDesk, stores } from './desk.mjs';

for (const store of stores) describe(`sign-in on ${store}`, () => {
  let desk;
  before(async () => { desk = await startDesk({ store }); });
  after(() => desk?.stop());

  test('a page that wants a person leads to sign-in and back', async () => {
    const b = desk.browser();
    const r = await b.go('/my?x=1');
    assert.equal(r.status, 303);
    assert.equal(r.headers.location, '/signin?then=%2Fmy%3Fx%3D1');
    await b.go(r.headers.location + '&with=password');
    const wrong = await b.post('/signin', { how: 'password', mail: 'noor@desk.example', password: 'not this one', then: '/my?x=1' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /role="alert"/);
    assert.match(wrong.text, /value="noor@desk.example"/);
    assert.ok(!wrong.headers['set-cookie']?.some((c) => c.startsWith('cd_s=')));
    const right = await b.post('/signin', { how: 'password', mail: 'Noor@Desk.example', password: 'a long sentence', then: '/my?x=1' });
    assert.equal(right.status, 303);
    assert.equal(right.headers.location, '/my?x=1');
    const cookie = right.headers['set-cookie'].find((c) => c.startsWith('cd_s='));
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Lax/);
    assert.equal((await b.go('/my')).status, 200);
  });

  test('an unknown address, a known one without a password, a wrong password: the same words', async () => {
    const texts = [];
    for (const mail of ['nobody@desk.example', 'ana@desk.example', 'noor@desk.example']) {
      const b = desk.browser();
      await b.go('/signin?with=password');
      const r = await b.post('/signin', { how: 'password', mail, password: 'guess guess guess' });
      assert.equal(r.status, 422);
      texts.push(r.text.replaceAll(mail, 'X').replace(/name="csrf" value="[^"]*"/g, ''));
    }
    assert.equal(new Set(texts).size, 1);
  });

  test('asking for a link: the same words whether the address is known, and the same rows', async () => {
    const texts = [];
    for (const mail of ['ana@desk.example', 'nobody@desk.example']) {
      const b = desk.browser();
      await b.go('/signin');
      const r = await b.post('/signin', { how: 'link', mail });
      assert.equal(r.status, 200);
      texts.push(r.text.replaceAll(mail, 'X'));
    }
    assert.equal(texts[0], texts[1]);
  });

  test('a form without its token, with another browser’s token, from another site: refused', async () => {
    const a = desk.browser(), b = desk.browser();
    await a.go('/signin'); await b.go('/signin');
    assert.equal((await a.post('/signin', { csrf: '', how: 'link', mail: 'ana@desk.example' })).status, 403);
    assert.equal((await a.post('/signin', { csrf: b.csrf, how: 'link', mail: 'ana@desk.example' })).status, 403);
    assert.equal((await a.post('/signin', { how: 'link', mail: 'ana@desk.example' }, { headers: { origin: 'https://evil.example' } })).status, 403);
    assert.equal((await a.post('/signin', { how: 'link', mail: 'ana@desk.example' }, { headers: { origin: desk.url } })).status, 200);
  });

  test('signing out ends the session, not only the cookie', async () => {
    const b = desk.browser();
    await b.go('/signin?with=password');
    await b.post('/signin', { how: 'password', mail: 'noor@desk.example', password: 'a long sentence' });
    const kept = new Map(b.cookies);
    await b.go('/my');
    const page = await b.go('/signin?with=password');
    assert.equal(page.status, 303);                         // is in already
    const form = await b.go('/me');
    assert.equal(form.status, 200);
    const out = await b.post('/signout', {});
    assert.equal(out.status, 303);
    assert.equal((await b.go('/my')).status, 303);
    const thief = desk.browser();
    thief.cookies = kept;
    assert.equal((await thief.go('/my')).status, 303);
  });

  test('sample people are refused where there is no sample organisation', async () => {
    const b = desk.browser();
    await b.go('/signin');
    assert.equal((await b.post('/signin', { how: 'sample', person: '2' })).status, 403);
  });

  test('a foreign then is not followed', async () => {
    for (const then of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      const b = desk.browser();
      await b.go('/signin?with=password');
      const r = await b.post('/signin', { how: 'password', mail: 'noor@desk.example', password: 'a long sentence', then });
      assert.equal(r.headers.location, '/');
    }
  });

  test('the API takes no cookie without a form token, and a token acts as its person', async () => {
    const b = desk.browser();
    await b.go('/signin?with=password');
    await b.post('/signin', { how: 'password', mail: 'noor@desk.example', password: 'a long sentence' });
    assert.equal((await b.go('/api/v1/requests')).status, 200);
    const r = await b.go('/api/v1/requests', { method: 'POST', body: { subject: 'x' } });
    assert.equal(r.status, 403);
    const mine = await desk.api('/requests', { method: 'POST', body: { subject: 'of Ana' }, token: desk.tokenOf('ana@desk.example') });
    assert.equal(mine.status, 201);
    assert.equal(mine.json.asker.email, 'ana@desk.example');
  });

  test('a mailed link that is none is a clear page', async () => {
    const r = await desk.ask('/k/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    assert.equal(r.status, 404);
    assert.match(r.text, /too old, or it was not copied whole/);
  });

  test('disabled people are out at once', async () => {
    const b = desk.browser();
    const said = (input) => command(['person', 'add', '--name', 'Bo', '--email', 'bo@desk.example', '--password', '-'], { env: desk.env, input });
    assert.match(said('short\n').stderr, /at least 10 characters/);
    assert.equal(said('another sentence\n').status, 0);
    await b.go('/signin?with=password');
    assert.equal((await b.post('/signin', { how: 'password', mail: 'bo@desk.example', password: 'another sentence' })).status, 303);
    assert.equal((await b.go('/my')).status, 200);
    assert.equal(desk.run('person', 'disable', 'bo@desk.example').status, 0);
    assert.equal((await b.go('/my')).status, 303);
  });
});

test('cookies of an https site are Secure and bound to the host; HSTS is said', async () => {
  const desk = await startDesk({ settings: { public_url: 'https://help.example.org' } });
  try {
    const r = await desk.ask('/signin');
    assert.match(r.headers['set-cookie'][0], /^__Host-cd_f=.*; Secure$/);
    assert.match(r.headers['strict-transport-security'], /max-age=/);
  } finally { await desk.stop(); }
});
