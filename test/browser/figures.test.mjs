// No rate anywhere without what it stands on: every page that links lead to, and every answer of the API, for each kind of person.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { openDesk } from './harness.mjs';
import { faultsOfJson, faultsOfPage } from './figures.mjs';

const stands = 'data-n="20" data-k="10" data-silent="0" data-from="0" data-to="1" data-eyes="customer" data-show="percent"';

describe('the crawler finds what is wrong', () => {
  let t;
  let page;
  before(async () => { t = await openDesk({ empty: true }); page = await t.as(null, { js: true }); });
  after(() => t?.close());

  const faults = async (html) => {
    await page.setContent(`<!doctype html><main>${html}</main>`);
    return page.evaluate(faultsOfPage);
  };
  const wrong = [
    ['a bare rate', '<p>Kept: 91%</p>', /says not what it stands on/],
    ['one that another sign of per cent hides', '<p>Kept: ٩١٪</p>', /says not what it stands on/],
    ['in a label', '<svg role="img" aria-label="91 % kept"></svg>', /says not what it stands on/],
    ['with something missing', '<p data-n="20" data-k="10">50%</p>', /without from/],
    ['three answers as a rate', `<p ${stands.replace('data-n="20"', 'data-n="3"').replace('percent', 'list')}>67%</p>`, /per cent figure of 3/],
    ['three answers as a share', `<p ${stands.replace('data-n="20"', 'data-n="3"').replace('percent', 'list')}>0.67</p>`, /share of 3/],
    ['seven answers as a rate', `<p ${stands.replace('data-n="20"', 'data-n="7"').replace('percent', 'interval')}>6 of 7, 86 %</p>`, /per cent figure of 7/],
    ['seven answers shown as if they were many', `<p ${stands.replace('data-n="20"', 'data-n="7"')}>6 of 7</p>`, /of 7 shown as percent/],
    ['ours alone', `<p ${stands.replace('customer', 'agent')}>50%</p>`, /no customer stands beside it/],
    ['ours beside ours', `<div data-pair><p ${stands.replace('customer', 'agent')}>50%</p><p ${stands.replace('customer', 'agent')}>50%</p></div>`, /no customer/],
    ['a league', `<ul><li><span class="face"></span>Ana <b ${stands}>50%</b></li><li><span class="face"></span>Bo <b ${stands}>40%</b></li></ul>`, /persons with a figure/],
  ];
  for (const [what, html, says] of wrong) test(what, async () => assert.match((await faults(html)).join('\n'), says));
  test('and nothing where nothing is', async () => {
    assert.deepEqual(await faults(`<p ${stands}>50%</p><div class="prose">100% sure</div><p>by <bdi>Mr 50%</bdi></p>
      <div data-pair><p ${stands.replace('customer', 'agent')}>50%</p><p ${stands}>50%</p></div><ul><li><span class="face"></span>Ana</li></ul>`), []);
  });
  test('in answers as well', () => {
    const f = { k: 1, n: 2, value: .5, ci: [0, 1], viewpoint: 'customer', silent: 0, period: {}, show: 'list' };
    assert.deepEqual(faultsOfJson({ items: [f, { ...f, viewpoint: 'agent', pair: f }] }), []);
    assert.equal(faultsOfJson({ items: [{ name: 'x', rate: .5 }] }).length, 1);
    assert.match(faultsOfJson({ ...f, silent: undefined })[0], /without silent/);
    assert.match(faultsOfJson({ ...f, viewpoint: 'agent' })[0], /no customer/);
  });
});

