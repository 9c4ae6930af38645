// Browser tests: a desk of their own (../api/desk.mjs) and Debian's Chromium, driven by playwright-core.
//   const t = await openDesk();                      a small place with people in it, and a browser
//   const page = await t.as('ana');                  signed in, JavaScript off; t.as('ana', { js: true }), t.as(null): a stranger
//   await t.provide('R-1', { act: 'promise', due: … });      what Sofie does, through the API
//   await t.look('ana', '/my/R-1');                  axe in light and dark, nothing wider than 320 px, also from right to left
//   await t.close();
// A page is checked as people meet it: with its style sheet, its CSP and real data.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';
import { startDesk } from '../api/desk.mjs';
export { stores } from '../api/desk.mjs';

const PASSWORD = 'four words that fit';
export const people = {
  noor: { name: 'Noor Haddad', email: 'noor@meridian.example', args: ['--role', 'admin'] },
  sofie: { name: 'Sofie Janssens', email: 'sofie@meridian.example', args: ['--role', 'provider', '--team', 'Service desk'] },
  yusuf: { name: 'Yusuf Demir', email: 'yusuf@meridian.example', args: ['--role', 'provider', '--team', 'Service desk'] },
  ana: { name: 'Ana Souza', email: 'ana@customer.example', args: ['--role', 'asker'] },
  priya: { name: 'Priya Raman', email: 'priya@customer.example', args: ['--role', 'asker'] },
};

