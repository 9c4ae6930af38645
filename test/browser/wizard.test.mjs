// From an empty store to the first answered question, with JavaScript off; a mailbox that says no and then yes.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import { openDesk, stores } from './harness.mjs';

// Just enough of two mail servers to sign in to. password: what they take.
function mailServers(password) {
  const lines = (socket, hello, answer) => {
    let rest = '';
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.write(hello);
    socket.on('data', (d) => {
      rest += d;
      for (let at; (at = rest.indexOf('\r\n')) >= 0; rest = rest.slice(at + 2)) answer(rest.slice(0, at), (s) => socket.write(`${s}\r\n`), socket);
    });
  };
  const imap = net.createServer((socket) => lines(socket, '* OK here\r\n', (line, say) => {
    const [tag, verb] = line.split(' '), word = (verb ?? '').toUpperCase();
    if (word === 'CAPABILITY') say('* CAPABILITY IMAP4rev1');
    if (word === 'SELECT' || word === 'EXAMINE') say('* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 1] x');
    if (word === 'LOGOUT') say('* BYE');
    if (word === 'LOGIN' && !line.includes(password)) say(`${tag} NO [AUTHENTICATIONFAILED] no`);
    else say(`${tag} OK done`);
  }));
  const smtp = net.createServer((socket) => {
    let login = 0;
    lines(socket, '220 here\r\n', (line, say) => {
      const ok = (b64) => Buffer.from(b64, 'base64').toString().includes(password);
      if (login) { login = 0; say(ok(line) ? '235 in' : '535 5.7.8 no'); return; }
      if (/^EHLO/i.test(line)) say('250-here\r\n250 AUTH PLAIN');
      else if (/^AUTH PLAIN\s+\S/i.test(line)) say(ok(line.split(' ')[2]) ? '235 in' : '535 5.7.8 no');
      else if (/^AUTH PLAIN/i.test(line)) { login = 1; say('334 '); }
      else say(/^QUIT/i.test(line) ? '221 bye' : '250 ok');
    });
  });
  const listen = (s) => new Promise((done) => s.listen(0, '127.0.0.1', () => done(s.address().port)));
  return { imap, smtp, start: async () => [await listen(imap), await listen(smtp)], stop: () => { imap.close(); smtp.close(); } };
}

