// The round trip: a mail comes in, is promised and answered in the browser, the answer reaches the asker's mailbox, the asker
// says "not yet" and at last "sorted", and the ledger tells whether the promise was kept. Real servers, a real browser, both
// stores. And what must not be lost on the way: mail as the programs of people write it, reports, machines, poison, crashes.
// What is sent is read by Python's email package, which shares nothing with ours.
// PICTURES=DIR keeps screenshots of the letters.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDesk, people } from '../browser/harness.mjs';
import { stores, top } from '../api/desk.mjs';
import { startMail, until } from './servers.mjs';

for (const who of Object.keys(people)) people[who].email = `${who}@example.test`;      // so that every letter has somewhere to go

// ---- mail as it was sent, read by somebody else's hands

const parsed = new Map();
function parse(raw) {
  if (!parsed.has(raw)) parsed.set(raw, parseAnew(raw));
  return parsed.get(raw);
}
function parseAnew(raw) {
  const out = execFileSync('python3', ['-c', `
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
one = lambda kind: next((p.get_content() for p in m.walk() if p.get_content_type() == kind), '')
print(json.dumps({"head": {k.lower(): str(v) for k, v in m.items()}, "type": m.get_content_type(), "faults": [repr(d) for p in m.walk() for d in p.defects],
  "parts": [p.get_content_type() for p in m.walk()], "text": one('text/plain'), "html": one('text/html')}))`], { input: raw });
  return JSON.parse(out);
}
const ids = (line = '') => [...line.matchAll(/<([^>]+)>/g)].map((m) => m[1]);
const link = (letter, words) => {
  const at = [...letter.html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].find((m) => m[2].replace(/<[^>]+>/g, ' ').includes(words));
  assert.ok(at, `a link "${words}" in: ${letter.text}`);
  return at[1].replaceAll('&amp;', '&');
};

// ---- what the store says; pages for it come with the back office

const SQLITE = `
import json, sqlite3, sys
c = sqlite3.connect(sys.argv[1], timeout=20)
r = c.execute(sys.argv[2])
names = [d[0] for d in r.description or []]
print(json.dumps([dict(zip(names, row)) for row in r]))
c.commit()`;
function rows(desk, sql) {
  const args = desk.database ? ['psql', '-XAtq', desk.database.address, '-c', /^SELECT/.test(sql) ? `SELECT COALESCE(json_agg(t), '[]') FROM (${sql}) t` : sql]
    : ['python3', '-c', SQLITE, join(desk.dir, 'data/cornerdesk.db'), sql];
  return JSON.parse(execFileSync(args[0], args.slice(1), { encoding: 'utf8' }) || '[]');
}
const log = (desk, id) => rows(desk, `SELECT * FROM mail WHERE message_id = '${id}' ORDER BY id`);
const logged = (desk, id) => until(`${id} in the mail log`, () => log(desk, id).find((m) => m.outcome !== 'new'), 20)
  .catch((e) => { throw new Error(`${e.message} ${JSON.stringify(rows(desk, 'SELECT id, message_id, from_mail, subject, outcome, reason FROM mail ORDER BY id DESC LIMIT 12'), null, 1)}`); });

// ---- letters that people write

const gmail = (head, words, quoted = '') => `MIME-Version: 1.0
${Object.entries(head).map(([k, v]) => `${k}: ${v}`).join('\n')}
Date: ${new Date().toUTCString().replace('GMT', '+0000')}
Content-Type: multipart/alternative; boundary="000000000000a1b2"

--000000000000a1b2
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

${words.replaceAll('=', '=3D').replaceAll('é', '=C3=A9')}
${quoted && `\nOn Mon, Sofie Janssens <help@desk.test> wrote:\n\n> ${quoted}\n`}
--000000000000a1b2
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

<div dir=3D"ltr">${words.replaceAll('é', '=C3=A9').replaceAll('\n', '<br>')}</div>${quoted && `<br><div class=3D"gmail_quote"><div dir=3D"ltr" class=3D"gmail_attr">On Mon, Sofie Janssens wrote:<br></div><blockquote class=3D"gmail_quote" style=3D"margin:0">${quoted}</blockquote></div>`}

--000000000000a1b2--
`;

