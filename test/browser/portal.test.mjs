// Everything an asker does, with JavaScript off; every page of theirs looked at by axe, on a phone and from right to left.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk, people, stores } from './harness.mjs';

for (const store of stores) describe(`people who ask, ${store}`, { concurrency: 1 }, () => {
  let t;
  before(async () => { t = await openDesk({ store }); });
  after(() => t?.close());

  const ref = (page) => /\/my\/(R-\d+)/.exec(page.url())?.[1];
  const words = (page) => page.locator('main').innerText();

  test('a stranger asks without an account and sees it at once', async () => {
    const page = await t.as(null);
    await page.goto('/');
    await page.getByLabel('What do you need?').fill('My badge does not open the door of hall 4.\nSince Monday.');
    await page.getByLabel('Your name').fill('Tomasz Wójcik');
    await page.getByLabel('Your email address').fill('Tomasz@New.example');
    await page.getByRole('button', { name: 'Ask' }).click();
    assert.match(page.url(), /\/my\/R-\d+/);
    assert.match(await words(page), /Thank you\. We have it/);
    assert.match(await words(page), /Service desk will look at this\. You hear from them (today|tomorrow|\w+day) by \d\d:\d\d/);
    const mine = ref(page);
    await page.goto('/about-me');                                    // the link opens one conversation, not the memory
    assert.match(await words(page), /This is for your eyes/);
    assert.equal((await page.goto('/about-me/export')).status(), 403);

    await page.goto(`/my/${mine}`);                                  // and all of that conversation
    await page.getByLabel('Write to Service desk').fill('It is hall 4, the north door.');
    await page.getByRole('button', { name: 'Send' }).click();
    assert.match(await words(page), /Sent\. Thank you[\s\S]*the north door/);
    await t.provide(mine, { act: 'counter', due: t.hour(20), text: 'Tomorrow, by the south door until then.' });
    await page.reload();
    await page.getByRole('button', { name: 'Yes, that works' }).click();
    assert.match(await words(page), /Sofie Janssens promised this/);
    await t.provide(mine, { act: 'report', text: 'The badge works.' });
    await page.goto(`/my/${mine}/verdict?s=yes`);
    await page.getByRole('button', { name: 'Send to Sofie Janssens' }).click();
    assert.match(await words(page), /Closed, with thanks/);
    assert.equal((await t.api('sofie', `/requests/${mine}`)).state, 'ACCEPTED');
  });

  test('an impatient finger asks once', async () => {
    const page = await t.as('priya', { js: true });
    await page.goto('/ask');
    await page.getByLabel('What do you need?').fill('Only once, please.');
    const twice = await page.evaluate(async () => {
      const form = document.querySelector('form[action="/ask"]');
      const send = () => fetch('/ask', { method: 'POST', body: new FormData(form) }).then((r) => new URL(r.url).pathname);
      return [await send(), await send()];
    });
    assert.match(twice[0], /^\/my\/R-\d+$/);
    assert.equal(twice[1], twice[0]);
    await page.goto('/my');
    assert.equal(await page.getByText('Only once, please.').count(), 1);
  });

  test('who types somebody else’s address gains nothing', async () => {
    const page = await t.as(null);
    await page.goto('/ask');
    await page.getByLabel('What do you need?').fill('Please send me the salary list.');
    await page.getByLabel('Your name').fill('Ana');
    await page.getByLabel('Your email address').fill(people.ana.email);
    await page.getByRole('button', { name: 'Ask' }).click();
    assert.match(page.url(), /\/asked/);
    assert.match(await words(page), /only who reads its mail can open the conversation/);
    assert.doesNotMatch(await page.content(), /R-\d+|salary/);
    await page.goto('/my');
    assert.match(page.url(), /\/signin/);
    const list = await t.api('sofie', `/requests?from=${encodeURIComponent(people.ana.email)}`);
    const one = await t.api('sofie', `/requests/${list.items[0].ref}`);
    assert.equal(one.messages[0].trusted, false);
  });

  test('what is missing is said beside the field, and nothing typed is lost', async () => {
    const page = await t.as(null);
    await page.goto('/ask');
    await page.locator('form[action="/ask"]').evaluate((f) => { f.noValidate = true; }).catch(() => {});
    await page.getByLabel('What do you need?').fill('A question');
    await page.getByLabel('Your name').fill('Somebody');
    await page.getByLabel('Your email address').fill('not@an-address');
    await page.getByText('By when, and what good looks like').click();
    await page.getByLabel('I’d like it by').fill('2001-01-01');
    await page.getByLabel('What does good look like?').fill('I can get in');
    const [answer] = await Promise.all([page.waitForResponse('**/ask'), page.getByRole('button', { name: 'Ask' }).click()]);
    assert.equal(answer.status(), 422);
    assert.match(await words(page), /One thing to put right[\s\S]*Write an email address like name@example\.org/);
    assert.equal(await page.getByLabel('What do you need?').inputValue(), 'A question');
    assert.equal(await page.getByLabel('What does good look like?').inputValue(), 'I can get in');
    await page.getByLabel('Your email address').fill('somebody@else.example');
    await page.getByRole('button', { name: 'Ask' }).click();
    assert.match(await words(page), /That has passed\. Choose a day that is still to come/);
  });

  test('a machine that fills everything in is stopped; a person who is mistaken for one is not', async () => {
    const page = await t.as(null, { js: true });
    await page.goto('/ask');
    await page.getByLabel('What do you need?').fill('Buy my things');
    await page.getByLabel('Your name').fill('Bot');
    await page.getByLabel('Your email address').fill('bot@spam.example');
    await page.locator('#leave').evaluate((e) => { e.value = 'http://spam.example'; });
    await page.getByRole('button', { name: 'Ask' }).click();
    assert.match(await words(page), /It is there to stop machines/);
    assert.equal(await page.locator('#leave').inputValue(), '');
    await page.getByRole('button', { name: 'Ask' }).click();
    assert.match(page.url(), /\/my\/R-\d+/);
  });

  test('somebody known is not asked again who they are, and sets a bar and sends files', async () => {
    const page = await t.as('ana');
    await page.goto('/');
    assert.match(await words(page), /How can we help, Ana\?/);
    assert.equal(await page.getByLabel('Your email address').count(), 0);
    await page.getByLabel('What do you need?').fill('I move to Rotterdam and need a desk by the window.');
    await page.getByLabel('Add files').setInputFiles([
      { name: 'floor plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a window') },
      { name: 'фото.txt', mimeType: 'text/plain', buffer: Buffer.from('a photo') },
    ]);
    await page.getByText('By when, and what good looks like').click();
    const day = new Date(Date.now() + 9 * 86400_000).toISOString().slice(0, 10);
    await page.getByLabel('I’d like it by').fill(day);
    await page.getByLabel('How should we tell you?').fill('by mail');
    await page.getByLabel('What does good look like?').fill('I can work on Monday at nine');
    await page.getByRole('button', { name: 'Ask' }).click();
    assert.match(await words(page), /You would like it [\s\S]*I can work on Monday at nine[\s\S]*by mail/);
    const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /floor plan\.txt/ }).click()]);
    assert.equal(got.suggestedFilename(), 'floor plan.txt');
    assert.equal(await page.getByRole('link', { name: /фото\.txt/ }).count(), 1);
    await page.goto('/my');
    assert.match(await words(page), /I move to Rotterdam/);
  });

  test('says yes to a counter-offer', async () => {
    const r = await t.request('ana', { subject: 'Window desk', body: 'From Monday, please.' });
    await t.provide(r.ref, { act: 'counter', due: t.hour(50), conditions: ['Monday: a desk beside Hanneke'], text: 'The floor is being laid.' });
    const page = await t.as('ana');
    await page.goto('/');
    assert.match(await words(page), /Window desk[\s\S]*waiting for you/);
    await page.goto(`/my/${r.ref}`);
    assert.match(await words(page), /offers you something else[\s\S]*The floor is being laid[\s\S]*a desk beside Hanneke/);
    await t.look('ana', `/my/${r.ref}`);
    await page.getByRole('button', { name: 'Yes, that works' }).click();
    assert.match(await words(page), /Agreed\. It is a promise now\.[\s\S]*Sofie Janssens promised this/);
  });

  test('suggests another way, with an hour', async () => {
    const r = await t.request('ana', { subject: 'Keyboard', body: 'A Kannada keyboard.' });
    await t.provide(r.ref, { act: 'counter', due: t.hour(90), text: 'In four days.' });
    const page = await t.as('ana');
    await page.goto(`/my/${r.ref}`);
    await page.getByRole('link', { name: 'Suggest another way' }).click();
    await t.look('ana', `/my/${r.ref}/other`);
    await page.getByLabel('What would work for you?').fill('A sticker set is fine for now.');
    await page.getByLabel('By when? Only if it matters').fill(t.hour(30).slice(0, 10));
    await page.getByRole('button', { name: 'Suggest this' }).click();
    assert.match(await words(page), /Nothing is agreed until you both say yes/);
    const now = await t.api('sofie', `/requests/${r.ref}`);
    assert.equal(now.state, 'REQUESTED');
    assert.equal(now.ball, 'provider');
  });

  test('an offer that moved on meanwhile is not accepted unread', async () => {
    const r = await t.request('ana', { subject: 'Chair', body: 'A chair.' });
    await t.provide(r.ref, { act: 'counter', due: t.hour(20), text: 'A stool.' });
    const page = await t.as('ana');
    await page.goto(`/my/${r.ref}`);
    await t.say(r.ref, 'We also have a bench.');
    const [answer] = await Promise.all([page.waitForResponse('**/accept'), page.getByRole('button', { name: 'Yes, that works' }).click()]);
    assert.equal(answer.status(), 409);
    assert.match(await words(page), /Something arrived while you were writing[\s\S]*We also have a bench/);
    await page.getByRole('button', { name: 'Yes, that works' }).click();
    assert.match(await words(page), /Agreed/);
  });

  test('writes, answers a question, and reads who promised what', async () => {
    const r = await t.request('ana', { subject: 'Printer', body: 'Wrong date.' });
    await t.provide(r.ref, { act: 'promise', due: t.hour(5), text: 'I look at it.' });
    await t.provide(r.ref, { act: 'ask', text: 'Which line is it?' }).catch(() => t.api('sofie', `/requests/${r.ref}/messages`, { method: 'POST', body: { body: 'Which line is it?', asks: true } }));
    const page = await t.as('ana');
    await page.goto(`/my/${r.ref}`);
    assert.match(await words(page), /asked you something[\s\S]*Which line is it\?/);
    await page.getByLabel('Write to Sofie Janssens').fill('Line 4. See https://example.org/line4 <b>bold</b>');
    await page.getByRole('button', { name: 'Send' }).click();
    assert.match(await words(page), /Sent\. Thank you\./);
    assert.match(await words(page), /Line 4\. See https:\/\/example\.org\/line4 <b>bold<\/b>/);
    assert.match(await words(page), /Who promised what[\s\S]*Sofie Janssens[\s\S]*in force/);
    await t.look('ana', `/my/${r.ref}`);
    await page.getByRole('button', { name: 'Send' }).click();
    assert.match(await words(page), /There is nothing written yet/);
  });

  test('changes what was promised, and keeps the promise until then', async () => {
    const r = await t.request('ana', { subject: 'Labels', body: 'Labels.' });
    await t.provide(r.ref, { act: 'promise', due: t.hour(30), text: 'Labels by then.' });
    const page = await t.as('ana');
    await page.goto(`/my/${r.ref}`);
    await page.getByRole('link', { name: 'Change what I asked' }).click();
    assert.match(await words(page), /The promise you have stays until the change is agreed/);
    await t.look('ana', `/my/${r.ref}/change`);
    await page.getByLabel('What should be different?').fill('Two hundred more.');
    await page.getByRole('button', { name: 'Ask for this change' }).click();
    assert.match(await words(page), /You asked for a change\. Until Sofie Janssens agrees to it, the old promise stands/);
    assert.equal((await t.api('sofie', `/requests/${r.ref}`)).state, 'AMENDING');
  });

  test('takes it back, after being told what is lost', async () => {
    const r = await t.request('ana', { subject: 'Visitor badge', body: 'A badge for Tuesday.' });
    await t.provide(r.ref, { act: 'promise', due: t.hour(30), text: 'A badge at the gate.' });
    const page = await t.as('ana');
    await page.goto(`/my/${r.ref}`);
    await page.getByRole('link', { name: 'I don’t need this any more' }).click();
    assert.match(await words(page), /A badge at the gate\.[\s\S]*this promise ends and nobody works on it further/);
    assert.equal((await t.api('sofie', `/requests/${r.ref}`)).state, 'PROMISED');
    await t.look('ana', `/my/${r.ref}/withdraw`);
    await page.getByLabel('May we know why?').fill('They come another week.');
    await page.getByRole('button', { name: 'Take it back' }).click();
    assert.match(await words(page), /You took this back today/);
    assert.equal((await t.api('sofie', `/requests/${r.ref}`)).state, 'WITHDRAWN');
  });

  test('asks for a person', async () => {
    const r = await t.request('ana', { subject: 'Payslip', body: 'Hours are missing.' });
    const page = await t.as('ana');
    await page.goto(`/my/${r.ref}`);
    await page.locator('article').getByRole('link', { name: 'Talk to a person' }).click();
    await t.look('ana', `/my/${r.ref}/person`);
    await page.getByLabel('How do we reach you best?').fill('+351 555 0100 after four');
    await page.getByRole('button', { name: 'I would like to talk to a person' }).click();
    assert.match(await words(page), /A person will come to you/);
    assert.match(await words(page), /You asked to talk to a person/);
    assert.match(await words(page), /\+351 555 0100 after four/);
  });

  test('“this is sorted” closes it, with a verdict', async () => {
    const r = await t.request('ana', { subject: 'Laptop', body: 'A laptop.', bar: { by: t.hour(48) } });
    await t.provide(r.ref, { act: 'promise', due: t.hour(40), text: 'A laptop.' });
    await t.provide(r.ref, { act: 'report', text: 'It is on your desk.' });
    const page = await t.as('ana');
    await page.goto(`/my/${r.ref}`);
    assert.match(await words(page), /Only you can close this/);
    await t.look('ana', `/my/${r.ref}`);
    await page.getByRole('link', { name: 'This is sorted' }).click();
    assert.equal((await t.api('sofie', `/requests/${r.ref}`)).state, 'REPORTED', 'looking changes nothing');
    await t.look('ana', `/my/${r.ref}/verdict?s=yes&stay=1`);
    assert.ok(await page.getByLabel('Yes, sorted').isChecked());
    const folded = page.getByText('There is more to say');              // asked in short, when there was a card this week
    if (await folded.count()) await folded.click();
    await page.getByLabel('better').check();
    await page.getByRole('group', { name: 'Was it easy to get there?' }).getByLabel('very').check();
    await page.getByLabel('15 minutes').check();
    await page.getByRole('group', { name: 'Was there a moment worth remembering?' }).getByLabel('a good one').check();
    await page.getByLabel('What happened, in your words').fill('He drew the layout on a card for me.');
    await page.getByRole('button', { name: 'Send to Sofie Janssens' }).click();
    assert.match(await words(page), /Closed, with thanks/);
    const done = await t.api('sofie', `/requests/${r.ref}`);
    assert.equal(done.state, 'ACCEPTED');
    await page.goto(`/my/${r.ref}/verdict?s=no`);
    assert.match(await words(page), /There is nothing to say here now/);
  });

  test('“not yet” needs what is missing, and opens it again', async () => {
    const r = await t.request('ana', { subject: 'Scanner', body: 'A scanner.' });
    await t.provide(r.ref, { act: 'promise', due: t.hour(40), text: 'A scanner.' });
    await t.provide(r.ref, { act: 'report', text: 'Done.' });
    const page = await t.as('ana');
    await page.goto(`/my/${r.ref}/verdict?s=no`);
    assert.ok(await page.getByLabel('Not yet').isChecked());
    await page.getByRole('button', { name: /Send to/ }).click();
    assert.match(await words(page), /Say what is still missing/);
    assert.ok(await page.getByLabel('Not yet').isChecked());
    await t.look('ana', `/my/${r.ref}/verdict?s=partly`, { open: (p) => p.getByRole('button', { name: /./ }).first().waitFor() });
    await page.getByLabel('Partly').check();
    await page.getByLabel('What is still missing?').fill('It has no cable.');
    await page.getByRole('button', { name: /Send to/ }).click();
    assert.match(await words(page), /It is open again/);
    const again = await t.api('sofie', `/requests/${r.ref}`);
    assert.equal(again.state, 'PROMISED');
    assert.match(await words(page), /It has no cable/);
  });

  test('one click in a mail is one click where scripts run, with time to stop it', async () => {
    const r = await t.request('priya', { subject: 'Fridge', body: 'It rings.' });
    await t.provide(r.ref, { act: 'promise', due: t.hour(40), text: 'I look.' });
    await t.provide(r.ref, { act: 'report', text: 'It is quiet.' });
    const page = await t.as('priya', { js: true });
    const quiet = t.quiet(page);
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false }));
    await page.clock.install();
    await page.goto(`/my/${r.ref}/verdict?s=yes`);
    await page.clock.runFor(3000);
    assert.match(await words(page), /sends itself in 10 seconds/);
    await page.getByRole('button', { name: 'Wait, not so fast' }).click();
    await page.clock.runFor(20000);
    assert.equal((await t.api('sofie', `/requests/${r.ref}`)).state, 'REPORTED');
    await page.goto(`/my/${r.ref}/verdict?s=yes`);
    await Promise.all([page.waitForURL('**/my/*done=sorted'), page.clock.runFor(15000)]);
    assert.equal((await t.api('sofie', `/requests/${r.ref}`)).state, 'ACCEPTED');
    quiet();
  });

  test('nobody sees what somebody else asked', async () => {
    const r = await t.request('ana', { subject: 'Private', body: 'Only for Ana.' });
    const page = await t.as('priya');
    for (const path of ['', '/verdict', '/change', '/withdraw', '/other', '/person']) {
      const answer = await page.goto(`/my/${r.ref}${path}`);
      assert.equal(answer.status(), 404, path);
      assert.doesNotMatch(await page.content(), /Only for Ana|Private/);
    }
  });

  test('sees, corrects, forgets and takes along what we know', async () => {
    const note = (kind, words, source = 'told') => t.api('sofie', `/people/${ana.id}/memory`, { method: 'POST', body: { kind, words, source } });
    const ana = (await t.api('sofie', `/people?q=${people.ana.email}`)).items[0];
    await note('preference', 'Rather a call than a mail');
    await note('accommodation', 'A desk that goes up and down');
    await note('interest', 'Likes to know why', 'inferred');
    const page = await t.as('ana');
    await page.goto('/about-me');
    assert.match(await words(page), /How to serve you well[\s\S]*Rather a call than a mail[\s\S]*What you need[\s\S]*A desk that goes up and down/);
    assert.match(await words(page), /We think so\. Is it right\?[\s\S]*Likes to know why/);
    await t.look('ana', '/about-me', { open: (p) => p.locator('summary').first().click() });
    await page.locator('summary', { hasText: 'Rather a call' }).click();
    await page.getByLabel('How it should read').first().fill('Rather a mail than a call');
    await page.getByRole('button', { name: 'Keep it like this' }).first().click();
    assert.match(await words(page), /Corrected[\s\S]*Rather a mail than a call/);
    await page.getByRole('button', { name: /Forget ?: A desk that goes up and down/ }).click();
    assert.match(await words(page), /Forgotten/);
    assert.doesNotMatch(await words(page), /A desk that goes up and down/);
    await page.getByLabel('How to say it').fill('AH-na SOH-za');
    await page.getByLabel('Language we write to you').selectOption('pt');
    await page.locator('#you form').first().getByRole('button').click();
    assert.match(await page.locator('html').getAttribute('lang'), /^pt/);
    await page.goto('/about-me?lang=en');
    await page.getByLabel('Language we write to you').selectOption('');
    await page.locator('#you form').first().getByRole('button').click();
    await page.goto('/about-me');
    await page.getByLabel('Invite me to try out new things').check();
    await page.locator('form[action="/about-me/allow"] button').click();
    assert.ok(await page.getByLabel('Invite me to try out new things').isChecked());
    const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Take it all with me' }).click()]);
    const all = JSON.parse((await (await got.createReadStream()).toArray()).join(''));
    assert.equal(all.person.say_name, 'AH-na SOH-za');
    assert.ok(all.requests.length > 5 && all.memory.some((m) => m.words === 'Rather a mail than a call'));
    await page.getByRole('link', { name: 'Forget everything' }).click();
    await t.look('ana', '/about-me/forget');
    await page.getByRole('button', { name: 'Forget everything' }).click();
    assert.match(await words(page), /Everything we had noted about you is gone/);
    assert.doesNotMatch(await words(page), /Rather a mail/);
  });

  test('every page of theirs can be read by everybody', async () => {
    for (const path of ['/', '/ask', '/asked', '/person', '/signin']) await t.look(null, path, { open: async (p) => { for (const d of await p.locator('details').all()) await d.evaluate((e) => { e.open = true; }); } });
    for (const path of ['/', '/my', '/person']) await t.look('ana', path);
    await t.look('priya', '/my');
  });

  test('with the keyboard alone', async () => {
    const page = await t.as('ana');
    await page.goto('/ask');
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').innerText(), 'Skip to the page');
    await page.keyboard.press('Enter');
    for (let i = 0; i < 12 && await page.locator('#text:focus').count() === 0; i++) await page.keyboard.press('Tab');
    await page.keyboard.type('By keyboard.');
    await page.keyboard.press('Tab');
    await Promise.all([page.waitForURL('**/my/R-*'), page.keyboard.press('Enter')]);
    assert.match(await words(page), /Thank you\. We have it/);
  });

  test('first page small: twenty kilobytes and no script needed', async () => {
    const page = await t.as(null, { js: true });
    let bytes = 0;
    page.on('response', async (r) => { bytes += Number((await r.allHeaders())['content-length'] ?? 0); });
    await page.goto('/', { waitUntil: 'networkidle' });
    assert.ok(bytes > 0 && bytes <= 20 * 1024, `${bytes} bytes over the wire`);
  });
});
