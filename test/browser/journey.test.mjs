// Journeys with JavaScript off and by keyboard: drawn, ordered, put in force, walked, read, carried out and in; each page looked at by axe,
// on a phone and from right to left.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk, stores } from './harness.mjs';

const words = (page) => page.locator('main').innerText();
const posted = async (page, press) => (await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), press()]))[0].status();

for (const store of stores) describe(`journeys, ${store}`, { concurrency: 1 }, () => {
  let t, map;
  before(async () => { process.env.TZ = 'UTC'; t = await openDesk({ store }); });
  after(() => t?.close());

  const stage = async (page, fill) => {
    await page.goto(`${map}/touchpoints/new`);
    for (const [label, value] of Object.entries(fill)) {
      const field = page.getByLabel(label, { exact: true });
      if (await field.evaluate((e) => e.tagName === 'SELECT')) await field.selectOption({ label: value }); else await field.fill(value);
    }
    return posted(page, () => page.getByRole('button', { name: 'Save the touchpoint' }).click());
  };
  const order = async (page) => (await page.locator('.sayings b').allInnerTexts()).join(' · ');

  test('nothing drawn yet is said kindly, to those who lead and to those who do not', async () => {
    const noor = await t.as('noor'), sofie = await t.as('sofie');
    await noor.goto('/journeys');
    assert.match(await words(noor), /Pick one customer and follow them[\s\S]*Begin the map/);
    await sofie.goto('/journeys');
    assert.match(await words(sofie), /Those who lead draw the maps; you will find them here\./);
    assert.equal(await sofie.getByRole('button', { name: 'Begin the map' }).count(), 0);
    await t.look('noor', '/journeys');
  });

  test('a map is drawn with forms, and what is missing is said beside its field', async () => {
    const page = await t.as('noor');
    await page.goto('/journeys');
    assert.equal(await posted(page, () => page.getByLabel('From where to where').evaluate((e) => { e.required = false; e.form.submit(); })), 422);
    assert.match(await words(page), /Give the journey a name\./);
    await page.getByLabel('From where to where').fill('From empty desk to working');
    await page.getByLabel('Who walks it').fill('New colleague');
    await page.getByRole('button', { name: 'Begin the map' }).click();
    map = page.url().replace(/\/edit.*/, '');
    assert.equal(await posted(page, () => page.getByRole('button', { name: 'Put it in force' }).click()), 422);
    assert.match(await words(page), /Say in a line what changed/);
    assert.equal(await stage(page, { 'What it is called': 'Asks', When: 'Before', 'It is a visit when': 'they ask', 'With which word in its name': 'laptop', 'By what': 'mail' }), 303);
    assert.equal(await stage(page, { 'What it is called': 'Gets it', When: 'During', 'Where on the stage': 'Us, out of their sight', 'It is a visit when': 'we say it is done', 'With which word in its name': 'laptop', 'Who looks after it': 'IT', Ideas: 'order earlier' }), 303);
    assert.equal(await stage(page, { 'What it is called': 'Learns it', When: 'After', 'It is a visit when': 'we say it is done', 'With which word in its name': 'lesson' }), 303);
    assert.equal(await stage(page, { 'What it is called': 'Forgotten', When: 'After', 'It is a visit when': 'nothing: visits are not known' }), 303);
    assert.equal(await order(page), 'Asks · Gets it · Learns it · Forgotten');
    await page.goto(`${map}/touchpoints/new`);
    assert.equal(await posted(page, () => page.getByLabel('What it is called').evaluate((e) => { e.required = false; e.form.submit(); })), 422);
    assert.match(await words(page), /Give the touchpoint a name\./);
    await t.look('noor', new URL(`${map}/touchpoints/new`).pathname);
    await t.look('noor', new URL(`${map}/edit`).pathname);
  });

  test('the order is changed by keyboard; what is taken off comes back', async () => {
    const page = await t.as('noor');
    await page.goto(`${map}/edit`);
    const press = async (name, key) => { await page.getByRole('button', { name }).focus(); await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]); };
    await press('Forgotten earlier', 'Enter');
    assert.equal(await order(page), 'Asks · Gets it · Forgotten · Learns it');
    await press('Gets it later', 'Enter');
    assert.equal(await order(page), 'Asks · Gets it · Forgotten · Learns it');                // over the edge of its phase
    await press('Gets it earlier', 'Enter');
    assert.equal(await page.getByRole('button', { name: 'Asks earlier' }).isDisabled(), true);
    await press('Take Forgotten off the map', 'Space');
    assert.match(await words(page), /Taken off the map in work\./);
    assert.equal(await order(page), 'Asks · Gets it · Learns it');
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await order(page), 'Asks · Gets it · Forgotten · Learns it');
    await page.getByRole('button', { name: 'Take Forgotten off the map' }).click();
    await page.locator('details.more > summary').click();
    assert.equal(await page.getByRole('button', { name: 'Put back Forgotten' }).count(), 1);
  });

  test('a map without walks claims nothing; in work is told from in force', async () => {
    const page = await t.as('noor');
    await page.goto(map);
    assert.match(await words(page), /the map in work, not in force[\s\S]*Nobody whose conversations you may see has walked it/);
    assert.doesNotMatch(await words(page), /\d ?%/);
    await page.goto(`${map}/edit`);
    await page.getByLabel('What changed, in a line').fill('The first drawing');
    await page.getByRole('button', { name: 'Put it in force' }).click();
    assert.match(await words(page), /This map is in force from now on\.[\s\S]*version 1/);
    await page.goto(`${map}/edit`);
    await page.getByRole('link', { name: 'Asks', exact: true }).click();
    await page.getByLabel('What the person is doing').fill('Writes a mail');
    await page.getByRole('button', { name: 'Save the touchpoint' }).click();
    await page.goto(map);
    assert.match(await words(page), /The map in work is not what is in force/);
    assert.doesNotMatch(await words(page), /Writes a mail/);
    await page.getByRole('link', { name: 'Look at it', exact: true }).click();
    assert.match(await words(page), /Writes a mail/);
    await page.goto(`${map}/edit`);
    await page.getByLabel('What changed, in a line').fill('What they do');
    await page.getByRole('button', { name: 'Put it in force' }).click();
    await page.getByRole('link', { name: 'version 2' }).click();
    assert.match(await words(page), /Version 2[\s\S]*in force[\s\S]*What they do[\s\S]*Version 1[\s\S]*The first drawing/);
    await page.getByRole('link', { name: 'Version 1' }).click();
    assert.match(await words(page), /an older one, not in force/);
    await t.look('sofie', `${new URL(map).pathname}/versions`);
  });

  test('one walk is one person’s: their answer is told as it was, never as a share', async () => {
    const r = await t.request('ana', { subject: 'A laptop, please', body: 'I begin on Monday.' });
    await t.provide(r.ref, { act: 'promise', due: t.hour(20), text: 'Tomorrow.' });
    await t.provide(r.ref, { act: 'report', text: 'On your desk.' });
    await t.api('ana', `/requests/${r.ref}/acts`, { method: 'POST', body: { act: 'accept', sorted: 'yes', ease: 3, against_bar: 'below', text: 'I explained it three times.' } });
    await t.request('ana', { subject: 'Something else', body: 'A chair.' });
    const page = await t.as('sofie');
    await page.goto(map);
    const said = await words(page);
    assert.match(said, /One person walked it in this time\. One is still on the way\./);
    assert.match(said, /sorted, ease 3 of 7/);
    assert.match(said, /Worst moment[\s\S]*I explained it three times\./);
    assert.match(said, /How near we feel[\s\S]*nobody asked yet/);
    assert.match(said, /also asked for something else|also asked for “/);
    assert.doesNotMatch(await page.locator('.jmap').innerText(), /\d ?%/);
    assert.equal(await page.getByRole('link', { name: 'Change the map' }).count(), 0);
    await page.getByRole('link', { name: 'Read 1 conversations at Gets it' }).first().click();
    assert.match(await words(page), /One conversation that you may see[\s\S]*Ana Souza · A laptop, please/);
    await t.look('sofie', new URL(page.url()).pathname + new URL(page.url()).search);
    await page.getByRole('link', { name: /their walk/ }).click();
    assert.match(await words(page), /How Ana Souza went[\s\S]*Asks · A laptop, please[\s\S]*as planned[\s\S]*Gets it[\s\S]*Something else[\s\S]*not on the map/);
    assert.equal(await page.locator('ol.evs > li').count(), 3);
    await t.look('sofie', new URL(page.url()).pathname);
    await t.look('sofie', new URL(map).pathname);
    await t.look('sofie', `${new URL(map).pathname}/behind`);
  });

  test('what lies behind a number is filtered by time and organisation, and kept in the links', async () => {
    const page = await t.as('noor');
    await page.goto(map);
    await page.locator('details.pop > summary', { hasText: 'All people, last 90 days' }).click();
    await page.getByLabel('Walks that began in the').selectOption({ label: 'last 30 days' });
    await page.getByRole('button', { name: 'Show these' }).click();
    assert.match(await words(page), /All people, last 30 days/);
    assert.match(await page.getByRole('link', { name: 'Behind the scenes' }).getAttribute('href'), /days=30/);
  });

  test('on paper it is one sheet', async () => {
    const page = await t.as('sofie', { js: true });
    await page.goto(map);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g).length, 1);
    assert.match(pdf, /MediaBox\s*\[0 0 11\d\d(\.\d+)? 8\d\d/);                          // A3, across
  });

  test('a map and its walks go out, and come in again', async () => {
    const page = await t.as('noor');
    await page.goto(map);
    const take = async (name) => {
      await page.locator('details.pop > summary', { hasText: 'Take it along' }).click();
      const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
      const chunks = [];
      for await (const c of await got.createReadStream()) chunks.push(c);
      await page.goto(map);
      return { name: got.suggestedFilename(), text: Buffer.concat(chunks).toString() };
    };
    const cjml = await take('The map, as CJML'), xes = await take('The walks, as XES, without names');
    assert.equal(cjml.name, 'from-empty-desk-to-working.cjml.xml');
    assert.match(cjml.text, /<CJML [^>]*version="2.0">[\s\S]*<plannedCommunicationPoint>/);
    assert.match(xes.text, /<log [\s\S]*<trace>/);
    assert.doesNotMatch(xes.text, /Ana|Souza|laptop, please|explained/);
    await page.goto('/journeys');
    await page.getByLabel('Or bring one, as a CJML file').setInputFiles([{ name: 'map.xml', mimeType: 'application/xml', buffer: Buffer.from(cjml.text) }]);
    assert.equal(await posted(page, () => page.getByRole('button', { name: 'Take it in' }).click()), 200);
    assert.match(await words(page), /is a map in work now\.[\s\S]*already, so this one is called J/);
    await page.getByRole('link', { name: 'Go on with the map' }).click();
    assert.equal(await order(page), 'Asks · Gets it · Learns it');
    await page.goto('/journeys');
    await page.getByLabel('Or bring one, as a CJML file').setInputFiles([{ name: 'ill.xml', mimeType: 'application/xml', buffer: Buffer.from('<CJML version="2.0">\n<plannedJourney>\n</CJML>') }]);
    assert.equal(await posted(page, () => page.getByRole('button', { name: 'Take it in' }).click()), 422);
    assert.match(await words(page), /Line 3 is not well-formed XML/);
    await page.goto(`${map}/logs`);
    await page.getByLabel('An event log as XES (IEEE 1849), or actual journeys as CJML').setInputFiles([{ name: 'ours.xes', mimeType: 'application/xml', buffer: Buffer.from(xes.text) }]);
    assert.equal(await posted(page, () => page.getByRole('button', { name: 'Bring them in' }).click()), 303);
    assert.match(await words(page), /ours\.xes[\s\S]*one walk[\s\S]*Steps that went as planned/);
    const [back] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'ours.xes', exact: true }).click()]);
    const chunks = [];
    for await (const c of await back.createReadStream()) chunks.push(c);
    assert.equal(Buffer.concat(chunks).toString(), xes.text);
    await t.look('noor', `${new URL(map).pathname}/logs`);
    await page.locator('details.fold > summary').click();
    await page.getByRole('button', { name: 'Yes, take this file away for good' }).click();
    assert.match(await words(page), /Nothing was brought yet\./);
  });

  test('a map comes in with the walks of it, is read step by step, and goes out to the same bytes', async () => {
    const page = await t.as('noor'), api = async (path) => (await t.desk.api(path, { token: t.token('noor') })).text;
    await page.goto(map);
    await page.locator('ul.notes a').first().click();
    const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'This walk as CJML, without names' }).click()]);
    const chunks = [];
    for await (const c of await got.createReadStream()) chunks.push(c);
    const once = Buffer.concat(chunks).toString();
    assert.match(once, /<actualJourney>/);
    const bring = async (text) => {
      await page.goto('/journeys');
      await page.getByLabel('Or bring one, as a CJML file').setInputFiles([{ name: 'map.xml', mimeType: 'application/xml', buffer: Buffer.from(text) }]);
      return posted(page, () => page.getByRole('button', { name: 'Take it in' }).click());
    };
    const count = async () => JSON.parse(await api('/journeys')).items.length, before = await count();
    assert.equal(await bring(once.replace('<plannedReference>', '<plannedReference>Q')), 422);
    assert.match(await words(page), /Line \d+: there is no planned journey “Q/);
    assert.equal(await count(), before);                                                  // nothing was made
    assert.equal(await bring(once.replaceAll(/>J\d+</g, '>Elsewhere<')), 303);
    const id = /journeys\/(\d+)/.exec(page.url())[1];
    assert.equal(await api(`/journeys/${id}/cjml?walks=brought`), once.replaceAll(/>J\d+</g, '>Elsewhere<'));
    await page.goto(`/journeys/${id}/logs`);
    assert.match(await words(page), /From empty desk to working[\s\S]*one walk[\s\S]*Steps that went as planned/);
    await page.getByRole('link', { name: 'Read them From empty desk to working' }).click();
    assert.match(await words(page), /W-[\s\S]*2 as planned · still on the way[\s\S]*Asks · a program[\s\S]*they rated it \d+ of 100[\s\S]*not on the map/);
    assert.doesNotMatch(await words(page), /Ana|Souza|explained/);
    await t.look('noor', `${new URL(page.url()).pathname}`);
    await t.look('noor', `/journeys/${id}/logs`);
  });

  test('who only serves reads, who asks sees nothing of it', async () => {
    const sofie = await t.as('sofie'), ana = await t.as('ana'), path = new URL(map).pathname;
    assert.equal((await sofie.goto(`${path}/edit`)).status(), 403);
    for (const at of ['/journeys', path, `${path}/behind`, `${path}/cjml`, `${path}/xes`]) assert.equal((await ana.goto(at)).status(), 403, at);
    assert.equal((await sofie.goto('/journeys/99999')).status(), 404);
    assert.equal((await sofie.goto(`${path}/read?at=T99`)).status(), 404);
    assert.equal((await sofie.goto(`${path}/walks/99999`)).status(), 404);
    assert.equal((await sofie.goto(`${path}?v=77`)).status(), 404);
  });

  test('a journey is taken out of the list, and put back', async () => {
    const page = await t.as('noor');
    await page.goto(`${map}/edit`);
    await page.getByRole('button', { name: 'Take it out of the list' }).click();
    await page.goto('/journeys');
    await page.locator('details.more > summary', { hasText: 'taken out of the list' }).click();
    await page.getByRole('button', { name: 'Put back From empty desk to working' }).click();
    assert.match(await words(page), /Back in the list\./);
    await page.goto(`${map}/versions`);
    await page.getByRole('button', { name: 'Work on version 1 again' }).click();
    assert.match(await words(page), /That version is the map in work again\./);
  });
});

