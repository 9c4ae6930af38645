// What was answered with success is on disk, whatever happens next; what cannot be kept is refused with a clear sentence.
import { test, describe } from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, startDesk, stores, top } from './desk.mjs';

// Many callers that make requests until told to stop; which subjects were sent, which were acknowledged, what else came.
function load(desk, callers, tag) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: callers });
  const said = { sent: new Set(), acknowledged: new Map(), other: [] };
  let on = true, n = 0;
  const caller = async () => {
    while (on) {
      const subject = `${tag} ${++n}`;
      said.sent.add(subject);
      try {
        const r = await desk.api('/requests', { method: 'POST', body: { subject }, agent });
        if (r.status === 201) said.acknowledged.set(subject, r.json.ref);
        else said.other.push(r);
      } catch { if (desk.process.exitCode !== null || desk.process.signalCode !== null || said.ending) return; }
    }
  };
  const all = Promise.all(Array.from({ length: callers }, caller));
  said.until = async (count) => { while (said.acknowledged.size < count) await new Promise((r) => setImmediate(r)); };
  said.stop = async () => { on = false; await all; agent.destroy(); };
  return said;
}

async function subjects(desk) {
  const found = new Map();
  for (let cursor = ''; cursor !== null;) {
    const r = await desk.api(`/requests?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    assert.equal(r.status, 200, r.text);
    for (const q of r.json.items) found.set(q.subject, (found.get(q.subject) || 0) + 1);
    cursor = r.json.next;
  }
  return found;
}

for (const store of stores) describe(`durable on ${store}`, () => {
  test('killed under load: all that was acknowledged is there, once, and verifies', async () => {
    const desk = await startDesk({ store });
    try {
      const acknowledged = new Set();
      for (let round = 0; round < 3; round++) {
        const l = load(desk, 16, `round ${round}`);
        await l.until(60 + round * 37);
        await desk.kill('SIGKILL');
        await l.stop();
        for (const s of l.acknowledged.keys()) acknowledged.add(s);
        await desk.start();
      }
      const found = await subjects(desk);
      for (const s of acknowledged) assert.equal(found.get(s), 1, `${s} was acknowledged`);
      const v = desk.run('verify');
      assert.equal(v.status, 0, v.stdout + v.stderr);
    } finally { await desk.stop(); }
  });

  test('SIGTERM under load: what was done was answered, what was answered was done', async () => {
    const desk = await startDesk({ store });
    try {
      const l = load(desk, 16, 'term');
      await l.until(80);
      l.ending = true;
      const end = await desk.kill('SIGTERM');
      assert.equal(end.code, 0, desk.log);
      await l.stop();
      await desk.start();
      const found = await subjects(desk);
      assert.deepEqual([...found.keys()].sort(), [...l.acknowledged.keys()].sort());
      assert.equal(l.other.length, 0);
    } finally { await desk.stop(); }
  });
});

function faultyDisk() {
  const dir = mkdtempSync(join(tmpdir(), 'fault-')), lib = join(dir, 'nospace.so'), file = join(dir, 'fault');
  const r = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', lib, join(top, 'test/api/nospace.c'), '-ldl'], { encoding: 'utf8' });
  assert.equal(r.status, 0, r.stderr);
  writeFileSync(file, '');
  const asan = `${process.env.ASAN_OPTIONS ? process.env.ASAN_OPTIONS + ':' : ''}verify_asan_link_order=0`;
  return { environment: { LD_PRELOAD: lib, FAULT_FILE: file, ASAN_OPTIONS: asan }, set: (kind) => writeFileSync(file, kind), drop: () => rmSync(dir, { recursive: true }) };
}

for (const [kind, words] of [['full', 'a full disk'], ['sync', 'a disk that cannot sync']]) {
  test(`${words}: 503 with Retry-After, nothing half-way, and it recovers by itself`, async () => {
    const disk = faultyDisk();
    const desk = await startDesk({ environment: disk.environment });
    try {
      const made = async (subject) => desk.api('/requests', { method: 'POST', body: { subject } });
      assert.equal((await made('before')).status, 201);
      disk.set(kind);
      const refused = await Promise.all(Array.from({ length: 20 }, (_, i) => made(`during ${i}`)));
      for (const r of refused) {
        assert.equal(r.status, 503, r.text);
        assert.ok(Number(r.headers['retry-after']) > 0);
        assert.match(r.json.detail, /Nothing was changed/);
      }
      assert.equal((await desk.api('/requests')).status, 200);                // reading goes on
      if (kind === 'full') {
        const big = await desk.api('/requests', { method: 'POST', body: { subject: 'spooled', body: 'x'.repeat(100000) } });
        assert.equal(big.status, 503, big.text);
      }
      for (const args of [['token', 'new', '--person', 'sofie@desk.example', '--name', 'lost'], ['person', 'add', '--name', 'Lost', '--email', 'lost@desk.example']]) {
        const r = command(args, { env: { ...desk.env, ...disk.environment } });
        assert.equal(r.status, 75, r.stderr);
        assert.equal(r.stdout, '', 'nothing is told that was not kept');
        assert.match(r.stderr, kind === 'full' ? /disk is full; make room where .*cornerdesk\.db is/ : /disk/);
      }
      disk.set('');
      assert.equal((await made('after')).status, 201);
      const found = await subjects(desk);
      assert.deepEqual([...found.keys()].sort(), ['after', 'before']);
      const v = desk.run('verify');
      assert.equal(v.status, 0, v.stdout + v.stderr);
    } finally { await desk.stop(); disk.drop(); }
  });
}

test('PostgreSQL gone: 503, not ready, and back when it is back', async () => {
  const { pgDatabase } = await import('./desk.mjs');
  const database = pgDatabase();
  const desk = await startDesk({ database });
  try {
    assert.equal((await desk.api('/requests', { method: 'POST', body: { subject: 'before' } })).status, 201);
    const cut = () => database.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}'`);
    database.sql(`ALTER DATABASE ${database.name} WITH ALLOW_CONNECTIONS false`);
    cut();
    const r = await desk.api('/requests', { method: 'POST', body: { subject: 'during' } });
    assert.equal(r.status, 503, r.text);
    const ready = await desk.ask('/readyz');
    assert.equal(ready.status, 503);
    assert.match(ready.headers['content-type'], /^text\/plain/);
    assert.equal(ready.headers['set-cookie'], undefined);
    assert.equal((await desk.ask('/healthz')).status, 200);
    database.sql(`ALTER DATABASE ${database.name} WITH ALLOW_CONNECTIONS true`);
    const again = await desk.api('/requests', { method: 'POST', body: { subject: 'after' } });
    assert.equal(again.status, 201, again.text);
    assert.equal((await desk.ask('/readyz')).status, 200);
    cut();                                                                     // idle connections die: the next call does not notice
    assert.equal((await desk.api('/requests', { method: 'POST', body: { subject: 'later' } })).status, 201);
    assert.deepEqual([...(await subjects(desk)).keys()].sort(), ['after', 'before', 'later']);
  } finally { await desk.stop(); database.drop(); }
});