function chrome() {
  const path = process.env.CHROMIUM || ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (!path) throw new Error('no Chromium: apt-get install chromium, or set CHROMIUM');
  return chromium.launch({
    executablePath: path, headless: true, chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

function must(r, what) {
  if (r.status !== 0) throw new Error(`${what}: ${r.stderr || r.stdout}`);
  return r.stdout;
}

// Everybody, one team that is there day and night, a key for each who serves.
function settle(desk) {
  const add = (who) => must(desk.run('person', 'add', '--name', people[who].name, '--email', people[who].email, '--password', PASSWORD, ...people[who].args), who);
  add('noor');
  must(desk.run('team', 'add', 'Service desk', '--lead', people.noor.email, '--hours', '24x7'), 'team');
  for (const who of ['sofie', 'yusuf', 'ana', 'priya']) add(who);
}

export async function openDesk(options = {}) {
  const desk = await startDesk({ admin: false, ...options });
  if (!options.demo && !options.empty) settle(desk);
  const browser = await chrome();
  const states = new Map(), tokens = new Map(), contexts = new Set();

  async function context(who, { js = false, ...more } = {}) {
    const c = await browser.newContext({
      baseURL: desk.url, javaScriptEnabled: js, locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1000, height: 900 },
      storageState: who ? await signedIn(who) : undefined, ...more,
    });
    contexts.add(c);
    return c;
  }

  // Signs in once a person, through the page, and remembers the cookies.
  async function signedIn(who) {
    if (typeof who !== 'string') return who;                      // cookies of a stranger's browser
    if (!states.has(who)) {
      const page = await (await context(null)).newPage();
      await page.goto('/signin?with=password');
      await page.locator('input[name=mail]').fill(people[who].email);
      await page.locator('input[name=password]').fill(PASSWORD);
      await page.locator('button[value=password]').click();
      assert.ok(!page.url().includes('/signin'), `${who} could not sign in: ${await page.locator('main').innerText()}`);
      states.set(who, await page.context().storageState());
      await page.context().close();
    }
    return states.get(who);
  }

  const t = { desk, browser, url: desk.url };
  t.as = async (who, more) => (await context(who, more)).newPage();

  t.token = (who) => {
    if (!tokens.has(who)) tokens.set(who, must(desk.run('token', 'new', '--person', people[who].email, '--name', 'test'), 'token').trim().split(/\s+/).at(-1));
    return tokens.get(who);
  };
  t.api = async (who, path, options = {}) => {
    const r = await desk.api(path, { ...options, token: t.token(who) });
    assert.ok(r.status < 300, `${options.method ?? 'GET'} ${path}: ${r.status} ${r.text}`);
    return r.json;
  };
  // What somebody asks, and what the people who serve do with it.
  t.request = (who, body) => t.api(who, '/requests', { method: 'POST', body: { from: { name: people[who].name, email: people[who].email }, ...body } });
  t.provide = (ref, act, who = 'sofie') => t.api(who, `/requests/${ref}/acts`, { method: 'POST', body: act });
  t.say = (ref, body, who = 'sofie') => t.api(who, `/requests/${ref}/messages`, { method: 'POST', body: { body } });
  t.hour = (hours) => new Date(Date.now() + hours * 3600_000).toISOString();

  // rules: these alone.
  t.axe = async (page, where, rules) => {
    await page.addStyleTag({ content: 'html,body,nav,main{height:auto!important;overflow:visible!important}' });
    /* a frame that may run nothing cannot run axe either: its words are looked at as a page of their own; what lies behind words in a
       picture it cannot tell: test/unit/ui_check.py looks at those colours */
    const axe = new AxeBuilder({ page }).exclude('iframe.frame').exclude('svg text');
    const r = await (rules ? axe.withRules(rules) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])).analyze();
    const told = [...r.violations, ...r.incomplete].map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.html}\n    ${n.failureSummary ?? ''}`).join('\n')}`);
    assert.deepEqual(told, [], `axe on ${where}`);
  };

  t.fits = async (page, where) => {
    const wide = await page.evaluate(() => {
      const width = document.documentElement.clientWidth, out = [];
      if (document.documentElement.scrollWidth <= width) return out;
      for (const e of document.body.querySelectorAll('*')) {
        const r = e.getBoundingClientRect();
        if (r.width && (r.right > width + 1 || r.left < -1)) out.push(`${e.tagName}.${e.className} ${Math.round(r.left)}…${Math.round(r.right)}`);
      }
      return out.length ? out.slice(0, 8) : ['something'];
    });
    assert.deepEqual(wide, [], `wider than the screen on ${where}`);
  };

  // open: brings the page to the state to look at (opens a details, sends a form with a fault).
  t.look = async (who, path, { open } = {}) => {
    const shown = async (page, lang) => {
      if (lang) await page.context().addCookies([{ name: 'cd_l', value: lang, url: desk.url }]);
      await page.goto(path);
      if (open) await open(page);
      if (lang) assert.equal(await page.locator('html').getAttribute('lang'), lang, `${path} is not in ${lang}`);
    };
    // Dark differs in colours and in nothing else.
    const wide = async (page) => {
      await shown(page);
      await t.fits(page, path);
      await t.axe(page, `${path}, light`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await t.axe(page, `${path}, dark`, ['color-contrast']);
    };
    const narrow = async (page) => {
      for (const lang of options.store === 'postgresql' ? [undefined] : [undefined, 'ar-XB', 'en-XA']) {
        await shown(page, lang);
        await t.fits(page, `${path}, 320 px${lang ? `, ${lang}` : ''}`);
      }
    };
    // What a page looks like does not hang on the store: on the second one it has to be there, and to fit.
    for (const [see, way] of [[wide, { colorScheme: 'light' }], [narrow, { viewport: { width: 320, height: 700 } }]]) {
      if (see === wide && options.store === 'postgresql') continue;
      const c = await context(who, { js: true, bypassCSP: true, ...way });
      await see(await c.newPage());
      await c.close();
      contexts.delete(c);
    }
  };

  // Nothing may be said in the console: a strict policy is silent when it is kept.
  t.quiet = (page) => {
    const said = [];
    page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) said.push(m.text()); });
    page.on('pageerror', (e) => said.push(String(e)));
    return () => assert.deepEqual(said, []);
  };

  t.close = async () => {
    for (const c of contexts) await c.close();
    await browser.close();
    await desk.stop();
  };
  return t;
}
