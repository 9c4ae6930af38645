// A customer and the desk on one page: the same words for both, promises both ways, bars, what was worth it; time spent and the
// profit map; holidays from a file. JavaScript off; every page looked at by axe, on a phone and from right to left.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk, stores } from './harness.mjs';
import { eventually, one, write } from '../api/world.mjs';

for (const store of stores) describe(`a customer and the desk, ${store}`, { concurrency: 1 }, () => {
  let t, house, refs;
  const words = (page) => page.locator('main').innerText();
  const same = (text) => text.replace(/\s+/g, ' ').replace(/\d+ (seconds|min)\b/g, 'a while');
  // What both read: the page without its forms and buttons, which differ.
  const read = async (page) => same(await page.evaluate(() => {
    const main = document.querySelector('main').cloneNode(true);
    for (const e of main.querySelectorAll('form, details, nav, .tabs, .say, [role=status]')) e.remove();
    return main.textContent;
  }));

  before(async () => {
    t = await openDesk({ store });
    const now = Date.now() * 1000;
    write(t.desk, `INSERT INTO party(kind, name, created_at) VALUES ('organisation', 'Nordpris', ${now})`);
    house = one(t.desk, "SELECT id FROM party WHERE kind = 'organisation' AND name = 'Nordpris'");
    write(t.desk, `UPDATE party SET organisation_id = ${house} WHERE name IN ('Ana Souza', 'Priya Raman')`);
    write(t.desk, `INSERT INTO relationship(from_id, to_id, kind, since) SELECT id, ${house}, 'reads', 1 FROM party WHERE name = 'Ana Souza'`);
    refs = [];
    for (let i = 0; i < 6; i++) {
      const { ref } = await t.api('priya', '/requests', { method: 'POST', body: { subject: `Tills stand still ${i}`, body: 'Since this morning.' } });
      refs.push(ref);
      await t.provide(ref, { act: 'promise', due: t.hour(5), text: 'Today.' });
      if (i === 5) continue;
      await t.provide(ref, { act: 'report', text: 'They run.' });
      if (i < 4) await t.api('priya', `/requests/${ref}/acts`, { method: 'POST', body: { act: 'accept', sorted: 'yes', ease: 6, text: 'Quick and kind.' } });
    }
    await eventually(async () => (await t.api('noor', `/customers/${house}`)).sorted.n === 4);
  });
  after(() => t?.close());

  test('both read the same page, word for word', async () => {
    const [desk, shop] = [await t.as('noor'), await t.as('ana')];
    await desk.goto('/customers');
    await desk.getByRole('link', { name: 'Nordpris' }).click();
    await shop.goto('/');
    await shop.getByRole('link', { name: 'You and us' }).click();
    const [a, b] = [await read(desk), await read(shop)], at = [...a].findIndex((c, i) => c !== b[i]);
    assert.equal(a, b, `not the same from: ${a.slice(at, at + 80)} | ${b.slice(at, at + 80)}`);
    assert.match(await words(shop), /see this same page, word for word/);
    assert.match(await words(shop), /Ana Souza speaks for them/);
    assert.match(await words(shop), /Tills stand still 5/);
    assert.match(await words(shop), /whether it is done/);
    const part = await t.as('sofie');
    await part.goto(`/customers/${house}`);
    assert.match(await words(part), /You see what comes to your teams; Nordpris sees all of it/);
    const own = await t.as('priya');
    await own.goto('/my/us');
    assert.match(await words(own), /Only you see these figures about yourself[\s\S]*What we promised you/);
    assert.equal((await own.goto(`/my/us?of=${house}`)).status(), 404);
    assert.equal((await own.goto(`/customers/${house}`)).status(), 403);
  });

  test('they promise something, and both see whether it was kept', async () => {
    const [shop, desk] = [await t.as('ana'), await t.as('noor')];
    await shop.goto(`/my/us?of=${house}`);
    await shop.locator('summary', { hasText: 'Promise something' }).click();
    await shop.getByLabel('What: information, a way in, a decision').fill('Door codes for the new store');
    await shop.getByLabel('By when').fill('2020-01-01T10:00');
    await shop.getByRole('button', { name: 'Write it down' }).first().click();
    assert.match(await words(shop), /Choose an hour to come/);
    assert.equal(await shop.getByLabel('What: information, a way in, a decision').inputValue(), 'Door codes for the new store');
    await shop.getByLabel('By when').fill(new Date(Date.now() + 3 * 864e5).toISOString().slice(0, 16));
    await shop.getByRole('button', { name: 'Write it down' }).first().click();
    assert.match(await words(shop), /Both sides see it here[\s\S]*Door codes for the new store/);
    await desk.goto(`/customers/${house}`);
    await desk.locator('summary', { hasText: 'Note what they promised' }).click();
    await desk.getByLabel('What: information, a way in, a decision').fill('Names of the shop leads');
    await desk.getByLabel('By when').fill(new Date(Date.now() + 4 * 864e5).toISOString().slice(0, 16));
    await desk.getByRole('button', { name: 'Write it down' }).first().click();
    assert.match(await words(desk), /Names of the shop leads[\s\S]*Ana has not said yes yet/);
    assert.equal(await desk.getByRole('button', { name: /Yes, we promise/ }).count(), 0);
    await shop.goto(`/my/us?of=${house}`);
    await shop.getByRole('button', { name: 'Yes, we promise: Names of the shop leads' }).click();
    await shop.getByRole('button', { name: 'It is done: Names of the shop leads' }).click();
    assert.match(await words(shop), /1 kept, 0 late, 1 open/);
    await desk.reload();
    assert.match(await words(desk), /1 kept, 0 late, 1 open/);
  });

  test('they set a bar, the desk promises against it', async () => {
    const [shop, desk] = [await t.as('ana'), await t.as('noor')];
    await shop.goto(`/my/us?of=${house}`);
    await shop.locator('summary', { hasText: 'Set a bar' }).click();
    await shop.getByLabel('What you expect, in a sentence').fill('A till stands still: somebody answers within 15 minutes');
    await shop.getByRole('button', { name: 'Set the bar' }).click();
    assert.match(await words(shop), /Say within what time/);
    await shop.getByLabel('Within', { exact: true }).first().fill('15');
    await shop.getByRole('button', { name: 'Set the bar' }).click();
    assert.match(await words(shop), /somebody answers within 15 minutes[\s\S]*We have not promised anything against it yet[\s\S]*nobody asked yet/);
    await desk.goto(`/customers/${house}`);
    await desk.locator('summary', { hasText: 'Promise against it' }).click();
    await desk.locator('form:has(button[value=bar-promise]) input[name=within]').fill('30');
    await desk.getByRole('button', { name: 'Promise it' }).click();
    assert.match(await words(desk), /We promised 30 min\. That is 15 min later than asked/);
  });

  test('what was worth it counts once they say so: on their page, and from a mail', async () => {
    const [shop, desk] = [await t.as('ana'), await t.as('noor')];
    await desk.goto(`/customers/${house}`);
    await desk.locator('summary', { hasText: 'Ask whether something was worth it' }).click();
    await desk.getByLabel('What came of it, in a sentence').fill('Tills open at eight');
    await desk.getByLabel('In money, if that can be said').fill('1450');
    await desk.locator('button[value=worth]').click();
    assert.match(await words(desk), /Tills open at eight[\s\S]*1,450 EUR[\s\S]*not confirmed yet/);
    assert.equal(await desk.getByRole('button', { name: /Yes, it was/ }).count(), 0);
    await shop.goto(`/my/us?of=${house}`);
    await shop.getByRole('button', { name: 'Yes, it was: Tills open at eight' }).click();
    assert.match(await words(shop), /confirmed by Ana/);
    // In a conversation: the asker gets words, and answers on its page, by the link of the mail or signed in.
    await desk.goto(`/requests/${refs[0]}`);
    await desk.locator('summary', { hasText: 'what it was worth' }).click();
    await desk.getByLabel('What came of it, in a sentence').fill('No queue at noon');
    await desk.locator('form[action$="/worth"] button').click();
    const asker = await t.as('priya');
    await asker.goto(`/my/${refs[0]}`);
    assert.match(await words(asker), /We believe this came of it: “No queue at noon”/);
    await asker.getByRole('button', { name: 'Yes, it did: No queue at noon' }).click();
    assert.match(await words(asker), /It counts from now on/);
    await shop.reload();
    assert.match(await words(shop), /No queue at noon[\s\S]*confirmed by Priya/);
  });

  test('time spent tells what serving costs; the map is for who leads the house', async () => {
    const desk = await t.as('sofie'), lead = await t.as('noor');
    await desk.goto(`/requests/${refs[1]}`);
    await desk.locator('summary', { hasText: 'Write down time' }).click();
    await desk.getByLabel('Minutes').fill('35');
    await desk.getByLabel('On what').fill('a new cable');
    await desk.locator('form[action$="/work"] button').first().click();
    assert.match(await words(desk), /35 minutes written down/);
    assert.equal((await desk.goto('/worth')).status(), 403);
    await lead.goto('/worth');
    assert.match(await words(lead), /about seven tenths right/);
    await lead.goto('/worth/costs');
    await lead.getByLabel('What Service desk costs a month').fill('48000');
    await lead.getByLabel('Minutes Service desk can work in a month').fill('60000');
    await lead.getByLabel('A customer is large from this revenue a year').fill('1000');
    await lead.getByRole('button', { name: 'Save' }).click();
    assert.match(await words(lead), /Saved/);
    await lead.goto(`/worth?of=${house}`);
    await lead.getByLabel('Amount').fill('zero');
    await lead.getByRole('button', { name: 'Write it into the books' }).click();
    assert.match(await words(lead), /Write the amount as a number above 0/);
    await lead.getByLabel('Amount').fill('5000');
    await lead.getByRole('button', { name: 'Write it into the books' }).click();
    assert.match(await words(lead), /Written into the books/);
    const row = same(await lead.getByRole('row', { name: /Nordpris/ }).first().innerText());
    assert.match(row, /Nordpris 5,000 0 35 28 4,972 99 peak/);
  });

  test('holidays come from a calendar file, and are looked at before they count', async () => {
    const page = await t.as('noor');
    const id = one(t.desk, 'SELECT MIN(id) FROM calendar'), year = new Date().getUTCFullYear() + 1;
    await page.goto(`/settings?open=hours&id=${id}`);
    await page.getByLabel('From a calendar file').setInputFiles({ name: 'x.ics', mimeType: 'text/calendar', buffer: Buffer.from('Dear all') });
    await page.getByRole('button', { name: 'Look into it' }).click();
    assert.match(await words(page), /This is no calendar file/);
    const file = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:${year}1225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    await page.getByLabel('From a calendar file').setInputFiles({ name: 'x.ics', mimeType: 'text/calendar', buffer: Buffer.from(file) });
    await page.getByRole('button', { name: 'Look into it' }).click();
    assert.match(await words(page), /One new day in this file[\s\S]*Nothing is saved yet/);
    assert.equal(await page.getByLabel('Closed on').inputValue(), `${year}-12-25`);
    assert.equal(one(t.desk, `SELECT COUNT(*) FROM calendar WHERE rules LIKE '%closed%'`), 0);
    await page.getByRole('button', { name: 'Save the hours' }).click();
    assert.equal(one(t.desk, `SELECT COUNT(*) FROM calendar WHERE rules LIKE '%closed ${year}-12-25%'`), 1);
  });

  test('every page can be read by everybody', async () => {
    await t.look('noor', '/customers');
    await t.look('noor', `/customers/${house}`, { open: (p) => p.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; })) });
    await t.look('ana', `/my/us?of=${house}`, { open: (p) => p.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; })) });
    await t.look('noor', `/worth?of=${house}`);
    await t.look('noor', '/worth/costs');
    await t.look('noor', `/settings?open=hours&id=${one(t.desk, 'SELECT MIN(id) FROM calendar')}`);
  });
});