describe('no page and no answer of the sample organisation', () => {
  let t, everybody;
  const people = { lead: 'Sofie Janssens', 'leader of the house': 'Noor van Dijk', provider: 'Yusuf Demir', asker: 'Ana Souza' };
  before(async () => {
    t = await openDesk({ demo: true, settings: { demo: 'on', rate: 0 } });
    everybody = JSON.parse(t.desk.run('person', 'list', '--json').stdout);
    // Facts follow within moments of the start.
    const token = key('Sofie Janssens');
    for (const end = Date.now() + 30_000; (await t.desk.api('/measures/promise-kept?period=90d', { token })).json.n < 20;) {
      assert.ok(Date.now() < end, 'figures come');
      await new Promise((r) => setTimeout(r, 100));
    }
  });
  after(() => t?.close());

  const person = (name) => everybody.find((p) => p.name === name);
  const keys = new Map();
  function key(name) {
    if (!keys.has(name)) keys.set(name, t.desk.run('token', 'new', '--person', person(name).email, '--name', 'test').stdout.trim().split(/\s+/).at(-1));
    return keys.get(name);
  }
  async function signedIn(name) {
    const c = await t.browser.newContext({ baseURL: t.url, javaScriptEnabled: false, locale: 'en-GB' }), page = await c.newPage();
    await page.goto('/signin');
    await page.getByRole('button', { name: new RegExp(name) }).first().click();
    await page.waitForLoadState();
    assert.ok(!page.url().includes('/signin'), `${name} came in`);
    return page;
  }

  // So many of each kind of page: /requests/R-1 and /requests/R-2 are one kind.
  const MOST = 90, ALIKE = 2;
  const shape = (url) => url.pathname.replace(/R-\d+/gi, 'R-#').replace(/\d+/g, '#') + '?' + [...url.searchParams.keys()].sort().join('&');
  async function crawl(page, start) {
    const queue = [...start], seen = new Set(queue), alike = new Map(), bad = [], kinds = new Set();
    while (queue.length && kinds.size < MOST && seen.size < 400) {
      const path = queue.shift(), r = await page.goto(path, { waitUntil: 'domcontentloaded' }).catch(() => null);
      if (!r || !(r.headers()['content-type'] ?? '').startsWith('text/html')) continue;
      assert.ok(r.status() < 500, `${path}: ${r.status()}`);
      kinds.add(shape(new URL(page.url())));
      bad.push(...(await page.evaluate(faultsOfPage)).map((f) => `${path}: ${f}`));
      for (const href of await page.evaluate(() => [...document.querySelectorAll('a[href]:not([download])')].map((a) => a.href))) {
        const url = new URL(href);
        url.hash = '';
        if (url.origin !== new URL(t.url).origin || /\.(csv|xml|json|ics|css|js|svg)$|attachments|original|signout/.test(url.pathname) || /[?&](pause|live|done|cursor|before)=/.test(url.search) || seen.has(url.pathname + url.search)) continue;
        const n = alike.get(shape(url)) ?? 0;
        if (n >= ALIKE) continue;
        alike.set(shape(url), n + 1);
        seen.add(url.pathname + url.search);
        queue.push(url.pathname + url.search);
      }
    }
    return { bad, kinds };
  }

  for (const [what, name] of Object.entries(people)) test(`shows a rate without what it stands on to the ${what}`, async () => {
    const page = await signedIn(name), start = what === 'asker' ? ['/my'] : ['/inbox', '/floor', '/floor?wall=1', '/measures', '/measures?period=7d', '/measures/first-answer', '/measures/in-time'];
    const { bad, kinds } = await crawl(page, start);
    await page.context().close();
    assert.deepEqual([...new Set(bad)], []);
    assert.ok(kinds.size >= (what === 'asker' ? 3 : 25), `${kinds.size} kinds of pages`);
    if (what !== 'asker') for (const path of ['/floor?', '/measures?', '/inbox?']) assert.ok(kinds.has(path), path);
  });

  test('shows one to the reader of a customer', async () => {
    const page = await signedIn('Ingrid');
    const { bad } = await crawl(page, ['/my', '/my/us']);
    await page.context().close();
    assert.deepEqual([...new Set(bad)], []);
  });

  test('answers with one', async () => {
    const doc = (await t.desk.ask('/api/v1/openapi.json')).json;
    for (const name of [...Object.values(people), everybody.find((p) => p.name.startsWith('Ingrid')).name]) {
      const ask = (path) => t.desk.api(path, { token: key(name) }), list = async (path, of) => ((await ask(path)).json?.items ?? []).slice(0, 40).map(of);
      const fill = { ref: await list('/requests?limit=40', (r) => r.ref), id: await list('/people?limit=40', (p) => p.id), name: await list('/measures', (m) => m.name) };
      const bad = [];
      let asked = 0;
      for (const [path, ops] of Object.entries(doc.paths)) {
        if (!ops.get || /events|openapi|attachments/.test(path)) continue;
        const hole = /\{(\w+)\}/.exec(path)?.[1], query = ops.get.parameters?.some((p) => p.name === 'points') ? ['', '?period=90d&points=week', '?mine=true'] : [''];
        for (const value of hole ? fill[hole] ?? [] : [''])
          for (const q of query) {
            const r = await ask(path.replace('/api/v1', '').replace(/\{\w+\}/, value) + q);
            assert.ok(r.status < 500, `${path} ${value}: ${r.text}`);
            asked++;
            if (r.status === 200 && r.json) bad.push(...faultsOfJson(r.json, `${name} ${path.replace(/\{\w+\}/, value)}${q} $`));
          }
      }
      assert.deepEqual(bad, []);
      assert.ok(asked > 40, `${asked} answers`);
    }
  });
});
