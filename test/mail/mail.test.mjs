// Mail in and out against real servers: OpenSMTPD and Dovecot on loopback, on both stores.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDesk, stores, top, binary } from '../api/desk.mjs';
import { startMail, read, until } from './servers.mjs';

let mail;
before(async () => { mail = await startMail(); });
after(async () => { await mail?.stop(); });

// What the store says, past every page: rows of strings.
function rows(desk, sql) {
  if (desk.database) return psql(desk, sql);
  const r = spawnSync('python3', ['-c', 'import sqlite3,sys,json\nc=sqlite3.connect(sys.argv[1],timeout=20)\nr=[[str(x) for x in row] for row in c.execute(sys.argv[2])]\nc.commit()\nprint(json.dumps(r))',
    join(desk.env.CORNERDESK_DATA, 'cornerdesk.db'), sql], { encoding: 'utf8' });
  assert.equal(r.status, 0, r.stderr);
  return JSON.parse(r.stdout);
}
function psql(desk, sql) {
  const r = spawnSync('psql', ['-XAtq', '-F', '\t', desk.database.address, '-c', sql], { encoding: 'utf8' });
  assert.equal(r.status, 0, r.stderr);
  const text = r.stdout.replace(/\n$/, '');
  return text ? text.split('\n').map((l) => l.split('\t')) : [];
}
const outcomes = (desk) => rows(desk, "SELECT outcome, count(*) FROM mail GROUP BY outcome ORDER BY outcome").map(([o, n]) => `${o} ${n}`).join(', ');

async function withDesk(store, settings, fn) {
  const desk = await startDesk({ store, settings: { 'mail.from': 'help@desk.test', 'mail.poll': '1s', 'mail.out': mail.smtpUrl(), ...settings },
    environment: { SSL_CERT_FILE: mail.cert } });
  try {
    const r = desk.run('person', 'add', '--name', 'Ana Souza', '--email', 'ana@example.test', '--role', 'asker');
    assert.equal(r.status, 0, r.stderr);
    await fn(desk).catch((e) => {
      e.message += `\nmailboxes ${JSON.stringify(rows(desk, 'SELECT address, url, uid, fault, faults FROM mailbox'))}\nmail ${JSON.stringify(rows(desk, 'SELECT id, uid, subject, outcome, reason FROM mail'))}\noutbox ${JSON.stringify(rows(desk, 'SELECT to_mail, kind, state, attempts, fault FROM outbox'))}\n${desk.log}`;
      throw e;
    });
    const v = desk.run('verify');
    assert.equal(v.status, 0, v.stdout + v.stderr);
  } finally {
    for (const u of ['help', 'hr', 'ana', 'olu']) for (const f of mail.files(u)) rmSync(f, { force: true });
    await desk.stop();
  }
}
const polling = () => ({ 'mail.in': mail.imapUrl('help') });
const requests = async (desk) => (await desk.api('/requests?limit=200')).json.items;
const requestOf = (desk, subject, n = 1) => until(`a request "${subject}"`, async () => {
  const all = (await requests(desk)).filter((r) => r.subject === subject);
  return all.length >= n && all.at(-1);
});
const whole = async (desk, ref) => (await desk.api(`/requests/${ref}`)).json;
const said = async (desk, ref, n) => until(`${n} messages in ${ref}`, async () => { const r = await whole(desk, ref); return r.messages.length >= n && r; });
const address = (header) => /<([^>]+)>/.exec(header)?.[1] ?? header.trim();
async function act(desk, ref, body) {
  const r = await desk.api(`/requests/${ref}/acts`, { method: 'POST', body });
  assert.equal(r.status, 201, r.text);
}