const replies = ['gmail-reply', 'android-gmail', 'iphone-reply', 'apple-mail-reply', 'outlook-desktop-reply', 'outlook-365-web', 'thunderbird-flowed',
  'yahoo-reply', 'protonmail-reply', 'exchange-out-of-office'];
const questions = ['apple-mail-split', 'charset-iso-2022-jp', 'charset-windows-1251', 'charset-gb2312', 'html-only', 'tnef'];
const corpus = (name) => ({ raw: readFileSync(join(top, 'test/mail/corpus', `${name}.eml`), 'latin1'), is: JSON.parse(readFileSync(join(top, 'test/mail/corpus', `${name}.json`), 'utf8')) });
const local = (mail) => `${mail.split('@')[0]}@example.test`;
const users = ['help', ...Object.keys(people), 'olu', 'mina', ...new Set([...replies, ...questions].map((n) => corpus(n).is.from.email.split('@')[0]))];

for (const store of stores) describe(`the round trip on ${store}`, { concurrency: 1 }, () => {
  let mail, t, desk;
  before(async () => {
    mail = await startMail({ users });
    t = await openDesk({ store, settings: { 'mail.in': mail.imapUrl('help'), 'mail.out': mail.smtpUrl(), 'mail.from': 'help@desk.test', 'mail.poll': '1s' } });
    desk = t.desk;
    const as = t.as;
    t.as = async (...who) => { const page = await as(...who); page.setDefaultTimeout(10000); return page; };
  });
  after(async () => { await t?.close(); await mail?.stop(); });

  const letter = async (who, want) => {
    const all = await mail.inbox(who, (list) => list.some((m) => want(parse(m.raw))));
    return all.map((m) => ({ ...parse(m.raw), raw: m.raw })).findLast(want);
  };
  const picture = async (name, l) => {
    if (!process.env.PICTURES) return;
    mkdirSync(process.env.PICTURES, { recursive: true });
    for (const [way, options] of [['', {}], ['-dark', { colorScheme: 'dark' }], ['-phone', { viewport: { width: 320, height: 700 } }]]) {
      const page = await t.as(null, { viewport: { width: 700, height: 600 }, ...options });
      await page.setContent(l.html);
      await page.screenshot({ path: join(process.env.PICTURES, `${store}-${name}${way}.png`), fullPage: true });
      await page.context().close();
    }
  };
  const words = (page) => page.locator('main').innerText();
  const request = (ref) => t.api('sofie', `/requests/${ref}`);
  const promise = async (page, ref, who, hours) => {
    await page.goto(`/requests/${ref}`);
    await page.getByRole('link', { name: 'Promise', exact: true }).click();
    await page.getByLabel('By when').fill(t.hour(hours).slice(0, 16));
    await page.getByLabel('What will be true then').fill('The label shows today’s date');
    await page.getByRole('button', { name: `Promise ${who}` }).click();
    await page.waitForURL(/done=|#|requests\/R-\d+$/);
  };
  const answer = async (page, ref, text, button) => {
    await page.goto(`/requests/${ref}`);
    await page.getByLabel(/^Reply to/).fill(text);
    await page.getByRole('button', { name: button }).click();
    await page.getByText(text).first().waitFor();
  };

  describe('kept', { concurrency: 1 }, () => {
    let ref, first, report, sofie, quiet;
    const thread = [];

    test('a mail becomes a question, and its writer hears at once', async () => {
      first = 'CAFq1=one@mail.gmail.com';
      await mail.send({ from: 'ana@example.test', to: 'help@desk.test', raw: gmail({ From: 'Ana Souza <ana@example.test>', To: 'help@desk.test',
        Subject: 'Printer on line four', 'Message-ID': `<${first}>` }, 'Hello,\nthe label shows yesterday’s date again, olé.\n\nAna'.replace('’', "'")) });
      const entry = await logged(desk, first);
      assert.equal(entry.outcome, 'request', entry.reason);
      ref = `R-${entry.request_id}`;
      const ack = await letter('ana', (m) => m.head['auto-submitted']);
      thread.push(ids(ack.head['message-id'])[0]);
      assert.equal(ack.head['auto-submitted'], 'auto-replied');
      assert.equal(ack.head['in-reply-to'], `<${first}>`);
      assert.match(ack.text, /Hello Ana,[\s\S]*a person will read it[\s\S]*You will hear from us/);
      assert.match(readFileSync(join(mail.dir, 'smtpd.out'), 'utf8'), /from=<> to=<ana@example\.test>/, 'the null sender: nobody answers an automatic answer');
      await picture('acknowledgement', ack);
    });

    test('who serves sees it in the inbox and promises it', async () => {
      sofie = await t.as('sofie', { js: true });
      quiet = t.quiet(sofie);
      await sofie.goto('/inbox');
      await sofie.getByText('Printer on line four').first().waitFor();
      await sofie.goto(`/requests/${ref}`);
      assert.match(await words(sofie), /Printer on line four[\s\S]*the label shows yesterday's date again, olé/);
      await promise(sofie, ref, 'Ana', 26);
      const told = await letter('ana', (m) => /I promise this/.test(m.text));
      thread.push(ids(told.head['message-id'])[0]);
      assert.match(told.text, /\* The label shows today’s date/);
      assert.equal(told.head['auto-submitted'], undefined);
      await picture('promise', told);
      assert.equal((await request(ref)).state, 'PROMISED');
    });

    test('the answer reaches the mailbox, in the thread, in two parts', async () => {
      await answer(sofie, ref, 'I set the clock of the printer. Please try a label.', 'Send as the answer');
      report = await letter('ana', (m) => m.text.includes('I set the clock') );
      await picture('answer', report);
      const { head } = report;
      assert.deepEqual(report.faults, []);
      assert.equal(report.type, 'multipart/alternative');
      assert.deepEqual(report.parts.slice(1), ['text/plain', 'text/html']);
      assert.match(head.subject, /^Re: Printer on line four \[R-\d+\]$/);
      assert.match(head.from, /^"?Sofie Janssens, .*<help@desk\.test>$/);
      assert.match(head['reply-to'], /^<?help\+r\d+-[^@]+@desk\.test>?$/);
      assert.equal(head['in-reply-to'], `<${first}>`);
      assert.deepEqual(ids(head.references), [first, ...thread]);
      thread.push(ids(head['message-id'])[0]);
      assert.match(report.text, /Only you can close it/);
      for (const w of ['This is sorted', 'Not yet']) assert.ok(report.text.includes(link(report, w)), 'both parts say the same');
      quiet();
    });

    test('“not yet, …” in their own words brings it back to us', async () => {
      const id = 'CAFq2=two@mail.gmail.com';
      await mail.send({ from: 'ana@example.test', to: report.head['reply-to'].replace(/[<>]/g, ''), raw: gmail({ From: 'Ana Souza <ana@example.test>', To: report.head['reply-to'],
        Subject: `RE: ${report.head.subject}`, 'Message-ID': `<${id}>`, 'In-Reply-To': report.head['message-id'], References: `<${first}> ${report.head['message-id']}` },
        "not yet, it says the 31st now.", 'I set the clock of the printer. Please try a label.') });
      const entry = await logged(desk, id);
      assert.equal(entry.outcome, 'reply', entry.reason);
      assert.equal(`R-${entry.request_id}`, ref);
      thread.push(id);
      const now = await request(ref);
      assert.equal(now.ball, 'provider');
      assert.equal(now.messages.at(-1).body.trim(), 'not yet, it says the 31st now.');
      await sofie.goto('/inbox');
      assert.match(await sofie.locator('body').innerText(), /Printer on line four/);
    });

    test('answered again, the letter asks again; “not yet” behind its link opens it again, with a reason', async () => {
      await answer(sofie, ref, 'The battery of its clock was empty; it has a new one.', /^Send to Ana/);
      const again = await letter('ana', (m) => m.text.includes('The battery of its clock'));
      assert.equal(ids(again.head['in-reply-to'])[0], thread.at(-1), 'an answer to their last word');
      assert.deepEqual(ids(again.head.references), [first, ...thread]);
      await picture('again', again);
      const page = await t.as(null);                                  // a mail program’s window: no cookies, no scripts
      await page.goto(link(again, 'Not yet'));
      assert.ok(await page.getByLabel('Not yet').isChecked());
      assert.equal((await request(ref)).state, 'REPORTED', 'looking changes nothing');
      await page.getByRole('button', { name: /Send to/ }).click();
      assert.match(await words(page), /Say what is still missing/);
      await page.getByLabel('What is still missing?').fill('The time is an hour off.');
      await page.getByRole('button', { name: /Send to/ }).click();
      assert.match(await words(page), /It is open again/);
      const now = await request(ref);
      assert.deepEqual([now.state, now.ball], ['PROMISED', 'provider']);
      await sofie.goto(`/requests/${ref}`);
      assert.match(await words(sofie), /The time is an hour off\./);
    });

    test('“not yet” alone in a mail is the verdict itself', async () => {
      await answer(sofie, ref, 'Summer time is off now.', 'Send as the answer');
      const told = await letter('ana', (m) => m.text.includes('Summer time is off'));
      const id = 'IPHONE-3@icloud.example';
      await mail.send({ from: 'ana@example.test', to: 'help@desk.test', raw: `From: Ana Souza <ana@example.test>\nTo: ${told.head['reply-to']}\nSubject: Re: ${told.head.subject}\nMessage-Id: <${id}>\nIn-Reply-To: ${told.head['message-id']}\nMime-Version: 1.0 (1.0)\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\nNot yet.\n\nSent from my iPhone\n\n> On 3 Jan 2022, at 12:00, Sofie <help@desk.test> wrote:\n> \n> Summer time is off now.\n` });
      const entry = await logged(desk, id);
      assert.equal(entry.outcome, 'verdict', entry.reason);
      assert.equal((await request(ref)).state, 'PROMISED');
    });

    test('“sorted” in the mail, without scripts, closes it, and the promise is kept', async () => {
      await answer(sofie, ref, 'Now it takes the hour from the network.', 'Send as the answer');
      const told = await letter('ana', (m) => m.text.includes('the hour from the network'));
      const page = await t.as(null);
      await page.goto(link(told, 'This is sorted'));
      assert.ok(await page.getByLabel('Yes, sorted').isChecked());
      assert.equal((await request(ref)).state, 'REPORTED', 'programs that open links close nothing');
      await page.getByRole('button', { name: /Send to/ }).click();
      assert.match(await words(page), /Closed, with thanks/);
      const done = await request(ref);
      assert.deepEqual([done.state, done.outcome], ['ACCEPTED', 'kept']);
      assert.deepEqual(done.acts.map((a) => a.act), ['request', 'promise', 'report', 'ask', 'answer', 'not-yet', 'report', 'not-yet', 'report', 'accept']);
      assert.equal(done.promises.at(-1).state, 'kept');
      const proof = desk.run('verify');
      assert.equal(proof.status, 0, proof.stdout + proof.stderr);
      await sofie.goto(`/requests/${ref}`);
      assert.match(await words(sofie), /the promise was kept/);
      quiet();
    });
  });

  test('broken: the hour passed before the answer, and saying “sorted” does not hide it', async () => {
    const id = 'olu-1@example.test';
    await mail.send({ from: 'Olu Adé <olu@example.test>'.replace('é', 'e'), to: 'help@desk.test', subject: 'Badge', text: 'My badge is gone.', headers: { 'Message-ID': `<${id}>` } });
    const ref = `R-${(await logged(desk, id)).request_id}`;
    const due = Date.now() + 1500;
    await t.provide(ref, { act: 'promise', due: new Date(due).toISOString(), text: 'A new one by then.' });
    await until('the hour has passed', () => Date.now() > due);
    const sofie = await t.as('sofie', { js: true });
    await answer(sofie, ref, 'It is at the gate.', 'Send as the answer');
    const told = await letter('olu', (m) => m.text.includes('It is at the gate'));
    assert.match(told.text, /that is late\. I am sorry/);
    await picture('late', told);
    const page = await t.as(null, { js: true });
    const quiet = t.quiet(page);
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false }));
    await page.clock.install();
    await page.goto(link(told, 'This is sorted'));
    await Promise.all([page.waitForURL('**/my/*done=sorted'), page.clock.runFor(15000)]);      // with scripts, the one click is enough
    const done = await request(ref);
    assert.deepEqual([done.state, done.outcome, done.promises.at(-1).state], ['ACCEPTED', 'broken', 'broken']);
    assert.equal(desk.run('verify').status, 0);
    quiet();
  });

  test('replies as ten mail programs write them join their conversation, with only the new words', async () => {
    const asked = [];
    for (const name of replies) {
      const c = corpus(name), from = { name: c.is.from.name, email: local(c.is.from.email) };
      const r = await t.api('sofie', '/requests', { method: 'POST', body: { subject: `Asked for ${name}`, body: 'Words.', from } });
      await t.say(r.ref, `An answer about ${name}.`);
      asked.push({ name, ...c, ref: r.ref, from: from.email });
    }
    for (const a of asked) {
      const told = await until(`the answer about ${a.name} is sent`, () => rows(desk, `SELECT message_id FROM outbox WHERE kind = 'reply' AND state = 'sent' AND request_id = ${a.ref.slice(2)}`)[0]);
      const raw = a.raw.replace(/^Delivered-To: .*\r?\n/mi, '')                 // the server would take it for a loop
        .replaceAll(/r\d+\.\w+\.\w+@desk\.example/g, told.message_id).replaceAll(a.is.from.email, a.from).replaceAll('@desk.example', '@desk.test');
      await mail.send({ from: a.from, to: 'help@desk.test', raw: Buffer.from(raw, 'latin1').toString('utf8') });
    }
    for (const a of asked) {
      const entry = await logged(desk, a.is.message_id);
      const auto = a.name === 'exchange-out-of-office';
      assert.equal(entry.outcome, 'reply', `${a.name}: ${entry.reason}`);
      assert.equal(`R-${entry.request_id}`, a.ref, a.name);
      const now = await request(a.ref), last = now.messages.at(-1);
      assert.equal(last.trusted, true, a.name);
      assert.ok(last.body.startsWith(a.is.reply_text), `${a.name}: ${last.body}`);
      assert.equal(/automatic answer/.test(entry.reason), auto, `${a.name}: ${entry.reason}`);
    }
  });

  test('questions in many charsets and wrappings become requests in the words they were written in', async () => {
    for (const name of questions) {
      const c = corpus(name);
      mail.drop('help', `${Date.now()}.${name}`, Buffer.from(c.raw.replaceAll(c.is.from.email, local(c.is.from.email)).replaceAll('@desk.example', '@desk.test'), 'latin1'));
      const entry = await until(`${name} in the mail log`, () => rows(desk, `SELECT * FROM mail WHERE from_mail = '${local(c.is.from.email)}' AND subject = '${c.is.subject}' AND outcome <> 'new'`)[0]);
      assert.equal(entry.outcome, name === 'html-only' && c.is.auto.is ? 'suppressed' : 'request', `${name}: ${entry.reason}`);
      const now = await request(`R-${entry.request_id}`);
      assert.equal(now.subject, c.is.subject);
      assert.ok(now.messages[0].body.startsWith(c.is.text), `${name}: ${now.messages[0].body}`);
    }
  });

  test('what cannot be delivered is marked, whether refused at once or returned later', async () => {
    const gone = await t.api('sofie', '/requests', { method: 'POST', body: { subject: 'Gone', body: 'Words.', from: { name: 'Nobody', email: 'nobody@elsewhere.example' } } });
    await t.say(gone.ref, 'Nobody reads this.');
    const row = await until('refused', () => rows(desk, `SELECT * FROM outbox WHERE request_id = ${gone.ref.slice(2)} AND kind = 'reply' AND state = 'failed'`)[0]);
    assert.match(row.fault, /said: 5\d\d/);

    const back = await t.request('priya', { subject: 'Returned', body: 'Words.' });
    await t.say(back.ref, 'This comes back.');
    const sent = await until('sent', () => rows(desk, `SELECT * FROM outbox WHERE request_id = ${back.ref.slice(2)} AND kind = 'reply' AND state = 'sent'`)[0]);
    const dsn = corpus('dsn-postfix').raw.replaceAll('r21.4.sig@desk.example', sent.message_id).replaceAll(/nobody@gone\.example/gi, people.priya.email).replace('To: bounce@desk.example', 'To: help@desk.test');
    await mail.send({ from: '', to: 'help@desk.test', raw: dsn });
    const entry = await logged(desk, '20220103.4JS@mx.desk.example');
    assert.equal(entry.outcome, 'suppressed');
    assert.match(entry.reason, /priya@example\.test came back \(5\.1\.1\)/);
    const marked = rows(desk, `SELECT * FROM outbox WHERE id = ${sent.id}`)[0];
    assert.equal(marked.state, 'failed');
    assert.match(marked.fault, /It came back/);
    const page = await t.as('sofie');
    await page.goto(`/requests/${back.ref}`);
    assert.match(await words(page), /Did not arrive at priya@example\.test/);
  });

  test('machines get no answer, and no loop starts', async () => {
    const before = rows(desk, 'SELECT COUNT(*) AS n FROM outbox')[0].n;
    const auto = [
      { 'Message-ID': '<ooo-1@example.test>', 'Auto-Submitted': 'auto-replied', Subject: 'Automatic reply: hello' },
      { 'Message-ID': '<list-1@example.test>', Precedence: 'bulk', 'List-Id': '<news.example.test>', Subject: 'News' },
      { 'Message-ID': '<own-1@desk.test>', 'X-Cornerdesk-Loop': 'desk.test', Subject: 'Re: ours' },
    ];
    for (const headers of auto) await mail.send({ from: 'mina@example.test', to: 'help@desk.test', headers, text: 'I am away.' });
    for (const headers of auto) assert.equal((await logged(desk, headers['Message-ID'].slice(1, -1))).outcome, 'suppressed', headers.Subject);
    assert.equal(rows(desk, 'SELECT COUNT(*) AS n FROM outbox')[0].n, before);
    assert.deepEqual(mail.inbox('mina'), []);
  });

  test('what cannot be read is set aside with a reason, and the next ones still arrive', async () => {
    const deep = Array.from({ length: 400 }, (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`).join('');
    mail.drop('help', `${Date.now()}.a.unreadable`, 'From: mina@example.test\nSubject: closed\n\nx\n', 0o000);
    mail.drop('help', `${Date.now()}.b.empty`, '');
    mail.drop('help', `${Date.now()}.c.noise`, Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) & 255)));
    mail.drop('help', `${Date.now()}.d.deep`, `From: mina@example.test\nMessage-ID: <deep-1@example.test>\nSubject: deep\nMIME-Version: 1.0\n${deep}Content-Type: text/plain\n\nat the bottom\n`);
    mail.drop('help', `${Date.now()}.e.nul`, 'From: \u0000mina@example.test\nSubject: nul\n\nx\u0000y\n');
    await mail.send({ from: 'mina@example.test', to: 'help@desk.test', subject: 'After the poison', text: 'Still here?', headers: { 'Message-ID': '<after-1@example.test>' } });
    const entry = await logged(desk, 'after-1@example.test');
    assert.equal(entry.outcome, 'request', entry.reason);
    const all = rows(desk, "SELECT id, outcome, reason, subject FROM mail");
    assert.deepEqual(all.filter((m) => m.outcome === 'new' || !m.reason), [], 'each has ended, with a reason');
    assert.ok(rows(desk, "SELECT id FROM mail WHERE outcome = 'quarantined'").length >= 1);
    assert.ok(rows(desk, "SELECT id FROM mailbox WHERE address = 'help@desk.test' AND fault = ''").length, 'the mailbox itself is well');
  });

  test('words back to a card stay with the card; one press makes a request of them', async () => {
    const ana = rows(desk, "SELECT party_id AS id FROM address WHERE value = 'ana@example.test'")[0].id, team = rows(desk, "SELECT id FROM party WHERE kind = 'team' ORDER BY id")[0].id;
    const now = Date.now() * 1000;
    rows(desk, `INSERT INTO card(instrument, asked_of, team_id, channel, day, draw, below, asked_at, ends_at) VALUES ('recommend', ${ana}, ${team}, 'mail', 1, 1, 2, ${now}, ${now + 14 * 864e8})`);
    const card = rows(desk, 'SELECT MAX(id) AS id FROM card')[0].id;
    rows(desk, `INSERT INTO outbox(kind, to_id, to_mail, to_name, subject, message_id, auto, extra, next_at, created_at) VALUES ('card', ${ana}, 'ana@example.test', 'Ana Souza', 'Service desk', 'card-${card}@desk.test', 1, '{"card":${card},"again":0}', 1, ${now})`);
    const asked = await letter('ana', (m) => /would recommend Service desk/.test(m.head.subject ?? ''));
    const before = Number(rows(desk, 'SELECT COUNT(*) AS n FROM request')[0].n);
    await mail.send({ from: 'ana@example.test', to: 'help@desk.test', raw: gmail({ From: 'Ana <ana@example.test>', To: 'help@desk.test', Subject: `Re: ${asked.head.subject}`, 'Message-ID': '<card-words-1@example.test>', 'In-Reply-To': asked.head['message-id'] }, 'My laptop is broken again.', 'How likely is it?') });
    const entry = await logged(desk, 'card-words-1@example.test');
    assert.equal(entry.outcome, 'verdict', entry.reason);
    assert.equal(Number(rows(desk, 'SELECT COUNT(*) AS n FROM request')[0].n), before, 'no ticket by itself');
    const told = await letter('ana', (m) => /Your words are kept/.test(m.head.subject ?? ''));
    assert.equal(ids(told.head['in-reply-to'])[0], 'card-words-1@example.test');
    await picture('card-words', told);
    const page = await t.as(null);
    await page.goto(link(told, 'Yes, please do something'));
    assert.match(await words(page), /Shall somebody do something\?[\s\S]*My laptop is broken again\./);
    const help = new URL(link(told, 'Yes, please do something'));
    await t.look(null, help.pathname + help.search);
    await t.look(null, help.pathname.replace('/help', ''));
    assert.equal(Number(rows(desk, 'SELECT COUNT(*) AS n FROM request')[0].n), before, 'looking makes none');
    await page.getByRole('button', { name: 'Yes, please do something' }).click();
    await page.waitForURL(/\/my\/R-\d+/);
    assert.match(await words(page), /My laptop is broken again\./);
    assert.equal(Number(rows(desk, 'SELECT COUNT(*) AS n FROM request')[0].n), before + 1);
  });

  test('a letter asks whether it was worth what the desk wrote down; only pressing says so', async () => {
    const now = Date.now() * 1000;
    rows(desk, `INSERT INTO party(kind, name, created_at) VALUES ('organisation', 'Nordpris', ${now})`);
    rows(desk, `INSERT INTO relationship(from_id, to_id, kind, since) SELECT p.id, o.id, 'reads', 1 FROM party p JOIN party o ON o.name = 'Nordpris' WHERE p.name = 'Priya Raman'`);
    rows(desk, "UPDATE address SET refused_until = 0 WHERE value = 'priya@example.test'");      /* what came back above was another day */
    const house = rows(desk, "SELECT id FROM party WHERE name = 'Nordpris'")[0].id;
    await t.api('noor', `/customers/${house}/worth`, { method: 'POST', body: { words: 'Tills open at eight', kind: 'process', amount: 1450 } });
    const asks = await letter('priya', (m) => /Was it worth this to Nordpris\?/.test(m.head.subject ?? ''));
    await picture('worth', asks);
    assert.match(asks.text, /Tills open at eight[\s\S]*1,450 EUR/);
    const page = await t.as(null), line = () => rows(desk, "SELECT * FROM ledger WHERE words = 'Tills open at eight'")[0];
    await page.goto(link(asks, 'Yes, it was'));
    assert.equal(Number(line().confirmed_at), 0, 'opening it says nothing');
    await page.getByRole('button', { name: 'Yes, it was' }).click();
    assert.match(await words(page), /Thank you\. It counts from now on\./);
    assert.ok(Number(line().confirmed_at) > 0);
    await t.look(null, new URL(link(asks, 'No, it was not')).pathname);
  });

  test('while the mail server is down nothing is lost; afterwards it is delivered once', async () => {
        await mail.stopSmtp();
    const told = await t.request('ana', { subject: 'While it is down', body: 'Words.' });
    await t.say(told.ref, 'Said while the server was down.');
    const row = await until('tried', () => rows(desk, `SELECT * FROM outbox WHERE request_id = ${told.ref.slice(2)} AND kind = 'reply' AND attempts > 0`)[0]);
    assert.equal(row.state, 'waiting');
    assert.match(row.fault, /Nothing answers at 127\.0\.0\.1/);
    const page = await t.as('sofie');
    await page.goto(`/requests/${told.ref}`);
    assert.match(await words(page), /Waiting to go to Ana/);
    await mail.startSmtp();
    rows(desk, `UPDATE outbox SET next_at = 1 WHERE state = 'waiting'`);      // the minute until the next try is over
    const got = await letter('ana', (m) => m.text.includes('Said while the server was down'));
    assert.equal(ids(got.head['message-id'])[0], row.message_id);
    assert.equal(mail.inbox('ana').filter((m) => parse(m.raw).text.includes('Said while the server was down')).length, 1);
  });

  test('killed in the middle of taking mail in: all of it is there afterwards, each once', async () => {
    const sent = [];
    for (let i = 0; i < 30; i++) sent.push(`kill-${i}@example.test`);
    for (const id of sent) mail.drop('help', `${Date.now()}.${id}`, `From: Mina <mina@example.test>\nTo: help@desk.test\nSubject: Number ${id}\nMessage-ID: <${id}>\n\nWords of ${id}.\n`);
    const count = () => Number(rows(desk, "SELECT COUNT(*) AS n FROM mail WHERE message_id LIKE 'kill-%'")[0].n);
    for (const most of [1, 12]) {
      await until('some have come', () => count() >= most);
      await desk.kill();
      await desk.start();
    }
    await until('all have come', () => count() + Number(rows(desk, "SELECT COUNT(*) AS n FROM mail WHERE outcome = 'new'")[0].n) >= sent.length);
    rows(desk, "UPDATE job SET due_at = 1, lease_until = 0 WHERE kind = 'mail-take'");      // the minute after which what a crash left is taken up is over
    await until('all are in', () => rows(desk, "SELECT DISTINCT message_id FROM mail WHERE message_id LIKE 'kill-%' AND outcome = 'request'").length === sent.length);
    const made = rows(desk, "SELECT subject, COUNT(*) AS n FROM request WHERE subject LIKE 'Number kill-%' GROUP BY subject");
    assert.equal(made.length, sent.length);
    assert.deepEqual(made.filter((m) => Number(m.n) !== 1), [], 'each became one request');
    assert.deepEqual(rows(desk, "SELECT id FROM mail WHERE outcome = 'new'"), []);
    const proof = desk.run('verify');
    assert.equal(proof.status, 0, proof.stdout + proof.stderr);
  });
});
