// What people who serve do all day, with JavaScript off; every page of theirs looked at by axe, on a phone and from right to left.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { command } from '../api/desk.mjs';
import { openDesk, people, stores } from './harness.mjs';

const words = (page) => page.locator('main').innerText();
const local = (date) => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
const inHours = (n) => local(new Date(Date.now() + n * 3600_000));       // the desk of these tests keeps UTC, as the machine does

for (const store of stores) describe(`people who serve, ${store}`, { concurrency: 1 }, () => {
  let t;
  before(async () => { process.env.TZ = 'UTC'; t = await openDesk({ store }); });
  after(() => t?.close());

  const ask = (subject, body = 'It does not work since this morning.') => t.request('ana', { subject, body });
  const status = async (page, press) => (await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), press()]))[0].status();

  test('nothing to do is said kindly, and who waits is in the list', async () => {
    const page = await t.as('sofie');
    await page.goto('/inbox');
    assert.match(await words(page), /No conversations yet\./);
    const r = await ask('Label printer');
    await page.goto('/inbox');
    assert.match(await words(page), /One person is waiting for you\.[\s\S]*Ana Souza[\s\S]*Label printer/);
    await page.getByRole('link', { name: /Label printer/ }).first().click();
    assert.match(page.url(), new RegExp(`open=${r.ref}`));
    assert.match(await words(page), /New · nobody has it yet · Ana has waited/);
    await page.goto('/inbox?list=done');
    assert.match(await words(page), /Nothing here now\./);
  });

  test('a request is read, noted, answered and reported done', async () => {
    const r = await ask('Badge reader');
    const page = await t.as('sofie');
    await page.goto(`/requests/${r.ref}`);
    await page.getByRole('link', { name: 'Note', exact: true }).click();
    await page.getByLabel('Note for the team').fill('The reader was *swapped* on Monday.');
    await page.getByRole('button', { name: 'Save note for the team' }).click();
    assert.match(await words(page), /The note is kept\. Only the team sees it\.[\s\S]*Note, only the team sees this/);
    assert.equal(await page.locator('.msg.note em').innerText(), 'swapped');
    await page.getByLabel('Reply to Ana Souza').fill('We are looking at it now.');
    await page.locator('.attach > summary').click();
    await page.getByLabel('Files').setInputFiles([{ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('the plan') }]);
    await page.getByRole('button', { name: 'Send to Ana' }).click();
    assert.match(await words(page), /Sent to Ana\.[\s\S]*We are looking at it now\./);
    assert.match(await words(page), /with you/);                       // who answers first has it
    const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /plan\.txt/ }).click()]);
    assert.equal(got.suggestedFilename(), 'plan.txt');
    await page.getByLabel('Reply to Ana Souza').fill('Try it now: it knows you again.');
    await page.getByRole('button', { name: 'Send as the answer' }).click();
    assert.match(await words(page), /Answered · with Ana[\s\S]*Sent as the answer\. Ana is asked whether it is sorted\./);
    const one = await t.api('sofie', `/requests/${r.ref}`);
    assert.equal(one.state, 'REPORTED');
    const theirs = await t.as('ana');
    await theirs.goto(`/my/${r.ref}`);
    assert.doesNotMatch(await theirs.content(), /swapped/);
    assert.match(await words(theirs), /Try it now: it knows you again\./);
    await t.look('sofie', `/requests/${r.ref}`);
    await t.look('sofie', `/requests/${r.ref}?write=note`);
  });

  test('a promise has an hour and conditions; one that has passed is refused beside its field', async () => {
    const r = await ask('Scanner');
    const page = await t.as('sofie');
    await page.goto(`/inbox?list=team&open=${r.ref}`);
    await page.getByRole('link', { name: 'Promise', exact: true }).click();
    await page.getByLabel('By when').fill('2020-01-01T10:00');
    await page.getByLabel('What will be true then, one a line').fill('Both scanners read\nThe lab said so');
    await page.getByLabel('A word to Ana with it').fill('Tomorrow, for sure.');
    assert.equal(await status(page, () => page.getByRole('button', { name: 'Promise Ana' }).click()), 422);
    assert.match(await words(page), /That hour has passed\. Choose one that is still to come\./);
    assert.equal(await page.getByLabel('A word to Ana with it').inputValue(), 'Tomorrow, for sure.');
    assert.equal(await page.getByLabel('What will be true then, one a line').inputValue(), 'Both scanners read\nThe lab said so');
    await page.getByLabel('By when').fill(inHours(26));
    await page.getByRole('button', { name: 'Promise Ana' }).click();
    assert.match(await words(page), /Promised\. Ana was told\.[\s\S]*You promised Ana[\s\S]*Both scanners read[\s\S]*The lab said so/);
    await t.look('sofie', `/inbox?list=team&open=${r.ref}`);
    await t.look('sofie', `/requests/${r.ref}?write=revoke`);
    await page.getByRole('link', { name: 'New time', exact: true }).click();
    await page.getByLabel('Why you cannot keep it').fill('The part comes a day late.');
    await page.getByLabel('What you can promise instead, by when').fill(inHours(50));
    await page.getByRole('button', { name: 'Ask Ana to agree' }).click();
    assert.match(await words(page), /we could not keep the promise and offered another[\s\S]*Offered\. It is Ana who decides now\./);
    assert.equal((await t.api('sofie', `/requests/${r.ref}`)).state, 'REVOKED');
  });

  test('something else is offered than was asked', async () => {
    const r = await ask('A new chair');
    const page = await t.as('sofie');
    await page.goto(`/requests/${r.ref}`);
    await page.getByRole('link', { name: 'Offer something else' }).click();
    await page.getByLabel('What you can do, by when').fill(inHours(72));
    await page.getByLabel('Why, in your words').fill('The blue one is out of stock.');
    await page.getByRole('button', { name: 'Offer it to Ana' }).click();
    assert.match(await words(page), /You offered Ana, who has not answered yet/);
    assert.equal((await t.api('sofie', `/requests/${r.ref}`)).state, 'COUNTERED');
    await t.look('sofie', `/requests/${r.ref}`);
  });

  test('a no needs its reason and says where else', async () => {
    const r = await ask('My car');
    const page = await t.as('sofie');
    await page.goto(`/requests/${r.ref}`);
    await page.getByRole('link', { name: 'Say no, and where else' }).click();
    assert.equal(await status(page, () => page.getByRole('button', { name: 'Say no to Ana' }).click()), 422);
    assert.match(await words(page), /Say why; it matters to the person who asked/);
    await page.getByLabel('Why we cannot do this').fill('We do not mend cars.');
    await page.getByLabel('Who can help instead').fill('The garage at the corner');
    await page.getByRole('button', { name: 'Say no to Ana' }).click();
    assert.match(await words(page), /We said no, and told Ana why\.[\s\S]*We said no/);
    const theirs = await t.as('ana');
    await theirs.goto(`/my/${r.ref}`);
    assert.match(await words(theirs), /Who can help instead: The garage at the corner[\s\S]*We do not mend cars\./);
    assert.match(await words(page), /instead: The garage at the corner/);
  });

  test('two people on one request: the second is stopped, sees what arrived, and keeps their words', async () => {
    const r = await ask('Two at once');
    const sofie = await t.as('sofie'), yusuf = await t.as('yusuf');
    await sofie.goto(`/requests/${r.ref}`);
    await yusuf.goto(`/requests/${r.ref}`);
    await yusuf.getByLabel('Reply to Ana Souza').fill('I have mended it.');
    await yusuf.getByRole('button', { name: 'Send to Ana' }).click();
    await sofie.getByLabel('Reply to Ana Souza').fill('I will look tomorrow.');
    assert.equal(await status(sofie, () => sofie.getByRole('button', { name: 'Send to Ana' }).click()), 409);
    assert.match(await words(sofie), /Nothing was sent: this conversation moved on[\s\S]*New since you looked[\s\S]*I have mended it\.[\s\S]*Yusuf Demir answered[\s\S]*Your words are still here/);
    assert.equal(await sofie.getByLabel('Reply to Ana Souza').inputValue(), 'I will look tomorrow.');
    let one = await t.api('sofie', `/requests/${r.ref}`);
    assert.deepEqual(one.messages.map((m) => m.body ?? m.text).filter((m) => /tomorrow/.test(m)), []);
    await sofie.getByLabel('Reply to Ana Souza').fill('And it holds, says Yusuf.');
    await sofie.getByRole('button', { name: 'Send to Ana' }).click();
    assert.match(await words(sofie), /Sent to Ana\./);
    one = await t.api('sofie', `/requests/${r.ref}`);
    assert.equal(one.messages.length, 3);
  });

  test('who has it, which team, tags, a name, out of sight: by a click each', async () => {
    const r = await ask('Around the loop');
    const page = await t.as('sofie');
    const again = () => page.goto(`/requests/${r.ref}`);
    const open = (name) => page.locator('.bar summary', { hasText: name }).click();
    await again();
    await open('Assign');
    await page.locator('.bar').getByRole('button', { name: 'Take it' }).click();
    assert.match(await words(page), /It is yours now\.[\s\S]*Sofie took it/);
    await open('Assign');
    await page.locator('.bar').getByRole('button', { name: 'Yusuf Demir' }).click();
    assert.match(await words(page), /Handed over\.[\s\S]*Sofie gave it to Yusuf Demir/);
    await open('Tag');
    await page.getByLabel('Tags, with commas between').fill('Printer, line 4');
    await page.getByRole('button', { name: 'Keep these tags' }).click();
    assert.match(await words(page), /The tags are kept\./);
    assert.deepEqual(await page.locator('.tag').allInnerTexts(), ['line 4', 'printer']);
    await open('More');
    await page.getByLabel('What it is called').fill('Line 4 stands still');
    await page.getByRole('button', { name: 'Rename' }).click();
    assert.equal(await page.locator('h1').innerText(), 'Line 4 stands still');
    assert.match(await words(page), /renamed it; it was “Around the loop”/);
    await open('More');
    await page.getByLabel('Somebody else, by mail address').fill(people.priya.email);
    await page.getByRole('button', { name: 'Let them read along' }).click();
    assert.match(await words(page), /They are in this now\.[\s\S]*Priya Raman, reads along/);
    await page.getByRole('button', { name: 'Take Priya Raman out' }).click();
    assert.doesNotMatch(await words(page), /reads along$/m);
    await open('Snooze');
    await page.getByRole('button', { name: 'Until tomorrow morning' }).click();
    assert.match(await words(page), /Out of your sight for now\. No clock stops\./);
    await page.goto('/inbox?list=snoozed');
    assert.match(await words(page), /Line 4 stands still/);
    await t.look('sofie', '/inbox?list=snoozed');
    await again();
    await open('Snooze');
    await page.getByRole('button', { name: 'Wake it now' }).click();
    assert.match(await words(page), /Back in your list\./);
  });

  test('what is remembered of a person says who said so, and can be taken back', async () => {
    const r = await ask('Remember me');
    const page = await t.as('sofie');
    await page.goto(`/requests/${r.ref}`);
    await page.getByText('Remember something').click();
    await page.getByLabel('What to remember').fill('Call when the line stands still.');
    await page.getByLabel('How you know').selectOption('told');
    await page.getByRole('button', { name: 'Remember it' }).click();
    assert.match(await page.locator('aside.side').innerText(), /Call when the line stands still\.\s+Ana told us, today/);
    const theirs = await t.as('ana');
    await theirs.goto('/about-me');
    assert.match(await words(theirs), /Call when the line stands still\./);
    await page.getByRole('link', { name: 'Ana Souza' }).first().click();
    assert.match(page.url(), /\/people\/\d+/);
    assert.match(await words(page), /What we remember[\s\S]*Call when the line stands still\.[\s\S]*What Ana asked[\s\S]*Remember me/);
    await t.look('sofie', new URL(page.url()).pathname);
  });

  test('a call is written down for the person who made it, back to when it began', async () => {
    const page = await t.as('yusuf');
    await page.goto('/new');
    await t.look('yusuf', '/new');
    await page.getByLabel('Who is it for').fill('Nobody We Know');
    await page.getByLabel('What they need, in their words').fill('The door of hall 4 is locked.');
    assert.equal(await status(page, () => page.getByRole('button', { name: 'Write it down' }).click()), 422);
    assert.match(await words(page), /We know nobody by that name\. Write their mail address\./);
    await page.getByLabel('Who is it for').fill(people.priya.email);
    await page.getByLabel('Since when it has troubled them').fill(inHours(-30));
    await page.getByRole('button', { name: 'Write it down' }).click();
    assert.match(await words(page), /Priya has waited 30 hours[\s\S]*Written down, and in the list\.[\s\S]*Yusuf wrote it down for Priya Raman/);
    const theirs = await t.as('priya');
    await theirs.goto('/my');
    assert.match(await words(theirs), /The door of hall 4 is locked\./);
  });

  test('words are found where they were said, and marked', async () => {
    await ask('Déjà vu', 'The Kühlschrank hums at night.');
    const page = await t.as('sofie');
    await page.goto('/search');
    await page.getByRole('searchbox').fill('kuhlschrank');
    await page.getByRole('button', { name: 'Find' }).click();
    assert.equal(await page.locator('mark').first().innerText(), 'Kühlschrank');
    await t.look('sofie', '/search?q=kuhlschrank');
    await page.getByRole('searchbox').fill('zzzzzz');
    await page.getByRole('button', { name: 'Find' }).click();
    assert.match(await words(page), /Nothing matches[\s\S]*Clear the search/);
    await page.goto('/search?q=R-1');
    assert.match(page.url(), /\/requests\/R-1$/);
  });

  test('people: somebody is invited, moved, and leaves, and is told what ends', async () => {
    const page = await t.as('noor');
    await page.goto('/people');
    await page.getByLabel('Mail address').fill('kim@meridian.example');
    await page.getByLabel('Name', { exact: true }).fill('Kim Park');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    assert.match(await words(page), /A mail with a link is on its way to Kim\.[\s\S]*Serves/);
    const kim = new URL(page.url()).pathname;
    await t.look('noor', '/people');
    await t.look('noor', kim);
    await page.getByText('Let them do more').click();
    await page.getByLabel('May', { exact: true }).selectOption('administers');
    await page.getByRole('button', { name: 'Let them', exact: true }).click();
    assert.match(await words(page), /Looks after the desk/);
    await page.getByRole('link', { name: 'Kim is leaving' }).click();
    assert.match(await words(page), /Nothing is deleted[\s\S]*cannot come in any more/);
    await t.look('noor', `${kim}/disable`);
    await page.getByRole('button', { name: 'Yes, Kim leaves' }).click();
    assert.match(await words(page), /Gone since today\./);
    await page.goto('/people?part=gone');
    assert.match(await words(page), /Kim Park/);
    const me = await t.api('noor', '/people?q=noor');
    await page.goto(`/people/${me.items[0].id}/disable`);
    assert.equal(await status(page, () => page.getByRole('button', { name: 'Yes, Noor leaves' }).click()), 409);
    assert.match(await words(page), /Nobody else looks after this desk/);
    const other = await t.as('sofie');
    await other.goto('/people');
    assert.equal(await other.getByRole('button', { name: 'Send the invitation' }).count(), 0);
    assert.equal((await other.goto(`${kim}/disable`)).status(), 403);
  });

  test('a team is made, led, and closed to others', async () => {
    const page = await t.as('noor');
    await page.goto('/people');
    await page.getByLabel('A new team').fill('HR');
    await page.getByRole('button', { name: 'Make it' }).click();
    const team = new URL(page.url()).pathname;
    await page.getByLabel('Somebody joins, by mail address').fill(people.yusuf.email);
    await page.getByRole('button', { name: 'Leads', exact: true }).last().click();
    assert.match(await words(page), /Yusuf Demir\s+leads/);
    await page.getByLabel(/^Closed: nobody outside/).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    assert.match(await words(page), /Closed: nobody outside the team can read what it is asked\./);
    await t.look('noor', team);
  });

  test('the desk tells in sentences how it is set up; wrong hours are said beside their day', async () => {
    const page = await t.as('noor');
    await page.goto('/settings');
    assert.match(await words(page), /There is no server to hand mail to/);
    await t.look('noor', '/settings');
    await page.goto('/settings?open=hours');
    await page.getByLabel('What it is called').fill('Porto');
    await page.getByRole('textbox', { name: 'Monday' }).fill('half past eight');
    assert.equal(await status(page, () => page.getByRole('button', { name: 'Save the hours' }).click()), 422);
    assert.match(await words(page), /Write hours like 08:30-17:30, or nothing for a closed day\./);
    assert.equal(await page.getByRole('textbox', { name: 'Monday' }).inputValue(), 'half past eight');
    await t.look('noor', '/settings?open=hours', { open: async (p) => { await p.locator('#name').fill('x'); await p.locator('#mon').fill('no'); await p.locator('form[action="/settings/hours"] .go').click(); } });
    await page.getByRole('textbox', { name: 'Monday' }).fill('8:30-12, 13-17:30');
    await page.getByLabel('Closed on').fill('2026-13-40');
    assert.equal(await status(page, () => page.getByRole('button', { name: 'Save the hours' }).click()), 422);
    await page.getByLabel('Closed on').fill('2027-06-10\n2027-12-24..2027-12-31');
    await page.getByRole('button', { name: 'Save the hours' }).click();
    assert.match(await words(page), /Saved\./);
    assert.equal(await page.getByRole('textbox', { name: 'Monday' }).inputValue(), '08:30-12:00, 13:00-17:30');
    assert.equal(await page.getByLabel('Closed on').inputValue(), '2027-06-10\n2027-12-24..2027-12-31');
    await page.goto('/settings');
    assert.match(await words(page), /Monday 08:30-12:00, 13:00-17:30/);
    await page.goto('/settings?open=service');
    await page.getByLabel('What people call it').fill('Scanners');
    await page.getByLabel('Somebody answers within').fill('soon');
    assert.equal(await status(page, () => page.getByRole('button', { name: 'Save it' }).click()), 422);
    assert.match(await words(page), /Write it like 4 h, 30 min or 2 d\./);
    await page.getByLabel('Somebody answers within').fill('90 min');
    await page.getByRole('button', { name: 'Save it' }).click();
    assert.match(await words(page), /Saved\./);
    await page.goto('/settings');
    assert.match(await words(page), /Scanners, with [\s\S]*one hears within 1 h 30 min of open hours/);
    await t.look('noor', '/settings?open=place');
    await t.look('noor', '/settings?open=mail');
    await t.look('noor', '/settings?open=mailbox');
  });

  test('mail: what came, what became of it, and its words in a frame that can do nothing', async () => {
    const mail = (from, subject, body, more = '') => command(['mail-in', '--mailbox', 'help@meridian.example'], {
      env: t.desk.env, input: `From: ${from}\r\nTo: help@meridian.example\r\nSubject: ${subject}\r\nMessage-ID: <${Math.random()}@x.example>\r\n${more}\r\n${body}` });
    const one = JSON.parse(mail('Tomasz <tomasz@line4.example>', 'Hostile words',
      '<p>Hello <b>there</b></p><script>parent.document.title="owned"</script><img src="http://tracker.example/x.gif"><form action="http://evil.example"><input name=a></form>',
      'MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n').stdout);
    assert.equal(one.outcome, 'request');
    mail('robot@list.example', 'Newsletter', 'Buy', 'List-Id: <news.list.example>\r\nPrecedence: bulk\r\n');
    const page = await t.as('noor', { js: true });
    const quiet = t.quiet(page);
    await page.goto('/mail');
    assert.match(await words(page), /Tomasz\s+Hostile words[\s\S]*became a request/);
    await page.getByRole('link', { name: 'Tomasz', exact: true }).click();
    assert.match(await words(page), /What became of it, and why[\s\S]*Hello there/);
    await t.look('noor', new URL(page.url()).pathname);
    await t.look('noor', '/mail');
    const sofie = await t.as('sofie', { js: true });
    await sofie.goto(`/requests/${one.request}`);
    await sofie.getByRole('link', { name: 'As it came' }).first().click();
    const frame = sofie.frameLocator('iframe');
    assert.equal(await frame.locator('b').innerText(), 'there');
    assert.equal(await frame.locator('script, form, input, img[src]').count(), 0);
    const r = await sofie.request.get(new URL(await sofie.locator('iframe').getAttribute('src'), sofie.url()).href);
    assert.match(r.headers()['content-security-policy'], /^sandbox allow-popups[^;]*; default-src 'none'/);
    assert.notEqual(await sofie.title(), 'owned');
    await t.look('sofie', new URL(sofie.url()).pathname);
    assert.equal((await sofie.goto('/mail')).status(), 403);
    quiet();
  });

  test('the outbox says what waits, and can call it back', async () => {
    const r = await ask('Outbox');
    await t.say(r.ref, 'This waits, for there is no server.');
    const page = await t.as('noor');
    await page.goto('/outbox');
    assert.match(await words(page), /There is no server to hand mail to[\s\S]*To Ana Souza/);
    await t.look('noor', '/outbox');
    const before = await page.getByRole('button', { name: 'Call back' }).count();
    await page.getByRole('button', { name: 'Call back' }).first().click();
    assert.match(await words(page), /Stopped\. It will not go out\./);
    assert.equal(await page.getByRole('button', { name: 'Call back' }).count(), before - 1);
  });

  test('words that were typed and not sent are not lost by a slip', async () => {
    const r = await ask('A slip');
    const page = await t.as('sofie', { js: true });
    await page.goto(`/requests/${r.ref}`);
    let asked = 0;
    page.on('dialog', (d) => { asked++; d.dismiss(); });
    await page.getByLabel('Reply to Ana Souza').pressSequentially('half a sentence');
    await page.getByRole('link', { name: 'Search' }).first().click();
    await page.waitForTimeout(300);                                     // the dialogue, if there is one, is dismissed
    assert.equal(asked, 1);
    assert.match(page.url(), new RegExp(r.ref));
    await page.getByRole('button', { name: 'Send to Ana' }).click();
    await page.waitForURL(/done=sent/);
    assert.equal(asked, 1);
  });

  test('what was read is no longer new to who read it', async () => {
    const r = await ask('Read me');
    const page = await t.as('yusuf');
    await page.goto('/inbox?list=team');
    const row = page.locator('.row', { hasText: 'Read me' });
    assert.match(await row.getAttribute('class'), /unread/);
    await page.goto(`/requests/${r.ref}`);
    for (let i = 0; i < 50; i++) {                                       // noted after the answer, by a command of its own
      await page.goto('/inbox?list=team');
      if (!/unread/.test(await row.getAttribute('class'))) break;
    }
    assert.doesNotMatch(await row.getAttribute('class'), /unread/);
  });

  test('asker and stranger find these doors closed', async () => {
    const ana = await t.as('ana'), nobody = await t.as(null);
    for (const path of ['/inbox', '/requests/R-1', '/new', '/search?q=a', '/people', '/people/1', '/teams/1', '/mail', '/outbox', '/settings', '/files/1', '/messages/1/original']) {
      assert.equal((await ana.goto(path)).status(), 403, path);
      await nobody.goto(path);
      assert.match(nobody.url(), /\/signin/, path);
    }
    assert.equal((await nobody.goto('/sample-mailbox')).status(), 404);
  });
});