for (const store of stores) describe(`the first start, ${store}`, { concurrency: 1 }, () => {
  let t, page, servers, imap, smtp;
  before(async () => {
    t = await openDesk({ store, empty: true });
    servers = mailServers('correct horse');
    [imap, smtp] = await servers.start();
    page = await t.as(null);
  });
  after(async () => { servers?.stop(); await t?.close(); });
  const words = () => page.locator('main').innerText();
  const look = async (path, options) => t.look(await page.context().storageState(), path, options);

  test('a stranger from elsewhere needs the code from the console', async () => {
    const code = /setup\?code=(\w{16})/.exec(t.desk.out)[1];
    const away = (path, options = {}) => t.desk.ask(path, { ...options, headers: { host: 'desk.example.org', ...(options.headers ?? {}) } });
    assert.equal((await away('/inbox')).headers.location, '/setup');
    const page = await away('/setup');
    assert.match(page.text, /Nobody looks after this desk yet/);
    assert.doesNotMatch(page.text, new RegExp(code));
    assert.equal((await away('/setup/you')).headers.location, '/setup');
    assert.match((await away('/setup?code=aaaabbbbccccdddd')).text, /That is not the code/);
    assert.equal((await away(`/setup?code=${code.slice(0, 4)}-${code.slice(4).toUpperCase()}`)).headers.location, `/setup/you?code=${code}`);
    assert.match((await away(`/setup/you?code=${code}`)).text, /Who are you\?/);
    const cookie = page.headers['set-cookie'][0].split(';')[0], csrf = /name="csrf" value="([^"]*)"/.exec(page.text)[1];
    const form = new URLSearchParams({ csrf, name: 'Mallory', mail: 'm@evil.example', password: 'four words that fit', code: 'aaaabbbbccccdddd' }).toString();
    const try_ = await away('/setup/you', { method: 'POST', body: form, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' } });
    assert.equal(try_.headers.location, '/setup');
  });

  test('everything leads there until somebody looks after the desk', async () => {
    for (const path of ['/', '/ask', '/inbox', '/signin', '/my']) {
      await page.goto(path);
      assert.match(page.url(), /\/setup\/you$/, path);
    }
    assert.equal((await t.desk.ask('/healthz')).status, 200);
  });

  test('1 you', async () => {
    await page.goto('/');
    await t.look(null, '/setup/you');
    await page.getByLabel('Your name').fill('Noor Haddad');
    await page.getByLabel('Your email address').fill('noor@meridian.example');
    await page.getByLabel('A password').fill('short');
    await page.getByRole('button', { name: 'Go on' }).click();
    assert.match(await words(), /Use at least 10 characters/);
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Noor Haddad');
    await page.getByLabel('A password').fill('four words that fit');
    await page.getByRole('button', { name: 'Go on' }).click();
    assert.match(page.url(), /\/setup\/place$/);
    const other = await t.as(null);
    await other.goto('/setup');
    assert.doesNotMatch(other.url(), /setup/, 'the door is closed behind the first one');
  });

  test('2 your place', async () => {
    await look('/setup/place');
    await page.getByLabel('Name', { exact: true }).fill('Meridian Foods');
    await page.getByLabel('Time zone').selectOption('Europe/Lisbon');
    await page.getByLabel('A number where a person answers').fill('+351 22 555 0140');
    await page.getByRole('button', { name: 'Go on' }).click();
    assert.match(page.url(), /\/setup\/mail$/);
    assert.match(await page.locator('header').innerText(), /Meridian Foods/);
    await page.getByRole('link', { name: 'Back' }).click();
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Meridian Foods');
    await page.getByRole('button', { name: 'Go on' }).click();
  });

  // The page looks again by itself every two seconds; here it is asked until the try is over.
  async function answered() {
    for (let i = 0; i < 200; i++) {
      await page.goto('/setup/mail');
      if (!/Knocking at the servers/.test(await words())) return;
    }
    assert.fail('the mailbox never answered');
  }
  async function tryMailbox(password) {
    await page.getByLabel('Mail address').fill('help@meridian.example');
    await page.getByLabel('Password').fill(password);
    if (!await page.getByLabel('Read from (IMAP)').isVisible()) await page.getByText('The servers are different').click();
    await page.getByLabel('Read from (IMAP)').fill(`imap://127.0.0.1:${imap}`);
    await page.getByLabel('Send through (SMTP)').fill(`smtp://127.0.0.1:${smtp}`);
    await page.getByRole('button', { name: /^Try/ }).click();
    await answered();
  }

  test('3 mail: a password that is refused is said in plain words', async () => {
    await look('/setup/mail');
    await tryMailbox('wrong one');
    assert.match(await words(), /The server answered, but did not accept this password\./);
    assert.equal(await page.getByLabel('Mail address').inputValue(), 'help@meridian.example');
    assert.doesNotMatch(await page.content(), /wrong one/);
    await look('/setup/mail');
  });

  test('3 mail: the right one works, and is used', async () => {
    await tryMailbox('correct horse');
    assert.match(await words(), /help@meridian\.example answers\.[\s\S]*Reading from[\s\S]*works[\s\S]*Sending through[\s\S]*works/);
    await look('/setup/mail');
    await page.getByRole('button', { name: 'Use this mailbox' }).click();
    assert.match(page.url(), /\/setup\/team$/);
    assert.doesNotMatch(await page.content(), /correct horse/);
  });

  test('who leaves goes on where they were', async () => {
    await page.goto('/setup');
    assert.match(page.url(), /\/setup\/team$/);
  });

  test('4 team', async () => {
    await look('/setup/team');
    await page.getByLabel('What is your team called?').fill('Service desk');
    await page.getByLabel('day and night').check();
    await page.getByLabel('within an hour').check();
    await page.getByLabel('Addresses of colleagues').fill('Sofie Janssens <sofie@meridian.example>, yusuf@meridian.example\nand Lars');
    await page.getByRole('button', { name: 'Go on' }).click();
    assert.match(await words(), /These are no addresses: and Lars/);
    assert.ok(await page.getByLabel('day and night').isChecked());
    await page.getByLabel('Addresses of colleagues').fill('Sofie Janssens <sofie@meridian.example>, yusuf@meridian.example');
    await page.getByRole('button', { name: 'Go on' }).click();
    assert.match(page.url(), /\/setup\/try$/);
    assert.match(t.desk.run('person', 'list', '--json').stdout, /sofie@meridian\.example/);
  });

  test('5 try it: a question to oneself arrives, and can be answered', async () => {
    await look('/setup/try');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    assert.match(await words(), /It is here: R-1/);
    await look('/setup/try?asked=R-1');
    const see = await page.getByRole('link', { name: 'See it as they see it' }).getAttribute('href');
    const asker = await t.as(null);
    await asker.goto(new URL(see).pathname);
    assert.match(await asker.locator('main').innerText(), /Hello, does this reach a person\?[\s\S]*Write to Service desk|Service desk will look at this/);
    await page.getByRole('link', { name: 'Answer it' }).click();
    assert.match(page.url(), /\/requests\/R-1/);
    await page.goto('/setup/try');
    await page.getByRole('button', { name: 'Go to your inbox' }).click();
    assert.match(page.url(), /\/inbox/);
    await page.goto('/setup');
    assert.match(page.url(), /\/inbox/);
  });

  test('a stranger asks, and hears by when', async () => {
    const ask = await t.as(null);
    await ask.goto('/');
    assert.match(await ask.locator('main').innerText(), /Ask now and you hear from us (today|tomorrow|\w+day) by \d\d:\d\d/);
  });
});
