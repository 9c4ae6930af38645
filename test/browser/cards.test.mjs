// Cards about the whole: from the mail to the answer with JavaScript off and without signing in; what those who lead see of it.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk, stores } from './harness.mjs';
import { rows, write, one, eventually } from '../api/world.mjs';

// Mail goes out by day: it is noon where the place is, whenever the test runs.
function noon() {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'UTC' : ahead > 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`;
}

for (const store of stores) describe(`cards about the whole, ${store}`, { concurrency: 1 }, () => {
  let t, priya, noor, alma, sofie;
  before(async () => {
    t = await openDesk({ store, demo: true, settings: { demo: 'on' } });
    write(t.desk, `UPDATE setting SET value = '${noon()}' WHERE name = 'place.zone'`);
    write(t.desk, "INSERT INTO setting(name, value) VALUES ('cards.rest', '0')");
    write(t.desk, 'UPDATE card SET asked_at = asked_at - 34560000000000, ends_at = ends_at - 34560000000000');     // all of the past long ago
    write(t.desk, "DELETE FROM bookmark WHERE name = 'card-days'");                                                // what is added up does not know
    for (const name of ['recommend', 'near', 'proximity', 'rater', 'expected'])
      write(t.desk, `INSERT INTO instrument(name, is_on, every_days, share, changed_at) VALUES ('${name}', ${['recommend', 'proximity'].includes(name) ? 1 : 0}, 90, 100, 0)`);
    write(t.desk, "UPDATE job SET due_at = 1, lease_until = 0 WHERE kind = 'cards'");
    await eventually(() => one(t.desk, "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'card' AND state = 'sample'") > 20, 90000);
    const comeIn = async (name) => {
      const page = await t.as(null);
      await page.goto('/signin');
      await page.getByRole('button', { name: new RegExp(name) }).first().click();
      const state = await page.context().storageState();
      await page.context().close();
      return state;
    };
    write(t.desk, "UPDATE party SET lang = '' WHERE kind = 'person' AND (name LIKE 'Priya%' OR name LIKE 'Noor%' OR name LIKE 'Alma%')");      // the browser's language, then
    [priya, noor, alma, sofie] = [await comeIn('Priya'), await comeIn('Noor'), await comeIn('Alma'), await comeIn('Sofie')];
  });
  after(() => t?.close());

  const words = (page) => page.locator('main').innerText();
  // The card of that kind which the lot gave to somebody, and the mail that brings it.
  const cardOf = (instrument, name = 'Priya') => rows(t.desk, `SELECT c.id, (SELECT MAX(o.id) FROM outbox o WHERE o.kind = 'card' AND o.extra LIKE '{"card":' || c.id || ',%') AS mail`
    + ` FROM card c JOIN party p ON p.id = c.asked_of WHERE c.answered_at = 0 AND c.instrument = '${instrument}' AND p.name LIKE '${name}%' AND c.asked_at > ${(Date.now() - 864e5) * 1000} ORDER BY c.id`)[0];
  async function linkIn(mail, name) {
    const page = await t.as(null);
    await page.goto(`/sample-mailbox/${mail}`);
    const link = await page.frameLocator('iframe').getByRole('link', { name, exact: true }).getAttribute('href');
    await page.context().close();
    return new URL(link);
  }
  const answered = (id) => rows(t.desk, `SELECT answered_at > 0 AS said, score, words FROM card WHERE id = ${id}`)[0];

  test('one click in the mail chooses the answer, a second one sends it; nobody signs in', async () => {
    const card = cardOf('recommend'), link = await linkIn(card.mail, '9'), page = await t.as(null);
    await page.goto(link.pathname + link.search);
    assert.match(await words(page), /How likely is it that you would recommend .+ to a colleague\?/);
    assert.ok(await page.getByRole('radio', { name: '9', exact: true }).isChecked());
    assert.equal(answered(card.id).score, -1, 'looking answers nothing');
    await t.look(null, link.pathname + link.search);
    await page.getByLabel('Why, in a sentence?').fill('They call back.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    assert.match(await words(page), /Thank you\. It counts\.[\s\S]*9[\s\S]*They call back\./);
    assert.equal(answered(card.id).score, 9);
    await t.look(null, link.pathname);
    await page.getByRole('link', { name: 'Change my answer' }).click();
    await page.getByRole('radio', { name: /^10/ }).check();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    assert.equal(answered(card.id).score, 10);
    assert.equal((await page.goto('/my')).url().includes('/signin'), true, 'the card opens nothing else');
    const broken = await page.goto(link.pathname.slice(0, -1) + (link.pathname.endsWith('A') ? 'B' : 'A'));
    assert.equal(broken.status(), 404);
    assert.match(await words(page), /not copied whole/);
    assert.equal((await page.goto(`/my/card/${card.id}`)).status(), 404, 'a number opens it only for its person');
  });

  test('ten lines by keyboard, and a word on what is missing', async () => {
    const card = cardOf('proximity'), page = await t.as(priya);
    await page.goto('/my');
    await page.getByRole('link', { name: /A question for you, about/ }).click();
    await page.goto(`/my/card/${card.id}`);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    assert.match(await words(page), /Choose an answer first/);
    await t.look(priya, `/my/card/${card.id}`, { open: async (p) => { await p.locator('button.go').click(); await p.getByRole('alert').waitFor(); } });
    for (const [i, group] of (await page.locator('fieldset').all()).entries()) {
      await group.locator('input').first().focus();
      await page.keyboard.press('Space');
      for (let k = 0; k < 3 + (i % 4); k++) await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Tab');
    await page.keyboard.type('Nothing to add.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');                                  // no click: nobody waits for the page that follows
    await page.getByText('Thank you. It counts.').first().waitFor();
    const said = rows(t.desk, `SELECT item, value FROM response WHERE card_id = ${card.id}`);
    assert.equal(said.length, 10);
    assert.equal(said.find((r) => r.item === 'closeness').value, 4);
    assert.equal(said.find((r) => r.item === 'timeliness').value, 7);
  });

  test('where scripts run it sends itself, with time to stop it', async () => {
    const card = cardOf('recommend', 'Ana'), link = await linkIn(card.mail, '8'), page = await t.as(null, { js: true });
    const quiet = t.quiet(page);
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false }));
    await page.clock.install();
    await page.goto(link.pathname + link.search);
    await page.clock.runFor(3000);
    assert.match(await words(page), /“8” sends itself in 10 seconds/);
    await page.getByRole('button', { name: 'Wait, not so fast' }).click();
    await page.clock.runFor(20000);
    assert.equal(answered(card.id).score, -1);
    await page.goto(link.pathname + link.search);
    await page.clock.runFor(15000);
    await page.getByText('Thank you. It counts.').waitFor();
    assert.equal(answered(card.id).score, 8);
    quiet();
  });

  test('who does not want to be asked says so once', async () => {
    const card = cardOf('recommend', 'Miguel'), link = await linkIn(card.mail, '3'), page = await t.as(null);
    await page.goto(link.pathname);
    await page.getByRole('button', { name: 'Don’t ask me again' }).click();
    assert.match(await words(page), /We will not ask again/);
    assert.equal(one(t.desk, "SELECT state FROM consent WHERE scope = 'verdicts' AND party_id = (SELECT id FROM party WHERE name = 'Miguel Ferreira')"), 'no');
    assert.equal(answered(card.id).score, -1);
  });

  test('a card that is over says so', async () => {
    const card = cardOf('recommend', 'Ingrid'), link = await linkIn(card.mail, '3'), page = await t.as(null);
    await page.goto(link.pathname + link.search);
    write(t.desk, `UPDATE card SET ends_at = 1 WHERE id = ${card.id}`);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    assert.match(await words(page), /This card is closed/);
    assert.equal(answered(card.id).score, -1);
  });

  test('who leads sees what was asked and how the lot fell, and changes nothing about it', async () => {
    const page = await t.as(noor);
    await page.goto('/instruments');
    const text = await words(page);
    assert.match(text, /Recommend score[\s\S]*Perceived proximity, ten elements/);
    assert.match(text, /Nobody was asked yet in this time\. This card is not asked at present\./);
    assert.equal(await page.locator('form[action^="/instruments"]').count(), 0);
    for (const number of await page.locator('[data-show]').all()) assert.ok(await number.getAttribute('data-n') !== null);
    await page.getByText('How the lot fell').first().click();
    assert.match(await words(page), /Could have been drawn/);
    await t.look(noor, '/instruments/near/card');
    await page.goto('/instruments/near/card');
    assert.match(await words(page), /Nothing you choose here is sent/);
    const asker = await t.as(priya);
    assert.equal((await asker.goto('/instruments')).status(), 403);
  });

  test('who looks after the desk says how often, for all alike', async () => {
    const page = await t.as(alma);
    await page.goto('/instruments');
    const form = page.locator('form[action="/instruments/near"]');
    await page.locator('section', { has: form }).getByText('How often').click();
    await form.getByLabel(/Not the same person again/).fill('5');
    await form.getByRole('button', { name: 'Save' }).click();
    assert.match(await words(page), /Between 30 and 730 days/);
    await page.locator('form[action="/instruments/near"]').getByLabel(/Not the same person again/).fill('120');
    await page.locator('form[action="/instruments/near"]').getByLabel(/Of a hundred/).fill('9');
    await page.locator('form[action="/instruments/near"]').getByRole('button', { name: 'Save' }).click();
    assert.equal(one(t.desk, "SELECT every_days FROM instrument WHERE name = 'near'"), 120);
    await page.locator('section', { has: page.locator('form[action="/instruments/near"]') }).getByText('How often').click();
    assert.match(await words(page), /Last changed by Alma Lindqvist/);
    await t.look(alma, '/instruments', { open: (p) => p.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; })) });
    const lead = await t.as(sofie);
    await lead.goto('/instruments');
    assert.equal(await lead.locator('form[action^="/instruments"]').count(), 0);
  });

  test('how near we feel: sentence, picture, table; far against near; channels', async () => {
    const page = await t.as(noor);
    await page.goto('/proximity?days=365');
    const text = await words(page);
    assert.match(text, /They feel close by, wherever they are\./);
    assert.match(text, /Our words came between eight and eight on their clock/);
    assert.match(text, /Far against near[\s\S]*(no difference one could tell|too few to compare|less for those far away)/);
    assert.match(text, /Does it feel the same on every channel\?/);
    await page.getByLabel('Who serves').selectOption({ label: 'Service desk' });
    await page.getByRole('button', { name: 'Show' }).click();
    assert.match(page.url(), /team=\d+/);
    await t.look(noor, '/proximity');
    for (const path of ['/proximity?team=999999', '/proximity?team=x&organisation=-3&days=17']) {
      await page.goto(path);
      assert.match(await words(page), /nobody|none yet|\d/);
    }
    const asker = await t.as(priya);
    assert.equal((await asker.goto('/proximity')).status(), 403);
  });
});
