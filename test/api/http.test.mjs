// HTTP itself: what comes back for what is well formed, wrong, too large, too much, from a stranger.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import { startDesk, stores, raw } from './desk.mjs';

for (const store of stores) describe(`HTTP on ${store}`, () => {
  let desk;
  before(async () => { desk = await startDesk({ store, settings: { max_upload: '256kB' } }); });
  after(() => desk?.stop());

  test('it lives, is ready, counts', async () => {
    const live = await desk.ask('/healthz');
    assert.equal(live.status, 200);
    assert.equal(live.text, 'ok\n');
    assert.equal((await desk.ask('/readyz')).status, 200);
    const m = await desk.ask('/metrics');
    assert.match(m.headers['content-type'], /text\/plain; version=0\.0\.4/);
    assert.match(m.text, /^cornerdesk_http_answers_total\{class="2xx"\} [1-9]/m);
  });

  test('every answer has the headers that keep a page safe', async () => {
    for (const path of ['/healthz', '/signin', '/no-such-page', '/api/v1/no-such-thing']) {
      const h = (await desk.ask(path)).headers;
      assert.match(h['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/, path);
      assert.equal(h['x-content-type-options'], 'nosniff');
      assert.equal(h['referrer-policy'], 'same-origin');
    }
  });

  test('404 is a page for people and problem+json for programs', async () => {
    const page = await desk.ask('/no-such-page');
    assert.equal(page.status, 404);
    assert.match(page.headers['content-type'], /text\/html/);
    assert.match(page.text, /<h1[^>]*>This page isn’t here<\/h1>/);
    const api = await desk.api('/no-such-thing');
    assert.equal(api.status, 404);
    assert.match(api.headers['content-type'], /application\/problem\+json/);
    assert.deepEqual(Object.keys(api.json), ['type', 'title', 'status', 'detail']);
    assert.equal(api.json.status, 404);
  });

  test('405 says what the address takes', async () => {
    const r = await desk.ask('/healthz', { method: 'POST' });
    assert.equal(r.status, 405);
    assert.equal(r.headers.allow, 'GET, HEAD');
    assert.equal((await desk.ask('/healthz', { method: 'TRACE' })).status, 405);
    for (const method of ['TRACE', 'OPTIONS', 'FLY']) {
      const p = await desk.api('/requests', { method });
      assert.equal(p.status, 405);
      assert.match(p.headers['content-type'], /^application\/problem\+json/, 'a program called');
    }
  });

  test('HEAD answers as GET without the body', async () => {
    const r = await desk.ask('/healthz', { method: 'HEAD' });
    assert.equal(r.status, 200);
    assert.equal(r.headers['content-length'], '3');
    assert.equal(r.text, '');
  });

  test('broken UTF-8 in JSON is repaired where it can be seen', async () => {
    const r = await desk.api('/requests', { method: 'POST', body: Buffer.from('{"subject":"caf\xe9 at noon","body":"\xff\xfe"}', 'latin1'), headers: { 'content-type': 'application/json' } });
    assert.equal(r.status, 201, r.text);
    assert.equal(r.json.subject, 'caf\ufffd at noon');
  });

  test('400 for JSON that is none, with where it went wrong', async () => {
    const r = await desk.api('/requests', { method: 'POST', body: '{"subject": "x",}', headers: { 'content-type': 'application/json' } });
    assert.equal(r.status, 400);
    assert.match(r.json.detail, /line 1/);
  });

  test('400 and the connection closed where the length is not clear', async () => {
    const both = await raw(desk.port, 'POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n');
    assert.match(both, /^HTTP\/1\.1 400 /);
    const two = await raw(desk.port, 'POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd');
    assert.match(two, /^HTTP\/1\.1 400 /);
    const odd = await raw(desk.port, 'POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n');
    assert.match(odd, /^HTTP\/1\.1 400 /);
    assert.match(await raw(desk.port, 'GET /healthz HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 400 /);          // no Host
    assert.match(await raw(desk.port, 'GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 (400|404) /);
    assert.equal((await desk.ask('/healthz')).status, 200);
  });

  test('415 for a body of another kind', async () => {
    const r = await desk.api('/requests', { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } });
    assert.equal(r.status, 415);
    assert.match(r.json.detail, /text\/xml/);
  });

  test('413 with the limit in words, stated and unstated length', async () => {
    const big = Buffer.alloc(300 * 1024, 'x');
    const sent = await desk.api('/requests', { method: 'POST', body: big, headers: { 'content-type': 'application/json', 'content-length': big.length } });
    assert.equal(sent.status, 413);
    assert.match(sent.json.detail, /256 kB/);
    const chunked = await desk.api('/requests', { method: 'POST', body: big, headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' } });
    assert.equal(chunked.status, 413);
    assert.match(chunked.json.detail, /256 kB/);
  });

  test('Expect: 100-continue is kept, and refused before the body comes', async () => {
    const body = JSON.stringify({ subject: 'Waits for the nod' });
    const go = await raw(desk.port, `POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${desk.token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n${body}`);
    assert.match(go, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
    const no = await raw(desk.port, `POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n`);
    assert.match(no, /^HTTP\/1\.1 413 /);
  });

  test('431 or 400 for headers without end', async () => {
    assert.match(await raw(desk.port, `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(40000)}\r\n\r\n`), /^HTTP\/1\.1 (431|400|413) /);
  });

  test('broken UTF-8 in an address is mended, not believed', async () => {
    const r = await raw(desk.port, 'GET /signin?then=%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    assert.match(r, /^HTTP\/1\.1 200 /);
    assert.match(r, /value="�"/u);
  });

  test('pages are gzipped for those who take it, small answers are not', async () => {
    const r = await desk.ask('/signin', { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(r.headers['content-encoding'], 'gzip');
    assert.match(zlib.gunzipSync(r.bytes).toString(), /<h1/);
    assert.equal((await desk.ask('/healthz', { headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding'], undefined);
  });

  test('static files live at the hash of their bytes, for ever', async () => {
    const page = await desk.ask('/signin');
    const css = /href="(\/static\/cornerdesk\.[0-9a-f]+\.css)"/.exec(page.text)[1];
    const r = await desk.ask(css, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(r.status, 200);
    assert.match(r.headers['cache-control'], /immutable/);
    assert.match(r.headers['content-type'], /^text\/css/);
    assert.match(zlib.gunzipSync(r.bytes).toString(), /@layer/);
    assert.equal((await desk.ask(css.replace(/[0-9a-f]{6}\.css/, '000000.css'))).status, 404);
    assert.equal((await desk.ask('/static/../../etc/passwd')).status, 404);
  });

  test('a slow sender holds up nobody', async () => {
    const slow = raw(desk.port, 'POST /signin HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na', 1500);
    const at = Date.now();
    assert.equal((await desk.ask('/healthz')).status, 200);
    assert.ok(Date.now() - at < 1400);
    await slow;
  });

  test('401 for a token that is none, also where anybody may look', async () => {
    const r = await desk.api('/requests', { token: 'cdk_made-up' });
    assert.equal(r.status, 401);
    assert.equal(r.headers['www-authenticate'], 'Bearer');
    assert.equal((await desk.ask('/api/v1/requests')).status, 401);
  });

  test('an Idempotency-Key makes two calls one', async () => {
    const call = { method: 'POST', body: { subject: 'Once' }, headers: { 'idempotency-key': 'k-1' } };
    const [a, b] = [await desk.api('/requests', call), await desk.api('/requests', call)];
    assert.equal(a.status, 201);
    assert.equal(b.status, 201);
    assert.equal(a.json.ref, b.json.ref);
    assert.equal(b.headers['idempotency-replayed'], 'true');
    const other = await desk.api('/requests', { ...call, body: { subject: 'Twice' } });
    assert.equal(other.status, 409);
  });
});

describe('rates', () => {
  test('429 with when to come back; other callers go on', async () => {
    const desk = await startDesk({ settings: { rate: 0.05 } });      // COST_CHANGE: 10 at once
    try {
      const seen = new Set();
      let last;
      for (let i = 0; i < 15; i++) { last = await desk.api('/requests', { method: 'POST', body: { subject: `n ${i}` } }); seen.add(last.status); }
      assert.deepEqual([...seen].sort(), [201, 429]);
      assert.ok(Number(last.headers['retry-after']) >= 1);
      assert.match(last.json.detail, /second/);
      assert.equal((await desk.api('/requests', { method: 'POST', body: { subject: 'somebody else' }, token: desk.tokenOf('noor@desk.example') })).status, 201);
    } finally { await desk.stop(); }
  });
});
