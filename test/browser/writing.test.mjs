// Writing: drafts that are kept on the server, and saved answers; with JavaScript off and on.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk, stores } from './harness.mjs';

const words = (page) => page.locator('main').innerText();
const text = (page) => page.locator('#text');

for (const store of stores) describe(`writing, ${store}`, { concurrency: 1 }, () => {
  let t;
  before(async () => { process.env.TZ = 'UTC'; t = await openDesk({ store }); });
  after(() => t?.close());

  const ask = (subject) => t.request('ana', { subject, body: 'It does not work since this morning.' });
  const version = async (ref) => (await t.api('sofie', `/requests/${ref}`)).version;
  const kept = (page) => page.waitForResponse((r) => r.url().endsWith('/draft') && r.ok());

  test('without scripts a draft is kept by its button, is only its writer’s, and goes when it is sent', async () => {
    const r = await ask('Label printer');
    const page = await t.as('sofie'), before = await version(r.ref);
    await page.goto(`/requests/${r.ref}?write=note`);
    await text(page).fill('Looks like the roller.');
    await page.getByRole('button', { name: 'Keep for later' }).click();
    assert.match(await words(page), /Kept for later\. Only you see it\.[\s\S]*Draft kept \d+:\d\d/);
    assert.equal(await version(r.ref), before);
    await page.goto('/inbox');
    assert.match(await page.locator('.row', { hasText: 'Label printer' }).innerText(), /draft/);
    await page.goto(`/requests/${r.ref}`);                        // the form that was begun last, as it was left
    assert.equal(await text(page).inputValue(), 'Looks like the roller.');
    assert.ok(await page.getByRole('button', { name: 'Save note for the team' }).isVisible());
    const other = await t.as('yusuf');
    await other.goto(`/requests/${r.ref}?write=note`);
    assert.equal(await text(other).inputValue(), '');
    await other.goto('/inbox');
    assert.doesNotMatch(await other.locator('.row', { hasText: 'Label printer' }).innerText(), /draft/);
    await page.getByRole('button', { name: 'Save note for the team' }).click();
    await page.goto('/inbox');
    assert.doesNotMatch(await page.locator('.row', { hasText: 'Label printer' }).innerText(), /draft/);
  });

  test('thrown away it can be brought back; a promise keeps its hour', async () => {
    const r = await ask('Badge reader');
    const page = await t.as('sofie');
    await page.goto(`/requests/${r.ref}?write=promise`);
    await page.getByLabel('What will be true then').fill('It reads');
    await page.getByLabel('By when').fill('2031-05-14T17:00');
    assert.equal(await page.getByRole('button', { name: 'Throw away' }).count(), 0);      // nothing is kept yet
    await page.getByRole('button', { name: 'Keep for later' }).click();
    await page.getByRole('button', { name: 'Throw away' }).click();
    assert.match(await words(page), /Thrown away\./);
    assert.equal(await page.getByLabel('By when').inputValue(), '');
    await page.getByRole('button', { name: 'Bring it back' }).click();
    assert.equal(await page.getByLabel('By when').inputValue(), '2031-05-14T17:00');
    assert.equal(await page.getByLabel('What will be true then').inputValue(), 'It reads');
    await t.look('sofie', `/requests/${r.ref}?write=promise`);
  });

  test('the conversation moved on: said beside what was begun', async () => {
    const r = await ask('Scanner');
    const page = await t.as('sofie');
    await page.goto(`/requests/${r.ref}`);
    await text(page).fill('Dear Ana,');
    await page.getByRole('button', { name: 'Keep for later' }).click();
    await t.say(r.ref, 'I have it already.', 'yusuf');
    await page.goto(`/requests/${r.ref}`);
    assert.match(await words(page), /This conversation has moved on since you began to write/);
    await t.look('sofie', `/requests/${r.ref}`);
  });

  test('saved answers without scripts: made, found, put in, not sent with a hole in them', async () => {
    const r = await ask('Toner');
    const page = await t.as('sofie');
    await page.goto('/saved-answers');
    await page.getByLabel('What it is called').fill('Toner is coming');
    await page.getByLabel('The words').fill('Hello {{name}}, about {{request}}: it comes with order {{order}}. {{me}}, {{place}}');
    await page.getByRole('button', { name: 'Keep it' }).click();
    assert.match(await words(page), /Saved\.[\s\S]*Toner is coming/);
    await page.goto(`/requests/${r.ref}`);
    await text(page).fill('Good morning.');
    await page.getByRole('button', { name: 'Saved answers' }).click();
    assert.match(await words(page), /What you have written so far is kept[\s\S]*Hello Ana, about R-\d+[\s\S]*You fill in “order” yourself/);
    await t.look('sofie', page.url());
    await page.getByLabel('Search saved answers').fill('nothing like that');
    await page.getByRole('button', { name: 'Find' }).click();
    assert.match(await words(page), /Nothing matches/);
    await page.getByLabel('Search saved answers').fill('toner');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: /^Put it in/ }).click();
    const put = await text(page).inputValue();
    assert.match(put, /^Good morning\.\n\nHello Ana, about R-\d+: it comes with order \{\{order\}\}\. Sofie Janssens, /);
    await page.getByRole('button', { name: /^Send to Ana/ }).click();
    assert.match(await words(page), /This was not sent yet\.[\s\S]*“\{\{order\}\}” is not filled in yet/);
    assert.equal(await text(page).inputValue(), put);
    await text(page).fill(put.replace('{{order}}', '4711'));
    await page.getByRole('button', { name: /^Send to Ana/ }).click();
    assert.match(await words(page), /Sent to Ana/);
    assert.equal(await text(page).inputValue(), '');
    await page.goto('/saved-answers');
    assert.match(await words(page), /Sent once\./);
    await page.getByRole('link', { name: /^Change/ }).click();
    await t.look('sofie', page.url());
    await page.getByRole('button', { name: 'Take it away' }).click();
    assert.doesNotMatch(await words(page), /Toner is coming/);
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.match(await words(page), /Brought back\.[\s\S]*Toner is coming/);
    await page.getByLabel('What it is called').fill(' ');
    await page.getByLabel('The words').fill('x');
    await page.getByRole('button', { name: 'Keep it' }).click();
    assert.match(await words(page), /Give it a name of a few words/);
    await t.look('sofie', '/saved-answers');
  });

  test('a team’s are made by who leads it, and used by all of it', async () => {
    const lead = await t.as('noor');
    await lead.goto('/saved-answers');
    await lead.getByLabel('What it is called').fill('Switch it off and on');
    await lead.getByLabel('The words').fill('Please switch it off, count to ten, and on.');
    await lead.getByLabel('Who uses it').selectOption({ label: 'Service desk' });
    await lead.getByRole('button', { name: 'Keep it' }).click();
    const page = await t.as('yusuf');
    await page.goto('/saved-answers');
    assert.match(await words(page), /Switch it off and on[\s\S]*Service desk/);
    assert.equal(await page.getByRole('link', { name: /^Change/ }).count(), 0);
    assert.equal(await page.getByLabel('Who uses it').count(), 0);
    const list = await t.api('yusuf', '/saved-answers');
    assert.deepEqual(list.items.map((a) => [a.title, a.team?.name]), [['Switch it off and on', 'Service desk']]);
  });

  test('with scripts words keep themselves, also over a lost connection, and on another browser', async () => {
    const r = await ask('Screen');
    const page = await t.as('sofie', { js: true }), quiet = t.quiet(page);
    await page.goto(`/requests/${r.ref}`);
    assert.equal(await page.getByRole('button', { name: 'Keep for later' }).count(), 0);
    await Promise.all([kept(page), text(page).pressSequentially('Dear Ana')]);
    await page.locator('#kept', { hasText: /^Draft kept \d+:\d\d$/ }).waitFor();
    quiet();
    await page.context().setOffline(true);
    await text(page).pressSequentially(', we look');
    await page.locator('#kept', { hasText: 'No connection just now. Keep writing' }).waitFor();
    await Promise.all([kept(page), page.context().setOffline(false)]);
    await page.locator('#kept', { hasText: /^Draft kept/ }).waitFor();
    const elsewhere = await t.as('sofie');
    await elsewhere.goto(`/requests/${r.ref}`);
    assert.equal(await text(elsewhere).inputValue(), 'Dear Ana, we look');
    await text(page).pressSequentially(' at it.');
    await page.goto('/inbox');                                     // nobody is asked, nothing is lost
    await page.goto(`/requests/${r.ref}`);
    assert.equal(await text(page).inputValue(), 'Dear Ana, we look at it.');
    await page.getByRole('button', { name: /^Send to Ana/ }).click();
    await page.getByText('Sent to Ana').first().waitFor();
    await page.goto(`/requests/${r.ref}`);
    assert.equal(await text(page).inputValue(), '');
  });

  test('with scripts a ; finds saved answers, by keyboard alone', async () => {
    const r = await ask('Keyboard');
    const page = await t.as('yusuf', { js: true }), quiet = t.quiet(page);
    await page.goto(`/requests/${r.ref}`);
    await text(page).pressSequentially('Hello;');                  // not at the beginning of a line
    assert.ok(await page.locator('#picker').isHidden());
    await text(page).press('Enter');
    await text(page).pressSequentially(';');
    await page.locator('#picked button').first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'picker-q');
    await page.keyboard.type('count ten');
    await page.locator('#picked button', { hasText: 'Switch it off and on' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await Promise.all([kept(page), page.keyboard.press('Enter')]);
    assert.equal(await text(page).inputValue(), 'Hello;\nPlease switch it off, count to ten, and on.');
    assert.ok(await page.locator('#picker').isHidden());
    await page.getByRole('button', { name: 'Saved answers' }).click();
    await page.locator('#picked button').first().waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
    quiet();
    await t.look('yusuf', `/requests/${r.ref}`, { open: async (p) => { await p.getByRole('button', { name: 'Saved answers' }).or(p.locator('#answers-open')).first().click(); await p.locator('#picked button').first().waitFor(); } });
  });

  test('a reply and a note cannot be taken for each other', async () => {
    const r = await ask('Door');
    const page = await t.as('sofie');
    await page.goto(`/requests/${r.ref}?write=note`);
    const ground = () => page.locator('.composer').evaluate((e) => getComputedStyle(e).backgroundColor);
    const note = await ground();
    assert.equal(await page.locator('.tabs [aria-current=true]').innerText(), 'Note');
    assert.ok(await page.getByLabel('Note for the team').isVisible());
    assert.match(await page.locator('.composer').innerText(), /Ana never sees notes/);
    assert.equal(await page.getByRole('button', { name: /Send to/ }).count(), 0);
    await page.locator('.tabs').getByRole('link', { name: 'Reply' }).click();
    assert.equal(await page.locator('.tabs [aria-current=true]').innerText(), 'Reply');
    assert.ok(await page.getByLabel('Reply to Ana Souza').isVisible());
    assert.equal(await page.getByRole('button', { name: 'Save note for the team' }).count(), 0);
    assert.notEqual(await ground(), note);
  });
});
