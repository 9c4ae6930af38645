// What a page shows, a file and a program get too: the same figures, none without what it stands on, none that the page keeps back.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDesk, stores, ask } from './desk.mjs';
import { makeWorld, as, session, rows, write, one, eventually } from './world.mjs';

// RFC 4180: rows as objects, by the line of names.
function table(text) {
  const lines = [[]];
  let cell = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) { if (c !== '"') cell += c; else if (text[i + 1] === '"') { cell += c; i++; } else quoted = false; }
    else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') { lines.at(-1).push(cell); cell = ''; if (c === '\n') lines.push([]); }
    else if (c !== '\r') cell += c;
  }
  assert.deepEqual(lines.pop(), [], 'ends with a line end');
  const [names, ...rest] = lines;
  for (const l of rest) assert.equal(l.length, names.length, l.join());
  return rest.map((l) => Object.fromEntries(l.map((v, i) => [names[i], v])));
}
const key = (f) => `${f.n}/${f.k}/${f.silent}/${f.show}`;
const shown = (html) => [...html.matchAll(/data-n="(\d+)" data-k="(-?\d+)" data-silent="(\d+)"[^>]*data-show="(\w+)"/g)].map(([, n, k, silent, show]) => key({ n, k, silent, show }));
const told = (v) => (Array.isArray(v) ? v.flatMap(told) : v && typeof v === 'object' ? [...('viewpoint' in v && 'show' in v ? [v] : []), ...Object.values(v).flatMap(told)] : []);

