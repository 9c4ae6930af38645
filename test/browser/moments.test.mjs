// Bad moments as people meet them: two browsers, one of who asked and one of who leads; also without JavaScript, by keyboard, looked at by axe.
import { test, describe, before, after, afterEach } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk, stores } from './harness.mjs';

const FIVE = 5000;                                     // a bad moment is in front of its person within five seconds: that is the requirement
const words = (page) => page.locator('main').innerText();

for (const store of stores) describe(`worst moments, ${store}`, { concurrency: 1 }, () => {
  let t;
  before(async () => { process.env.TZ = 'UTC'; t = await openDesk({ store }); });
  after(() => t?.close());
  afterEach(async () => { for (const m of (await t.api('noor', '/moments?open=true')).items) await spoken(m.ref); });      // none is left to the next

  // Everything but the second "not yet".
  async function nearly(subject, owner = 'sofie') {
    const r = await t.request('ana', { subject, body: 'It does not work since this morning.' });
    await t.provide(r.ref, { act: 'promise', due: t.hour(30) }, owner);
    await t.provide(r.ref, { act: 'report' }, owner);
    await t.api('ana', `/requests/${r.ref}/acts`, { method: 'POST', body: { act: 'not-yet', text: 'Not here.' } });
    await t.provide(r.ref, { act: 'report' }, owner);
    return r;
  }
  const notYet = (ref, text) => t.api('ana', `/requests/${ref}/acts`, { method: 'POST', body: { act: 'not-yet', text } });
  async function bad(subject, owner) {
    const r = await nearly(subject, owner);
    await notYet(r.ref, 'Still not, and the truck leaves at five.');
    for (const end = Date.now() + FIVE; Date.now() < end;) if ((await t.api('noor', '/moments?open=true')).items.some((m) => m.ref === r.ref)) return r;
    throw new Error('no bad moment within five seconds');
  }
  const spoken = (ref) => t.api('noor', `/requests/${ref}/moment`, { method: 'POST', body: { spoken: true } });
  const moment = (page, subject) => page.locator('#worst li', { hasText: subject });

  test('quiet when there is none', async () => {
    const page = await t.as('noor');
    await page.goto('/inbox');
    assert.equal(await page.locator('#worst').innerText(), '');
    await page.goto('/moments');
    assert.match(await words(page), /Everybody who had a bad moment was spoken with\./);
    assert.match(await words(page), /In 90 days/);
    const asker = await t.as('ana');
    assert.equal((await asker.goto('/moments')).status(), 403);
  });

  test('she says “not yet” a second time in her browser; it stands on the open page of who leads within five seconds', async () => {
    const r = await nearly('Label printer'), lead = await t.as('noor', { js: true }), other = await t.as('sofie', { js: true }), floor = await t.as('yusuf', { js: true }), ana = await t.as('ana');
    const quiet = t.quiet(lead);
    await lead.goto('/inbox');
    await other.goto('/moments');
    await floor.goto('/floor');
    await ana.goto(`/my/${r.ref}/verdict?say=not-yet`);
    await ana.getByLabel('Not yet').check();
    await ana.getByLabel('What is still missing?').fill('Nineteen labels are right, one is not.');
    await ana.getByRole('button', { name: /^Send/ }).click();
    await moment(lead, 'Label printer').waitFor({ timeout: FIVE });
    await Promise.all([other, floor].map((p) => moment(p, 'Label printer').waitFor({ timeout: FIVE })));
    assert.match(await moment(lead, 'Label printer').innerText(), /Ana Souza said “not yet” again\./);
    assert.match(await moment(other, 'Label printer').innerText(), /Nineteen labels are right, one is not\.[\s\S]*in front of you/);
    assert.match(await lead.locator('#worst-said').innerText(), /One bad moment waits for somebody\./);
    quiet();
    await spoken(r.ref);
    await moment(lead, 'Label printer').waitFor({ state: 'detached', timeout: FIVE });
  });

  test('what somebody is about to click stays where it is: a button waits beside it', async () => {
    const first = await bad('Scanner'), r = await nearly('Cold store door'), page = await t.as('noor', { js: true });
    await page.goto('/inbox');
    await moment(page, 'Scanner').getByRole('button').focus();
    await notYet(r.ref, 'Open again at three.');
    const show = page.getByRole('button', { name: 'Something new: show' });
    await show.waitFor({ timeout: FIVE });
    assert.equal(await moment(page, 'Cold store door').count(), 0);
    assert.ok(await moment(page, 'Scanner').getByRole('button').evaluate((b) => b === document.activeElement));
    await show.click();
    await moment(page, 'Cold store door').waitFor({ timeout: FIVE });
    assert.ok(await show.isHidden());
    await spoken(first.ref);
    await spoken(r.ref);
  });

  test('one press takes it, the others see who; it can be let go; words close it', async () => {
    const r = await bad('Badge reader'), lead = await t.as('noor', { js: true }), sofie = await t.as('sofie', { js: true });
    await sofie.goto('/inbox');
    await lead.goto('/inbox');
    await moment(lead, 'Badge reader').getByRole('button', { name: 'I will speak with Ana' }).click();
    await moment(lead, 'Badge reader').getByText('You will speak with them.').waitFor();
    await moment(sofie, 'Badge reader').getByText(/Noor will speak with them, since/).waitFor({ timeout: FIVE });
    assert.equal(await moment(sofie, 'Badge reader').getByRole('button').count(), 0);
    await moment(lead, 'Badge reader').getByRole('button', { name: 'Not me after all' }).click();
    await moment(sofie, 'Badge reader').getByRole('button', { name: 'I will speak with Ana' }).waitFor({ timeout: FIVE });
    await sofie.mouse.move(900, 800);
    await moment(lead, 'Badge reader').getByRole('button', { name: 'I will speak with Ana' }).click();
    await moment(lead, 'Badge reader').getByRole('link', { name: 'Write to Ana' }).click();
    await lead.getByLabel('Reply to Ana Souza').fill('I am sorry. May I call you at four?');
    await lead.getByRole('button', { name: 'Send to Ana' }).click();
    await moment(sofie, 'Badge reader').waitFor({ state: 'detached', timeout: FIVE });
    await lead.goto('/moments');
    assert.match(await words(lead), /Spoken with today[\s\S]*Ana Souza said “not yet” again\.[\s\S]*Noor spoke with them after[\s\S]*What they said next[\s\S]*none since/);
    assert.ok(r.ref);
  });

  test('without JavaScript: taken, said to be spoken with, woken, each by a press', async () => {
    const r = await bad('Roster'), page = await t.as('sofie');
    await t.api('sofie', `/requests/${r.ref}`, { method: 'PATCH', body: { snooze: t.hour(3) } });
    await page.goto('/moments');
    assert.match(await moment(page, 'Roster').innerText(), /out of your sight until/);
    await page.getByRole('button', { name: 'Wake it now' }).click();
    assert.match(page.url(), /\/moments/);
    assert.equal(await page.getByRole('button', { name: 'Wake it now' }).count(), 0);
    await page.getByRole('button', { name: 'I will speak with Ana' }).click();
    await page.getByRole('button', { name: 'We have spoken' }).click();
    assert.match(await words(page), /Good\. It is off the list\./);
    assert.equal(await moment(page, 'Roster').count(), 0);
    const own = await t.as('ana');
    await own.goto(`/my/${r.ref}`);
    assert.match(await words(own), /Sofie Janssens says you spoke with each other\./);
    assert.doesNotMatch(await words(own), /will speak with them/);
    const again = await t.as('sofie');
    await again.goto(`/requests/${r.ref}`);
    assert.match(await words(again), /Sofie will speak with them after the bad moment[\s\S]*Sofie spoke with them/);
  });

  test('somebody was faster: the page says who', async () => {
    const r = await bad('Two at once'), sofie = await t.as('sofie'), noor = await t.as('noor');
    await sofie.goto('/moments');
    await noor.goto('/moments');
    await noor.getByRole('button', { name: 'I will speak with Ana' }).click();
    await sofie.getByRole('button', { name: 'I will speak with Ana' }).click();
    assert.match(await words(sofie), /Somebody was faster[\s\S]*Noor will speak with them, since/);
    await spoken(r.ref);
  });

  test('by keyboard alone', async () => {
    const r = await bad('By hand'), page = await t.as('noor', { js: true });
    await page.goto(`/requests/${r.ref}`);
    assert.match(await words(page), /Ana Souza said “not yet” again\.[\s\S]*Nobody has spoken with them yet/);
    await page.goto('/moments');
    const take = page.getByRole('button', { name: 'I will speak with Ana' });
    for (let i = 0; i < 40 && !(await take.evaluate((b) => b === document.activeElement)); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await moment(page, 'By hand').getByText('You will speak with them.').waitFor();
    await spoken(r.ref);
  });

  test('looked at: open, taken, spoken with', async () => {
    const one = await bad('A very long subject of something that went wrong for the second time'), two = await bad('Taken by another', 'yusuf');
    await t.api('yusuf', `/requests/${two.ref}/moment`, { method: 'POST', body: { claim: true } });
    await t.look('noor', '/moments');
    await t.look('noor', '/inbox');
    await t.look('noor', `/requests/${one.ref}`);
    await t.api('noor', `/requests/${one.ref}/moment`, { method: 'POST', body: { claim: true } });
    await t.look('noor', '/moments');
    for (const r of [one, two]) await spoken(r.ref);
    await t.look('noor', '/moments');
  });
});
