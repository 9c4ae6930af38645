// `make pictures`: doc/pictures/*.png from the sample organisation as it runs, with Debian's Chromium.
// Fonts must be there for every script of the names in it: tools/deps pictures.
import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync, rmSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openDesk } from './harness.mjs';
import { top } from '../api/desk.mjs';

const MOST = 200_000;
const wide = { width: 1440, height: 900 }, page = { width: 1024, height: 940 }, phone = { width: 360, height: 740 };
const into = join(top, 'doc/pictures');

// Who looks at what. go: the address, or what finds it from the page one lands on.
const pictures = [
  { name: 'inbox', who: 'Sofie Janssens', view: wide, go: '/inbox' },
  { name: 'dark', who: 'Sofie Janssens', view: wide, go: '/inbox', dark: true },
  { name: 'request', who: 'Sofie Janssens', view: wide, go: (p) => open(p, '/inbox', 'Roster app loses Sunday') },
  { name: 'floor', who: 'Noor van Dijk', view: { width: 1440, height: 1100 }, go: '/floor' },
  { name: 'journey', who: 'Noor van Dijk', view: { width: 1600, height: 1240 }, go: (p) => open(p, '/journeys', 'Starting at Meridian') },
  { name: 'customer', who: 'Noor van Dijk', view: { width: 1440, height: 1240 }, go: (p) => open(p, '/customers', 'Nordpris') },
  { name: 'my-request', who: 'Priya Raghunathan', view: page, go: (p) => open(p, '/my', 'Moving to Rotterdam') },
  { name: 'ask', who: null, view: page, go: '/ask' },
  { name: 'verdict', who: 'Ingrid Bakken', view: page, go: async (p) => { await open(p, '/my', 'Customer portal shows'); await p.goto(`${new URL(p.url()).pathname}/verdict?s=yes`); } },
  { name: 'phone', who: 'Priya Raghunathan', view: phone, go: (p) => open(p, '/my', 'Moving to Rotterdam') },
];

async function open(p, list, subject) {
  await p.goto(list);
  const link = p.locator('a', { hasText: subject }).first();
  if (!await link.count()) throw new Error(`${list} does not show "${subject}"`);
  await p.goto(await link.getAttribute('href'));
}

// One click on the sign-in page, as everybody does it in the sample organisation.
async function enter(p, who) {
  await p.goto('/signin');
  await p.locator('button.person', { hasText: who }).first().click();
  await p.waitForURL((u) => u.pathname !== '/signin');
}

// 256 colours are plenty for a page, and a third of the bytes.
function shrink(file) {
  const small = file.replace('.png', '.small.png');
  const r = spawnSync('pngquant', ['--force', '--strip', '--quality', '70-98', '--speed', '1', '--output', small, file]);
  if (r.status === 0) renameSync(small, file); else rmSync(small, { force: true });
  const bytes = statSync(file).size;
  console.log(`${file.slice(top.length + 1)}  ${Math.round(bytes / 1000)} kB`);
  if (bytes > MOST) throw new Error(`${file} has ${bytes} bytes, at most ${MOST}`);
}

mkdirSync(into, { recursive: true });
const only = process.argv.slice(2);
const t = await openDesk({ demo: true, settings: { demo: 'on' } });
try {
  for (const { name, who, view, go, dark } of pictures) {
    if (only.length && !only.includes(name)) continue;
    const p = await t.as(null, { js: true, viewport: view, colorScheme: dark ? 'dark' : 'light' });
    if (who) await enter(p, who);
    if (typeof go === 'string') await p.goto(go); else await go(p);
    await p.evaluate(() => document.fonts.ready);
    const file = join(into, `${name}.png`);
    await p.screenshot({ path: file });
    shrink(file);
    await p.context().close();
  }
} finally {
  await t.close();
}