describe('the journey of the sample organisation', () => {
  test('is worth looking at', async () => {
    const t = await openDesk({ demo: true, settings: { demo: 'on' } });
    try {
      const page = await t.as(null);
      await page.goto('/signin');
      await page.getByRole('button', { name: /Sofie/ }).first().click();
      await page.goto('/journeys');
      await page.getByRole('link', { name: /Starting at Meridian/ }).click();
      const said = await words(page);
      assert.match(said, /\d+ people walked it in this time\.[\s\S]*What stands out is Gets a laptop/);
      assert.match(said, /came to “First question” before “Gets a laptop” · out of order/);
      assert.equal(await page.locator('.jmap .stage th').count(), 8);
      assert.ok(await page.locator('.feel-line circle').count() >= 6);
      assert.match(said, /How near we feel[\s\S]*?\d+ \d+ to \d+, from \d+/);
      const who = await page.context().storageState(), path = new URL(page.url()).pathname;
      for (const way of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { viewport: { width: 320, height: 700 } }]) {      // Sofie has her own language
        const p = await t.as(who, { js: true, bypassCSP: true, ...way });
        for (const at of [path, `${path}/behind`, `${path}/read?at=T5`].slice(0, way.colorScheme ? 2 : 3)) {
          await p.goto(at);
          if (way.colorScheme === 'light') assert.equal((await p.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length, 1, `${at} on paper`);
          if (way.colorScheme) await t.axe(p, at);
          await t.fits(p, at);
        }
      }
    } finally { await t.close(); }
  });
});
