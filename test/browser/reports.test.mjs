// The floor, the measures and their charts, without JavaScript, by keyboard, on a phone and from right to left.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk, stores } from './harness.mjs';

const words = (page) => page.locator('main').innerText();

for (const store of stores) describe(`how it goes, ${store}`, { concurrency: 1 }, () => {
  let t;
  before(async () => {
    process.env.TZ = 'UTC';
    t = await openDesk({ store, settings: { rate: 0 } });
    for (let i = 0; i < 7; i++) {
      const r = await t.request('ana', { subject: `Scanner ${i}`, body: 'It does not read.' });
      await t.provide(r.ref, { act: 'promise', due: t.hour(i ? 30 : .5), text: 'Today.' });
      if (i > 1) await t.provide(r.ref, { act: 'report', text: 'It reads.' });
    }
    for (const end = Date.now() + 20_000; (await t.api('sofie', '/measures/first-answer')).n < 7;) {
      assert.ok(Date.now() < end, 'figures come');
      await new Promise((r) => setTimeout(r, 50));
    }
  });
  after(() => t?.close());

  test('the floor says in three sentences how it is', async () => {
    await t.request('priya', { subject: 'A chair', body: 'It is broken.' });
    const page = await t.as('sofie'), quiet = t.quiet(page);
    await page.goto('/floor');
    assert.match(await words(page), /2 people are waiting\. The longest, Ana, for[\s\S]*One promise is due in the next hour, each with somebody on it\.[\s\S]*Nobody has asked for a hand\./);
    assert.match(await words(page), /Promises due[\s\S]*Scanner 0 to Ana Souza[\s\S]*First answer by a person\s*Too early to say\. Still to wait: 5 weeks/);
    assert.match(await words(page), /Who is here[\s\S]*Sofie here now/);
    assert.ok(!(await page.content()).includes('http-equiv'));
    quiet();
    await t.look('sofie', '/floor');
    await t.look('sofie', '/floor?wall=1');
  });

  test('it comes anew by itself when asked to, also without scripts, and can be paused', async () => {
    const page = await t.as('sofie');
    const r = await page.goto('/floor?live=1');
    assert.equal(r.headers().refresh, '15');
    await page.getByRole('link', { name: 'Pause' }).click();
    assert.match(page.url(), /pause=1/);
    assert.equal(await page.locator('[data-every]').count(), 0);
    await page.getByRole('link', { name: 'Keep it up to date' }).click();
    assert.equal(await page.locator('#now[data-every="15"]').count(), 1);
  });

  test('with scripts it comes anew in its place, and not under somebody’s hands', async () => {
    const page = await t.as('sofie', { js: true }), quiet = t.quiet(page);
    await page.clock.install();
    await page.goto('/floor');
    const old = () => page.locator('#now').evaluate((e) => e.dataset.old ?? '');
    await page.locator('#now').evaluate((e) => { e.dataset.old = 'yes'; });
    await page.locator('#now :is(a, button, summary)').first().focus();
    await page.clock.fastForward(16_000);
    await page.waitForTimeout(500);
    assert.equal(await old(), 'yes');
    await page.evaluate(() => document.activeElement.blur());
    await page.clock.fastForward(16_000);
    await page.locator('#now:not([data-old])').waitFor();
    quiet();
  });

  test('on the wall nobody is named who asked', async () => {
    const page = await t.as('sofie');
    await page.goto('/floor?wall=1');
    assert.doesNotMatch(await words(page), /Ana|Souza|Priya|Scanner|A chair/);
    assert.match(await words(page), /R-1/);
  });

  test('a promise is taken over, a hand is asked for and lent', async () => {
    const page = await t.as('yusuf'), sofie = await t.as('sofie');
    await page.goto('/floor');
    await page.locator('.pl', { hasText: 'Scanner 0' }).getByRole('button', { name: /Take over/ }).click();
    assert.match(await words(page), /It is yours now\./);
    assert.equal((await t.api('sofie', '/requests/R-1')).owner.name, 'Yusuf Demir');
    await page.goto('/requests/R-1');
    await page.locator('details.pop[name=bar] > summary').last().click();
    await page.getByLabel('Or whoever can: what with?').fill('Somebody who speaks Portuguese');
    await page.getByRole('button', { name: 'Ask everybody here for a hand' }).click();
    assert.match(await words(page), /It stands on the floor until somebody helps\.[\s\S]*/);
    await sofie.goto('/floor');
    assert.match(await words(sofie), /Yusuf has asked for a hand\.[\s\S]*Somebody who speaks Portuguese/);
    await sofie.getByRole('button', { name: /I’ll help/ }).click();
    assert.match(await words(sofie), /You lend a hand now\.[\s\S]*Nobody has asked for a hand\./);
    assert.ok((await t.api('yusuf', '/requests/R-1')).people.some((p) => p.name === 'Sofie Janssens' && p.role === 'helper'));
    const ana = await t.as('ana');
    await ana.goto('/my/R-1');
    assert.doesNotMatch(await words(ana), /asks for a hand|Portuguese/);
  });

  test('measures: the question first, beside it the pair', async () => {
    const page = await t.as('sofie');
    await page.goto('/measures');
    assert.match(await words(page), /How long until a person spoke to them\?\s*First answer by a person[\s\S]*on the customer’s clock[\s\S]*First answer, in opening hours[\s\S]*on our clock/);
    assert.match(await words(page), /nobody answered yet|nobody asked yet/);
    await page.getByLabel('When').selectOption('7d');
    await page.getByRole('button', { name: 'Show' }).click();
    assert.match(page.url(), /period=7d/);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'All of this as a file' }).click()]);
    assert.equal(file.suggestedFilename(), 'measures.csv');
    await t.look('sofie', '/measures');
    const r = await page.goto('/measures?from=2026-13-01');
    assert.equal(r.status(), 422);
    assert.match(await words(page), /One thing to put right[\s\S]*Write a day such as/);
    assert.equal((await page.goto('/measures?team=4711')).status(), 404);
    assert.equal((await page.goto('/measures/nothing')).status(), 404);
  });

  test('a chart says how long to wait, and a baseline needs twelve points', async () => {
    const page = await t.as('noor');
    await page.goto('/measures/promise-kept');
    assert.match(await words(page), /Too early to say\. Still to wait: 5 weeks with at least five behind each\./);
    assert.equal(await page.getByRole('button', { name: 'Lock it' }).count(), 0);
    await page.goto('/measures/bad-moment');
    assert.match(await words(page), /only known for the last 90 days[\s\S]*requests with a bad moment/);
    for (const path of ['/measures/first-answer?points=day', '/measures/in-time']) await t.look('noor', path);
  });

  test('files say what a number stands on, and hold no formula', async () => {
    const page = await t.as('sofie');
    for (const path of ['/measures.csv', '/measures/first-answer.csv', '/floor.csv']) {
      const r = await page.request.get(t.url + path), text = await r.text();
      assert.match(r.headers()['content-type'], /^text\/csv/);
      assert.match(r.headers()['content-disposition'], /attachment/);
      const lines = text.trim().split('\r\n');
      assert.equal(lines[0], 'measure,question,kind,k,n,value,ci_low,ci_high,silent,viewpoint,from,to,show');
      assert.ok(lines.length > 1);
      for (const l of lines) assert.doesNotMatch(l, /(^|,)"?[=+@]/);
    }
  });

  test('the letter on Mondays is stopped, and sent again', async () => {
    const page = await t.as('noor');
    await page.goto('/me');
    assert.match(await words(page), /A letter on Mondays[\s\S]*It comes to you\./);
    await page.getByRole('button', { name: 'Stop it' }).click();
    assert.match(await words(page), /It does not come to you\./);
    await page.getByRole('button', { name: 'Send it to me' }).click();
    assert.match(await words(page), /It comes to you\./);
    const sofie = await t.as('sofie');
    await sofie.goto('/me');
    assert.doesNotMatch(await words(sofie), /A letter on Mondays/);
  });
});
