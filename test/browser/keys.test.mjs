// Hands on the keys: letters, the palette, the sheet, what one changes of them, and going on after an answer; with scripts and without.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk, stores } from './harness.mjs';

const words = (page) => page.locator('main').innerText();

for (const store of stores) describe(`keys, ${store}`, { concurrency: 1 }, () => {
  let t, a, b, c;
  before(async () => {
    process.env.TZ = 'UTC';
    t = await openDesk({ store });
    [a, b, c] = [await t.request('ana', { subject: 'Label printer', body: 'Yesterday again.' }), await t.request('ana', { subject: 'Badge reader', body: 'No light.' }), await t.request('priya', { subject: 'Scanner', body: 'Flat.' })];
  });
  after(() => t?.close());

  const press = async (page, ...keys) => { for (const k of keys) await page.keyboard.press(k); };
  const goes = (page, url, ...keys) => Promise.all([page.waitForURL(url), press(page, ...keys)]);
  const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());

  test('the first letter does nothing and says what it would do; the answer is kept on the server', async () => {
    const page = await t.as('yusuf', { js: true }), quiet = t.quiet(page);
    await page.goto(`/inbox?open=${a.ref}`);
    await press(page, 'n');
    assert.match(await page.locator('#first').innerText(), /Single letters do things[\s\S]*switch them off/);
    await Promise.all([page.waitForResponse((r) => r.url().endsWith('/keys/first')), page.getByRole('button', { name: 'Switch them off' }).click()]);
    await press(page, 'n', 'c');
    assert.match(page.url(), /open=R-\d+$/);
    await page.waitForTimeout(300);
    await page.reload();
    await press(page, 'n', '?');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    await press(page, 'Control+k');                                    // no character: still works
    await page.locator('#palette[open]').waitFor();
    quiet();
  });

  test('a day by keyboard alone', async () => {
    const page = await t.as('sofie', { js: true }), quiet = t.quiet(page);
    await page.goto('/inbox');
    await press(page, 'j');
    await Promise.all([page.waitForResponse((r) => r.url().endsWith('/keys/first')), page.getByRole('button', { name: 'Use them' }).click()]);
    await page.waitForTimeout(300);
    await page.goto(`/inbox?open=${a.ref}`);
    await goes(page, new RegExp(`open=${b.ref}`), ']');
    await goes(page, new RegExp(`open=${a.ref}`), '[');
    await press(page, 'j');
    assert.match(await focused(page), /Badge reader/);
    await goes(page, new RegExp(`open=${b.ref}`), 'o');
    await goes(page, /write=note/, 'n');
    await page.waitForFunction(() => document.activeElement.id === 'text');
    await page.keyboard.type('jkr?');                                    // in a field letters are letters
    assert.equal(await page.locator('#text').inputValue(), 'jkr?');
    await press(page, 'Escape');
    await page.evaluate(() => { document.getElementById('text').value = ''; });
    await press(page, 't');
    assert.equal(await focused(page), 'tags');
    await press(page, 'Escape');
    assert.equal(await focused(page), 'k-tag');
    for (const [key, id] of [['a', 'k-assign'], ['m', 'k-move'], ['h', 'k-snooze'], ['.', 'k-more']]) {
      await press(page, key);
      assert.ok(await page.locator(`#${id}`).evaluate((s) => s.parentElement.open && s.parentElement.contains(document.activeElement)), key);
      await press(page, 'Escape');
    }
    await goes(page, /write=promise/, 'p');
    await page.waitForFunction(() => document.activeElement.id === 'due');
    await press(page, 'Escape');
    await page.locator('h1').focus();
    await goes(page, (u) => u.pathname === '/inbox' && !u.searchParams.has('open'), 'u');
    await goes(page, /list=snoozed/, 'g', 's');
    await goes(page, /\/floor$/, 'g', 'f');
    await goes(page, /\/inbox$/, 'g', 'i');
    await goes(page, /\/search$/, '/');
    await press(page, '/');
    assert.equal(await focused(page), 'q');
    await page.goto('/inbox');
    await goes(page, /\/new$/, 'c');
    quiet();
  });

  test('while a word is being composed nothing is a key', async () => {
    const page = await t.as('sofie', { js: true });
    await page.goto(`/inbox?open=${a.ref}`);
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', bubbles: true, isComposing: true })));
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', bubbles: true, ctrlKey: true })));
    await page.waitForTimeout(200);
    assert.match(page.url(), /\/inbox/);
  });

  test('the palette finds pages and what can be done here, by keyboard', async () => {
    const page = await t.as('sofie', { js: true }), quiet = t.quiet(page);
    await page.goto(`/inbox?open=${a.ref}`);
    await page.locator('.rail a[href^="/commands"]').click();
    const q = page.locator('#palette-q'), on = page.locator('#palette [aria-selected=true]');
    assert.equal(await q.evaluate((e) => e === document.activeElement), true);
    await q.fill('prom');
    assert.match(await on.innerText(), /Promise: what and when\s*P/);
    assert.equal(await q.getAttribute('aria-activedescendant'), await on.getAttribute('id'));
    await press(page, 'ArrowDown');
    assert.match(await on.innerText(), /Promised today/);
    await goes(page, /list=today/, 'Enter');
    await press(page, 'Control+k');
    await q.fill('zzz words');
    assert.match(await on.innerText(), /Search for “zzz words”/);
    await goes(page, /\/search\?q=zzz%20words/, 'Enter');
    await press(page, 'Control+k', 'Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    quiet();
  });

  test('the sheet of keys', async () => {
    const page = await t.as('sofie', { js: true }), quiet = t.quiet(page);
    await page.goto('/inbox');
    await press(page, '?');
    await page.locator('#sheet[open] #sheet-in').waitFor();
    assert.match(await page.locator('#sheet').innerText(), /Reply\s*R[\s\S]*Snooze\s*H[\s\S]*Listen\s*G\s*F/);
    await press(page, 'Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    quiet();
  });

  test('both, looked at', async () => {
    for (const [key, id] of [['Control+k', 'palette'], ['?', 'sheet']]) {
      const page = await t.as('sofie', { js: true, bypassCSP: true, viewport: { width: 320, height: 700 } });
      await page.goto(`/inbox?open=${a.ref}`);
      await press(page, key);
      await page.locator(`#${id}[open] ${id === 'sheet' ? '#sheet-in' : '[role=option]'}`).first().waitFor();
      await t.fits(page, id);
      assert.equal(await page.locator(`#${id}`).evaluate((d) => d.getBoundingClientRect().bottom <= innerHeight && d.scrollWidth <= d.clientWidth), true);
      await t.axe(page, id);
    }
  });

  test('all of it as pages, without scripts', async () => {
    const page = await t.as('sofie');
    await page.goto(`/inbox?open=${a.ref}`);
    await page.locator('.rail a[href^="/commands"]').click();
    assert.match(await words(page), new RegExp(`With ${a.ref}[\\s\\S]*Note for the team\\s*N[\\s\\S]*Go to[\\s\\S]*In your court\\s*G\\s*I`));
    await page.getByRole('link', { name: /Note for the team/ }).click();
    assert.match(page.url(), new RegExp(`open=${a.ref}&write=note#write`));
    await page.goto('/commands?at=//evil.example');
    assert.doesNotMatch(await page.content(), /href="\/\/evil/);
    const asker = await t.as('ana');
    assert.equal((await asker.goto('/commands')).status(), 403);
    await asker.goto('/my');
    assert.equal(await asker.locator('#keys, #palette').count(), 0);
    await t.look('sofie', `/commands?at=${encodeURIComponent(`/inbox?open=${a.ref}`)}`);
    await t.look('sofie', '/keys');
    await t.look('sofie', `/inbox?open=${a.ref}`);
  });

  test('a key of one’s own; what cannot be is said beside it', async () => {
    const page = await t.as('sofie');
    await page.goto('/me');
    await page.getByRole('link', { name: 'Change them, or switch them off' }).click();
    await page.getByLabel('Reply', { exact: true }).fill('n');
    await page.getByLabel('Tag', { exact: true }).fill('xy');
    const [r] = await Promise.all([page.waitForResponse((x) => x.request().method() === 'POST'), page.getByRole('button', { name: 'Keep this' }).click()]);
    assert.equal(r.status(), 422);
    assert.match(await words(page), /Note for the team has the same key as Reply\.[\s\S]*Tag: write one letter or sign/);
    await page.getByLabel('Reply', { exact: true }).fill('X');
    await page.getByLabel('Tag', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Keep this' }).click();
    assert.match(await words(page), /Saved\.[\s\S]*Reply\s*X/);
    const js = await t.as('sofie', { js: true });                        // another browser: the same keys
    await js.goto(`/requests/${a.ref}`);
    await press(js, 'x');
    assert.equal(await focused(js), 'text');
    await page.getByRole('button', { name: 'As they were at first' }).click();
    assert.match(await words(page), /Reply\s*R/);
  });

  test('after an answer the next one opens, if one wants that, and it is remembered', async () => {
    const page = await t.as('sofie', { js: true });
    await page.goto(`/inbox?open=${a.ref}`);
    await page.getByLabel('After the answer, open the next conversation').check();
    await page.locator('#text').fill('It prints today again.');
    await goes(page, new RegExp(`open=${b.ref}`), 'Control+Shift+Enter');
    assert.match(await words(page), /Sent as the answer\. Ana is asked whether it is sorted\./);
    assert.equal((await t.api('sofie', `/requests/${a.ref}`)).state, 'REPORTED');
    assert.equal(await page.getByLabel('After the answer, open the next conversation').isChecked(), true);
    const plain = await t.as('sofie');
    await plain.goto(`/inbox?open=${b.ref}`);
    await plain.getByLabel('Reply to Ana Souza').fill('The light is on.');
    await plain.getByRole('button', { name: 'Send as the answer' }).click();
    assert.match(plain.url(), new RegExp(`open=${c.ref}`));
    assert.match(await words(plain), /Sent as the answer\. Ana is asked/);
    await plain.getByLabel('After the answer, open the next conversation').uncheck();
    await plain.getByLabel('Reply to Priya Raman').fill('Charged.');
    await plain.getByRole('button', { name: 'Send as the answer' }).click();
    assert.match(plain.url(), new RegExp(`open=${c.ref}`));
  });
});
