// Charts: no word in a picture reaches outside it, whichever way the page runs; earlier baselines stay to be seen.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk } from './harness.mjs';
import { one, write } from '../api/world.mjs';

const DAY = 86_400_000_000, WEEK = 7 * DAY, MEASURES = ['promise-kept', 'first-answer', 'whole-time?points=month', 'lost-time', 'sorted?points=day'];
const words = (page) => page.locator('main').innerText();

/* Runs in the page: every text in a picture, against the picture's own box (its viewBox, or its size where it has none). */
function outside() {
  const out = [];
  let texts = 0;
  for (const d of document.querySelectorAll('details')) d.open = true;
  for (const svg of document.querySelectorAll('svg')) {
    if (svg.parentElement.closest('svg')) continue;
    const view = svg.viewBox.baseVal, size = svg.getBoundingClientRect();
    const box = view && view.width ? view : { x: 0, y: 0, width: size.width, height: size.height };
    for (const t of svg.querySelectorAll('text')) {
      const r = t.getBBox();
      texts++;
      if (r.x < box.x - .5 || r.y < box.y - .5 || r.x + r.width > box.x + box.width + .5 || r.y + r.height > box.y + box.height + .5)
        out.push(`"${t.textContent}" ${[r.x, r.y, r.x + r.width, r.y + r.height].map(Math.round)} outside ${[box.width, box.height].map(Math.round)}`);
    }
  }
  return { out, texts };
}

describe('charts', { concurrency: 1 }, () => {
  let t, page;
  before(async () => {
    t = await openDesk({ demo: true, settings: { demo: 'on', rate: 0 } });
    write(t.desk, `UPDATE party SET lang = '' WHERE kind = 'person'`);      // the browser says which
    page = await signedIn('Noor van Dijk');
  });
  after(() => t?.close());

  async function signedIn(name) {
    const its = await t.as(null);
    await its.goto('/signin');
    await its.getByRole('button', { name: new RegExp(name) }).first().click();
    await its.waitForLoadState();
    return its;
  }

  /* Two baselines as if they had been locked when their points were over. */
  function lockTwo(measure, centre) {
    const scope = one(t.desk, `SELECT 'teams:' || group_concat(id, ',') AS s FROM (SELECT id FROM party WHERE kind = 'team' AND closed = 0 ORDER BY id)`);
    const noor = one(t.desk, `SELECT id FROM party WHERE name = 'Noor van Dijk'`);
    const monday = Math.floor((Date.now() * 1000 - 4 * DAY) / WEEK) * WEEK + 4 * DAY, at = (weeks) => monday - weeks * WEEK;
    write(t.desk, [[26, 14, 13, .6], [14, 2, 0, .8]].map(([from, to, ended, middle]) =>
      `INSERT INTO baseline(measure, scope, unit, from_at, to_at, points, centre, mr_centre, lower, upper, mr_upper, locked_by, at, ended_at)
       VALUES ('${measure}', '${scope}', 'week', ${at(from)}, ${at(to)}, 12, ${middle * centre}, ${.05 * centre}, ${(middle - .133) * centre}, ${(middle + .133) * centre}, ${.1634 * centre}, ${noor}, ${at(to)}, ${ended ? at(1) : 0})`).join(';\n'));
  }

  test('an earlier baseline is drawn over its own points, and every point says what it is held against', async () => {
    lockTwo('promise-kept', 1);
    await page.goto('/measures/promise-kept');
    const c = await page.evaluate(() => {
      const svg = document.querySelector('figure svg.chart'), d = (sel) => svg.querySelector(sel).getAttribute('d');
      return { limits: d('.c-lim.thin'), middle: d('.c-mid.thin'), now: svg.querySelectorAll('.c-mid')[1].getAttribute('d'), area: Number(svg.querySelector('.c-area').getAttribute('x')) };
    });
    const lines = (path) => [...path.matchAll(/M([\d.]+) ([\d.]+)H([\d.]+)/g)].map((m) => m.slice(1).map(Number));
    assert.equal(lines(c.limits).length, 2);
    const [[from, , to]] = lines(c.middle), [[now]] = lines(c.now);
    assert.ok(from < 10 && to > from && to <= now && Math.abs(now - c.area) < .1, `${c.middle} then ${c.now}`);
    assert.match(await words(page), /The points before the week of \d+ \w+ are held against an earlier baseline: 60% in the middle, from 47% to 73%\. Its lines are the thin ones\./);
    await page.getByText('The same as a table').click();
    const cells = await page.locator('details.data tbody tr td:nth-child(3)').allInnerTexts();
    assert.ok(cells.length >= 26);
    assert.ok(cells.filter((s) => /^60% in the middle, from 47% to 73%: baseline locked/.test(s)).length > 0, cells.join('\n'));
    assert.match(cells.at(-2), /^80% in the middle, from 67% to 93%: baseline locked .*, in force$|^nothing$/);
  });

  test('a baseline that a newer one covers says that it is not drawn', async () => {
    lockTwo('sorted', 1);
    write(t.desk, `UPDATE baseline SET from_at = from_at - ${20 * WEEK} WHERE measure = 'sorted' AND ended_at = 0`);
    await page.goto('/measures/sorted');
    assert.match(await words(page), /Not drawn: a newer one covers the same points/);
    assert.equal(await page.locator('figure svg .c-mid.thin').first().getAttribute('d'), '');
  });

  test('no word reaches outside its picture, from left to right and from right to left', async () => {
    lockTwo('first-answer', 3_600_000_000 * 26);
    const links = async (path, selector) => { await page.goto(path); return page.locator(selector).evaluateAll((all) => all.map((a) => new URL(a.href).pathname)); };
    const customers = (await links('/customers', 'main a[href^="/customers/"]')).slice(0, 2), journeys = (await links('/journeys', 'main a[href^="/journeys/"]')).slice(0, 2);
    const looks = [
      [page, ['/floor', '/worth', ...customers, ...journeys, ...MEASURES.map((m) => `/measures/${m}`)]],
      [await signedIn('Alma Lindqvist'), ['/settings?open=hours']],
      [await signedIn('Ingrid Bakken'), ['/my/us']],
    ];
    const bad = [];
    for (const [who, paths] of looks) {
      const c = await t.browser.newContext({ baseURL: t.url, storageState: await who.context().storageState(), locale: 'en-GB' }), look = await c.newPage();
      let texts = 0;
      for (const lang of ['en', 'ar-XB', 'en-XA', 'ar'])
        for (const path of paths) {
          await c.addCookies([{ name: 'cd_l', value: lang, url: t.url }]);
          const r = await look.goto(path);
          assert.equal(r.status(), 200, path);
          assert.equal(await look.locator('html').getAttribute('lang'), lang);
          for (const width of [1000, 320]) {
            await look.setViewportSize({ width, height: 800 });
            const found = await look.evaluate(outside);
            texts += found.texts;
            bad.push(...found.out.map((s) => `${path} ${lang} ${width}: ${s}`));
          }
        }
      await c.close();
      assert.ok(texts > 20, `${texts} words in pictures of ${paths[0]}`);
    }
    assert.deepEqual(bad, []);
  });

  test('stepped limits fit a phone, and can be read by everybody', async () => {
    const state = await page.context().storageState();
    await t.look(state, '/measures/promise-kept', { open: (p) => p.evaluate(() => { for (const d of document.querySelectorAll('main details.data')) d.open = true; }) });
  });
});