for (const store of stores) describe(`the sample organisation, ${store}`, { concurrency: 1 }, () => {
  let t;
  before(async () => { t = await openDesk({ store, demo: true, settings: { demo: 'on' } }); });
  after(() => t?.close());

  test('every mail that would have gone out can be read and answered', async () => {
    const page = await t.as(null);
    await page.goto('/sample-mailbox');
    assert.match(await words(page), /Nothing left this machine\./);
    await t.look(null, '/sample-mailbox');
    const from = page.getByLabel('From'), writer = from.locator('option', { hasText: 'Traoré' });      /* whose letters are in French */
    await from.selectOption(await writer.first().getAttribute('value'));
    await page.getByLabel('Subject').fill('A question from the sample');
    await page.getByLabel('Words').fill('Does anybody read this?');
    await page.getByRole('button', { name: 'Send it in' }).click();
    assert.match(await words(page), /Sent in\. It is taken in as any mail is/);
    let link = page.locator('.mine a', { hasText: 'A question from the sample' });
    for (let i = 0; i < 100 && !(await link.count()); i++) { await page.waitForTimeout(100); await page.goto('/sample-mailbox'); }
    await link.first().click();
    for (let i = 0; i < 100 && !(await page.locator('iframe').count()); i++) { await page.waitForTimeout(100); await page.reload(); }
    assert.match(await page.frameLocator('iframe').locator('body').innerText(), /Merci\. Votre demande est bien arrivée/);
    await t.look(null, new URL(page.url()).pathname);
    await page.getByLabel('Words').fill('One thing more.');
    await page.getByRole('button', { name: 'Send it in' }).click();
    assert.match(await words(page), /Sent in\./);
  });
});