for (const store of stores) describe(`files on ${store}`, { concurrency: false }, () => {
  let desk, noor, cookie;
  const page = (path) => ask(desk.url + path, { headers: { cookie } });
  const api = async (path) => { const r = await desk.api(path, { token: noor.token }); assert.equal(r.status, 200, r.text); return r.json; };
  async function file(path) {
    const r = await page(path);
    assert.equal(r.status, 200, `${path}: ${r.text}`);
    assert.match(r.headers['content-type'], /^text\/csv/);
    assert.match(r.headers['content-disposition'], /attachment/);
    assert.doesNotMatch(r.text, /(^|,)-?(nan|inf)(,|\r)/im, path);
    const t = table(r.text);
    for (const f of t) if ('show' in f) {
      assert.ok(f.from && f.to && f.viewpoint && /^\d+$/.test(f.silent) && /^\d+$/.test(f.n), JSON.stringify(f));
      assert.equal(f.show, Number(f.n) === 0 ? 'none' : f.n < 5 ? 'list' : f.n < 10 ? 'interval' : 'percent');
      if (f.value !== '') assert.ok(Number(f.ci_low) <= Number(f.value) + 1e-9 && Number(f.value) <= Number(f.ci_high) + 1e-9, JSON.stringify(f));
    }
    return t;
  }
  async function link(path, name) {                        // the page leads to its file
    const r = await page(path);
    assert.equal(r.status, 200, `${path}: ${r.text}`);
    const href = [...r.text.matchAll(/href="([^"]+)" download/g)].map((m) => m[1].replaceAll('&amp;', '&')).find((h) => h.split('?')[0] === name);
    assert.ok(href, `${path} leads to ${name}`);
    return { html: r.text, file: await file(href) };
  }
  // Each figure of the file stands in the other with the same numbers.
  function same(csv, figures, what) {
    const alike = (a, b) => ((a ?? '') === '' || (b ?? '') === '' ? (a ?? '') === (b ?? '') : Math.abs(Number(a) - Number(b)) <= 1e-6 * Math.max(1, Math.abs(Number(b))));
    for (const f of csv) {
      const those = figures.filter((o) => o.measure === f.measure && key(o) === key(f));
      assert.ok(those.some((o) => alike(f.value, o.value ?? '') && alike(f.ci_low, o.ci?.[0] ?? '') && alike(f.ci_high, o.ci?.[1] ?? '')),
        `${what}: ${f.measure} ${key(f)} ${f.value} ${f.ci_low} ${f.ci_high} of the file is not in ${JSON.stringify(those.slice(0, 20))}`);
    }
  }
  function onPage(csv, html, what) {
    const have = new Set(shown(html));
    for (const f of csv) assert.ok(have.has(key(f)), `${what}: ${f.measure} ${key(f)} of the file is not on the page`);
  }

  before(async () => {
    desk = await startDesk({ store, demo: true, settings: { demo: 'on' } });
    noor = JSON.parse(desk.run('person', 'list', '--json').stdout).find((p) => p.name === 'Noor van Dijk');
    noor.key = 'noor';
    noor.token = desk.run('token', 'new', '--person', noor.email, '--name', 'test').stdout.trim().split(/\s+/).at(-1);
    write(desk, `UPDATE party SET lang = 'en' WHERE id = ${noor.id}`);
    cookie = `cd_s=${session(desk, noor)}`;
    // Every request has its fact: until then figures move between one look and the next.
    await eventually(() => one(desk, 'SELECT COUNT(*) AS n FROM request r LEFT JOIN fact f ON f.request_id = r.id AND f.version = r.version WHERE f.request_id IS NULL') === 0, 60000);
    write(desk, "UPDATE job SET due_at = due_at + 3600000000");      // nor does an hour pass for anybody
  });
  after(() => desk?.stop());

  test('customers, all and one', async () => {
    const all = await link('/customers', '/customers.csv'), list = await api('/customers');
    assert.equal(all.file.length, 3 * list.items.length);
    onPage(all.file, all.html, 'customers');
    same(all.file, told(list), 'customers');
    for (const [i, c] of list.items.entries()) assert.deepEqual([all.file[3 * i].customer, Number(all.file[3 * i].waiting_for_us)], [c.name, c.waiting.us]);
    const id = list.items.find((c) => c.sorted.n >= 10)?.id ?? list.items[0].id;
    const one = await link(`/customers/${id}`, `/customers/${id}/figures.csv`);
    same(one.file.filter((f) => f.part !== 'standing-bar'), told(await api(`/customers/${id}`)), 'a customer');
    assert.ok(one.file.some((f) => f.part === 'own-bar') && one.file.filter((f) => f.part === 'month').length === 5);
  });

  test('nearness, as people say it and as the loop shows it', async () => {
    const { html, file } = await link('/proximity?days=365', '/proximity.csv'), p = await api('/proximity?period=1y');
    assert.equal(p.elements.length, 10);
    const now = file.filter((f) => f.part !== 'over-time');
    assert.equal(now.length, 3 * 2 + 3 * 20 + p.channels.length + 1);
    same(now, told(p), 'nearness');
    onPage(now.filter((f) => f.distance !== 'far' && f.part !== 'carried'), html, 'nearness');
    for (const e of p.elements) {
      const said = file.find((f) => f.part === 'said' && f.which === e.name && f.distance === 'all');
      assert.equal(Number(said.value), e.said.all.n < 5 ? 0 : Number(said.value), 'few answers have no mean in a file');
      if (e.said.all.n >= 5) assert.ok(Math.abs(Number(said.value) - e.said.all.value) < 1e-6);
      else assert.deepEqual([said.value, said.ci_low, e.said.all.value ?? '', e.said.all.bounds], ['', '', '', undefined]);
      assert.equal(said.gap, e.said.gap);
    }
    for (const which of ['index', 'picture']) {
      const line = file.filter((f) => f.part === 'over-time' && f.which === which), chart = p.over_time[which];
      assert.deepEqual(line.map(key), chart.points.map(key));
      for (const f of chart.points) assert.ok(Date.parse(f.period.to) <= Date.now() - 14 * 864e5, 'cards have had their time');
    }
    assert.match(html, /By the ten lines[\s\S]*<svg class="chart"[\s\S]*The same as a table/);
    const org = one(desk, "SELECT MIN(organisation_id) AS n FROM card WHERE instrument = 'near'");
    for (const f of (await api(`/proximity?period=1y&organisation=${org}`)).over_time.picture.points) if (f.n > 0 && f.n < 5) assert.deepEqual([f.value, f.ci, f.bounds, f.answers], [null, null, undefined, undefined]);
    for (const f of await file_of(`/proximity.csv?days=365&organisation=${org}`)) if (f.show === 'list' && f.kind === 'index') assert.deepEqual([f.value, f.ci_low, f.ci_high], ['', '', '']);
    for (const [query, status] of [['period=soon', 422], ['chart=hour', 422], ['team=99999', 200]]) assert.equal((await desk.api(`/proximity?${query}`, { token: noor.token })).status, status, query);
  });
  const file_of = (path) => file(path);

  test('cards, moments, a journey', async () => {
    const cards = await link('/instruments?days=365', '/instruments.csv'), list = await api('/instruments?period=1y');
    same(cards.file.filter((f) => f.part !== 'chosen'), told(list), 'cards');
    const recommend = list.items.find((i) => i.name === 'recommend');
    assert.equal(recommend.chosen.reduce((n, c) => n + c.n, 0), recommend.score.n);
    assert.ok(recommend.by_team.length > 0);
    const team = one(desk, "SELECT MIN(id) AS n FROM party WHERE kind = 'team' AND closed = 0");
    same((await link(`/moments?team=${team}`, '/moments.csv')).file, told((await api(`/moments?team=${team}`)).figures), 'moments of a team');
    const moments = await link('/moments', '/moments.csv'), some = await api('/moments?limit=200');
    onPage(moments.file, moments.html, 'moments');
    same(moments.file, told(some.figures), 'moments');
    const rest = (await link('/moments', '/moments/list.csv')).file;
    assert.deepEqual(rest.slice(0, some.items.length).map((m) => m.ref), some.items.map((m) => m.ref));
    assert.deepEqual(rest[0].why.split(' '), some.items[0].why);
    assert.ok(!Object.keys(rest[0]).some((k) => /by$|spoken_by|person/.test(k)), 'nobody who serves can be counted by name');
    assert.equal((await page('/moments.csv?team=99999')).status, 404);
    if (some.next) assert.equal((await api(`/moments?cursor=${encodeURIComponent(some.next)}`)).figures, undefined);
    const id = (await api('/journeys')).items.find((j) => j.in_force).id, map = await link(`/journeys/${id}`, `/journeys/${id}/figures.csv`), j = await api(`/journeys/${id}`);
    same(map.file, told(j), 'a journey');
    assert.equal(map.file.length, 7 * j.stages.length + 3);
    assert.equal(Number(map.file[0].visits), j.stages[0].visits);
  });

  test('what customers bring in and cost', async () => {
    const map = await link('/worth', '/worth.csv'), w = await api('/worth');
    assert.deepEqual(map.file.map((l) => [l.customer, Number(l.revenue), Math.round(Number(l.left)), l.place]), w.customers.map((c) => [c.name, c.revenue, Math.round(c.left), c.place]));
    const teams = await link('/worth', '/worth/teams.csv');
    assert.deepEqual(teams.file.map((t) => t.team), w.teams.map((t) => t.name));
    const of = w.customers[0].id, books = await link(`/worth?of=${of}`, '/worth/books.csv');
    assert.deepEqual(books.file.map((l) => [l.month, Number(l.amount)]), (await api(`/worth?of=${of}`)).books.map((l) => [l.month, l.amount]));
    assert.equal((await page('/worth/books.csv')).status, 404);
  });

  test('the floor', async () => {
    const html = (await page('/floor')).text, f = await api('/floor');
    assert.ok(html.includes(f.now.waiting === 1 ? 'One person is waiting.' : `${f.now.waiting} people are waiting.`));
    assert.deepEqual(f.people.map((p) => p.name), f.people.map((p) => p.name).sort((a, b) => (a < b ? -1 : 1)), 'by name and by nothing else');
    for (const p of f.people) {
      const words = p.promises ? `${p.promises === 1 ? 'one promise' : `${p.promises} promises`}${p.due_today ? `, ${p.due_today === 1 ? 'one' : p.due_today} due today` : ''}` : 'has room';
      assert.ok(html.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ').includes(`· ${words}`), `${p.name} ${words}`);
      assert.ok(p.due_today <= p.promises);
      assert.equal(p.promises, one(desk, `SELECT COUNT(*) AS n FROM request r WHERE owner_id = ${p.id} AND court = 'us' AND state = 'PROMISED' AND team_id NOT IN (SELECT id FROM party WHERE closed = 1)`));
    }
    assert.doesNotMatch((await page('/floor?wall=1')).text, /has room|due today/);
    const csv = await file('/floor.csv');
    assert.deepEqual(csv.map(key), [...f.charts.first_answer.points, ...f.charts.promises_kept.points].map(key));
    const hours = await file('/floor/hours.csv');
    assert.equal(hours.reduce((n, h) => n + Number(h.n), 0), f.came.total);
    assert.equal(f.came.hours.flat().reduce((n, h) => n + h, 0), f.came.total);
    assert.deepEqual([f.came.hours.length, f.came.hours[0].length], [7, 24]);
    const m = await api('/measures/promise-kept?chart=week');
    assert.deepEqual(m.chart, f.charts.promises_kept);
  });

  test('nothing in a file is taken for a formula, whoever wrote it', async () => {
    const id = rows(desk, "SELECT id FROM party WHERE kind = 'organisation' AND id IN (SELECT organisation_id FROM request) ORDER BY id LIMIT 1")[0].id;
    for (const name of ['=HYPERLINK("https://evil.example")', '+1+1', '-2+3', '@SUM(1)', '\t=1', '  =1', '＝1', '|calc', 'Well, "known"; Ltd']) {
      write(desk, `UPDATE party SET name = '${name}' WHERE id = ${id}`);
      const text = (await page('/customers.csv')).text + (await page('/worth.csv')).text;
      const cells = table((await page('/customers.csv')).text).map((r) => r.customer);
      assert.ok(cells.includes(/^W/.test(name) ? name : `'${name}`), `${name} in ${cells}`);
      assert.doesNotMatch(text, /(^|,|\n)"?\s*[=+@＝]/, name);
    }
  });
});

for (const store of stores) describe(`what people here have on their hands, on ${store}`, { concurrency: false }, () => {
  let desk, w;
  before(async () => {
    desk = await startDesk({ store, admin: false });
    w = makeWorld(desk);
    for (const key of ['sofie', 'tomas', 'fadi', 'hana', 'ana', 'lena']) session(desk, w[key]);
    const zone = ['Asia/Tokyo', 'Asia/Kolkata'].find((z) => endOfDay(z) - Date.now() > 600e3);      // no summer time, and no midnight while this runs
    write(desk, `UPDATE party SET zone = '${zone}' WHERE id = ${w.tomas.id}`);
    const promised = async (asker, service, owner, due) => {
      const q = await as(desk, w[asker]).asks(`For ${owner}`, { service });
      assert.equal((await as(desk, w[owner]).acts(q.ref, 'promise', { due: due.toISOString(), text: 'Yes.' })).status, 201);
      return q;
    };
    const today = endOfDay(zone);
    await promised('ana', 'IT', 'sofie', new Date(today - 1000));
    await promised('ana', 'IT', 'sofie', new Date(today + 1000));
    const other = await promised('carl', 'Facilities', 'fadi', new Date(today + 864e5));
    write(desk, `UPDATE request SET owner_id = ${w.sofie.id} WHERE id = ${other.id}`);
    await promised('bo', 'People', 'hana', new Date(today - 1000));
    const done = await promised('ana', 'IT', 'sofie', new Date(today - 1000));
    await as(desk, w.sofie).acts(done.ref, 'report', { text: 'Done.' });
  });
  after(() => desk?.stop());

  // The next midnight there, a second after which it is tomorrow.
  function endOfDay(zone) {
    const at = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' }).formatToParts(new Date()).map((p) => [p.type, Number(p.value)]));
    return Math.floor(Date.now() / 1000) * 1000 + 86400e3 - (at.hour * 3600 + at.minute * 60 + at.second) * 1000;
  }
  const people = async (key) => Object.fromEntries((await as(desk, w[key]).get('/floor')).json.people.map((p) => [p.name.split(' ')[0], `${p.promises} ${p.due_today}`]));

  test('is counted over the teams that the reader sees, on the reader’s day', async () => {
    assert.deepEqual(await people('tomas'), { Sofie: '2 1', Tomás: '0 0' });                    // not what lies with another team
    const lena = await people('lena');
    assert.deepEqual(Object.keys(lena), ['Fadi', 'Lena', 'Sofie', 'Tomás']);                    // nobody of the closed team, nobody who only asks
    assert.match(lena.Sofie, /^3 /);
    assert.deepEqual(Object.keys(await people('hana')), ['Hana']);
    assert.equal((await as(desk, w.ana).get('/floor')).status, 403);
  });
});