for (const store of stores) describe(`mail on ${store}`, () => {
  test('a question comes in, is promised and answered, threads, is "not yet", and is sorted by one click', () => withDesk(store, polling(), async (desk) => {
    const first = await mail.send({ from: 'Ana Souza <ana@example.test>', to: 'help@desk.test', subject: 'Label printer', text: 'It prints yesterday’s date.' });
    const r = await requestOf(desk, 'Label printer');
    const [ack] = await mail.inbox('ana', (all) => all.length >= 1);
    assert.equal(ack.headers['in-reply-to'], `<${first}>`);
    assert.equal(ack.headers['auto-submitted'], 'auto-replied');
    assert.match(mail.smtpLog(), /from=<> to=<ana@example\.test>/);
    assert.match(ack.headers.subject, new RegExp(`^Re: Label printer \\[${r.ref}\\]$`));

    await act(desk, r.ref, { act: 'promise', due: new Date(Date.now() + 3600_000).toISOString(), text: 'I will **look** at once.' });
    await act(desk, r.ref, { act: 'report', text: 'It is done.' });
    const letters = await mail.inbox('ana', (all) => all.length >= 3);
    const report = letters.find((m) => m.raw.includes('It is done.'));
    assert.equal(report.headers['in-reply-to'], `<${first}>`);
    assert.ok(report.headers.references.includes(`<${first}>`) && report.headers.references.includes(ack.headers['message-id']));
    assert.match(report.headers['reply-to'], new RegExp(`help\\+${r.ref.replace('R-', 'r')}-[a-z2-7]{16}@desk\\.test`));
    assert.equal(report.headers['return-path'], '<help@desk.test>');
    assert.ok(!report.headers['auto-submitted'] && !report.headers['list-unsubscribe']);

    const answer = await mail.send({ from: 'Ana Souza <ana@example.test>', to: address(report.headers['reply-to']), subject: `Re: ${report.headers.subject}`,
      text: 'Not yet.\n\nThe first label is still wrong.\n\nOn Thursday Sofie wrote:\n> It is done.', headers: { 'In-Reply-To': report.headers['message-id'] } });
    const again = await until('open again', async () => { const x = await whole(desk, r.ref); return x.state === 'PROMISED' && x; });
    assert.equal(again.ball, 'provider');
    assert.deepEqual(rows(desk, `SELECT outcome FROM mail WHERE message_id = '${answer}'`), [['verdict']]);

    await act(desk, r.ref, { act: 'report', text: 'Now every label is right.' });
    const second = (await mail.inbox('ana', (all) => all.length >= 4)).find((m) => m.raw.includes('Now every label'));
    assert.equal(second.headers['in-reply-to'], `<${answer}>`);
    const text = Buffer.from(second.body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, h) => String.fromCharCode(parseInt(h, 16))), 'latin1').toString('utf8');
    const links = [...text.matchAll(/This is sorted:\s+(\S+)/g)].map((m) => m[1]);
    assert.equal(links.length, 1, text);
    const browser = desk.browser();
    const opened = await browser.go(new URL(links[0]).pathname);
    assert.equal(opened.status, 303, opened.text);
    assert.match(opened.headers.location, new RegExp(`^/my/${r.ref}/`));
    assert.deepEqual(rows(desk, "SELECT DISTINCT state FROM outbox WHERE to_mail = 'ana@example.test'"), [['sent']]);
    assert.match(rows(desk, 'SELECT via FROM outbox LIMIT 1')[0][0], /^127\.0\.0\.1:/);
  }));

  test('a wrong password is said in plain words, stops no other mailbox, and mends by itself', async () => {
    mail.setPassword('hr', 'another');
    try {
      await withDesk(store, { 'mail.in': `${mail.imapUrl('hr')} ${mail.imapUrl('help')}` }, async (desk) => {
        await until('the fault', () => rows(desk, "SELECT fault FROM mailbox WHERE address = 'hr@desk.test'")[0]?.[0] === 'The server answered, but did not accept the password.');
        await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: 'The other mailbox' });
        await requestOf(desk, 'The other mailbox');
        await mail.send({ from: 'ana@example.test', to: 'hr@desk.test', subject: 'Waits for the password' });
        mail.setPassword('hr', 'secret');
        await requestOf(desk, 'Waits for the password');
        assert.deepEqual(rows(desk, "SELECT fault, faults FROM mailbox WHERE address = 'hr@desk.test'"), [['', '0']]);
      });
    } finally { mail.setPassword('hr', 'secret'); }
  });

  test('secured connections, both ways', () => withDesk(store, { 'mail.in': mail.imapUrl('help', { secured: true }), 'mail.out': mail.submissionUrl('help') }, async (desk) => {
    await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: 'Behind a lock' });
    await requestOf(desk, 'Behind a lock');
    await mail.inbox('ana', (all) => all.length >= 1);
    await until('sent', () => rows(desk, "SELECT via FROM outbox WHERE state = 'sent'")[0]?.[0].endsWith(', secured'));
  }));

  test('the IMAP server restarts in the middle: nothing is lost, nothing comes twice', () => withDesk(store, polling(), async (desk) => {
    await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: 'Before' });
    await requestOf(desk, 'Before');
    await mail.stopImap();
    await until('the fault', () => /Nothing answers|hung up/.test(rows(desk, "SELECT fault FROM mailbox WHERE address = 'help@desk.test'")[0][0]));
    for (let i = 0; i < 5; i++) await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: `While away ${i}` });
    await mail.startImap();
    await until('all six', async () => (await requests(desk)).length >= 6);
    assert.deepEqual((await requests(desk)).map((r) => r.subject).sort(), ['Before', ...[0, 1, 2, 3, 4].map((i) => `While away ${i}`)].sort());
    const flags = mail.files('help').map((f) => /,([A-Z]*)$/.exec(f)?.[1] ?? '');
    await until('seen', () => mail.files('help').every((f) => /,[A-Z]*S/.test(f)));
    assert.equal(flags.length, 6);
  }));

  test('one message that cannot be had or read stops none after it', () => withDesk(store, polling(), async (desk) => {
    await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: 'First' });
    await requestOf(desk, 'First');
    await mail.stopImap();
    mail.drop('help', '1700000001.M1.poison', 'From: ana@example.test\r\nSubject: Poison no more\r\n\r\nx\r\n', 0);
    mail.drop('help', '1700000002.M2.poison', '\0\0\0\0\xff\xfe no header at all');
    await mail.startImap();
    await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: 'Last' });
    await requestOf(desk, 'Last');
    const log = rows(desk, "SELECT outcome, reason FROM mail WHERE outcome <> 'request'");
    assert.ok(log.some(([o, why]) => o === 'quarantined' && /could not hand the message over/.test(why)), JSON.stringify(log));
    assert.equal(rows(desk, 'SELECT count(*) FROM mail')[0][0], '4');
    chmodSync(mail.files('help').find((f) => f.includes('M1.poison')), 0o600);             // mended, and taken in again by a person
    const [[id]] = rows(desk, "SELECT id FROM mail WHERE size = 0");
    rows(desk, `UPDATE mail SET outcome = 'new', attempts = 0 WHERE id = ${id}`);
    rows(desk, `INSERT INTO job(kind, key, body, due_at, created_at) VALUES ('mail-take', 'mail-take:${id}', '${id}', 1, 1)`);
    await act(desk, (await requestOf(desk, 'Last')).ref, { act: 'promise', due: new Date(Date.now() + 3600_000).toISOString() });   // wakes the ticker
    await requestOf(desk, 'Poison no more');
  }));

  test('messages numbered anew are known again', () => withDesk(store, polling(), async (desk) => {
    for (let i = 0; i < 3; i++) await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: `Old ${i}` });
    await requestOf(desk, 'Old 2');
    await until('three', async () => (await requests(desk)).length === 3);
    await mail.stopImap();
    mail.renumber('help');
    await mail.startImap();
    await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: 'New' });
    await requestOf(desk, 'New');
    assert.equal((await requests(desk)).length, 4);
    assert.equal(outcomes(desk), 'duplicate 3, request 4');
  }));

  test('old read mail of a mailbox that was in use before is left alone', async () => {
    mail.drop('help', '1700000003.M3.old', 'From: ana@example.test\r\nSubject: Read long ago\r\nMessage-ID: <old@x>\r\n\r\nx\r\n');
    const [f] = mail.files('help');
    const { renameSync } = await import('node:fs');
    renameSync(f, f.replace('/new/', '/cur/') + ':2,S');
    await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: 'Unread' });
    await until('delivered', () => mail.files('help').length === 2);
    await withDesk(store, {}, async (desk) => {
      await desk.kill('SIGTERM');
      desk.env.CORNERDESK_MAIL_IN = mail.imapUrl('help');
      await desk.start();
      await requestOf(desk, 'Unread');
      await mail.send({ from: 'ana@example.test', to: 'help@desk.test', subject: 'Fresh' });
      await requestOf(desk, 'Fresh');
      assert.deepEqual((await requests(desk)).map((r) => r.subject).sort(), ['Fresh', 'Unread']);
    });
  });

  test('the SMTP server is away: the answer waits, says why, and goes later; one that is refused says so', () => withDesk(store, {}, async (desk) => {
    await mail.stopSmtp();
    const put = (raw) => spawnSync(binary, ['mail-in', '--mailbox', 'help@desk.test'], { input: raw, encoding: 'utf8', env: { ...process.env, ...desk.env } });
    let r = put('From: ana@example.test\r\nSubject: Waiting\r\nMessage-ID: <w1@example.test>\r\n\r\nWords.\r\n');
    assert.equal(r.status, 0, r.stderr);
    await until('the fault', () => /Nothing answers/.test(rows(desk, "SELECT fault FROM outbox WHERE to_mail = 'ana@example.test'")[0]?.[0]));
    await mail.startSmtp();
    rows(desk, 'UPDATE outbox SET next_at = 1');
    await mail.inbox('ana', (all) => all.length === 1);
    assert.equal(rows(desk, "SELECT attempts FROM outbox WHERE to_mail = 'ana@example.test'")[0][0], '2');
    r = put('From: nobody@example.test\r\nSubject: Nobody\r\nMessage-ID: <w2@example.test>\r\n\r\nWords.\r\n');
    assert.equal(r.status, 0, r.stderr);
    await until('refused', () => rows(desk, "SELECT state FROM outbox WHERE to_mail = 'nobody@example.test'")[0]?.[0] === 'failed');
    assert.match(rows(desk, "SELECT fault FROM outbox WHERE to_mail = 'nobody@example.test'")[0][0], /said: 550/);
    assert.equal(rows(desk, "SELECT count(*) FROM touch WHERE kind = 'bounce'")[0][0], '1');
  }));

  test('mail-in on a pipe while the desk serves: many at once, each durable, each once', () => withDesk(store, {}, async (desk) => {
    const one = (i) => new Promise((done) => {
      const p = spawn(binary, ['mail-in', '--mailbox', 'help@desk.test'], { env: { ...process.env, ...desk.env }, stdio: ['pipe', 'pipe', 'pipe'] });
      let out = '', err = '';
      p.stdout.on('data', (d) => { out += d; });
      p.stderr.on('data', (d) => { err += d; });
      p.on('exit', (code) => done({ code, out, err }));
      p.stdin.end(`From: ana@example.test\r\nSubject: Pipe ${i % 12}\r\nMessage-ID: <pipe${i % 12}@example.test>\r\n\r\nWords ${i % 12}.\r\n`);
    });
    const all = (await Promise.all([0, 1, 2, 3].map(async (w) => {
      const mine = [];
      for (let i = w; i < 24; i += 4) mine.push(await one(i));
      return mine;
    }))).flat();
    for (const r of all) {
      assert.equal(r.code, 0, r.err);
      const line = JSON.parse(r.out);
      assert.ok(['request', 'duplicate'].includes(line.outcome) && line.reason, r.out);
      if (line.outcome === 'request') assert.ok(/^R-\d+$/.test(line.request) && line.message > 0);
    }
    assert.equal(outcomes(desk), 'duplicate 12, request 12');
    assert.equal((await requests(desk)).length, 12);
  }));

  test('every message of the collection ends somewhere, with a reason', () => withDesk(store, {}, async (desk) => {
    const dir = join(top, 'test/mail/corpus'), names = readdirSync(dir).filter((f) => f.endsWith('.eml'));
    for (const name of names) {
      const r = spawnSync(binary, ['mail-in', '--mailbox', 'help@desk.test'], { input: readFileSync(join(dir, name)), env: { ...process.env, ...desk.env } });
      assert.equal(r.status, 0, `${name}: ${r.stderr}`);
      const line = JSON.parse(r.stdout);
      assert.ok(['request', 'reply', 'verdict', 'held', 'suppressed', 'duplicate', 'quarantined'].includes(line.outcome), name);
      assert.ok(line.reason, name);
    }
    assert.equal(rows(desk, 'SELECT count(*) FROM mail')[0][0], String(names.length));
    assert.equal(rows(desk, "SELECT count(*) FROM mail WHERE outcome = 'new' OR reason = ''")[0][0], '0');
  }));
});

test('mail-in on a disk that is full or cannot sync: 75, a sentence, and nothing half-way', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'fault-')), lib = join(dir, 'nospace.so'), fault = join(dir, 'fault');
  const cc = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', lib, join(top, 'test/api/nospace.c'), '-ldl'], { encoding: 'utf8' });
  assert.equal(cc.status, 0, cc.stderr);
  const desk = await startDesk({ settings: { 'mail.from': 'help@desk.test' } });
  try {
    for (const kind of ['full', 'sync', '']) {
      writeFileSync(fault, kind);
      const env = { ...process.env, ...desk.env, LD_PRELOAD: lib, FAULT_FILE: fault, ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ? `${process.env.ASAN_OPTIONS}:` : ''}verify_asan_link_order=0` };
      const r = spawnSync(binary, ['mail-in'], { input: `From: ana@example.test\r\nSubject: disk ${kind}\r\n\r\nx\r\n`, encoding: 'utf8', env });
      assert.equal(r.status, kind ? 75 : 0, r.stdout + r.stderr);
      if (kind) assert.match(r.stderr, /^cornerdesk mail-in: .+\n$/);
    }
    assert.deepEqual((await requests(desk)).map((r) => r.subject), ['disk']);
  } finally {
    rmSync(dir, { recursive: true });
    await desk.stop();
  }
});

test('read() of this harness unfolds headers', () => {
  assert.deepEqual(read('A: b\r\n c\r\nA: d\r\n\r\nbody').headers, { a: 'b c\nd' });
});
