// A small place to test on: a house with three teams, one of them closed to others, two customers, and everybody who
// stands in some way to a request. makeWorld(desk) → { ana: { name, email, id, token }, …, team: { IT: id, … } }.
// Rows of the store behind the desk's back: rows(desk, 'SELECT …'), write(desk, 'UPDATE …').
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const cast = {
  noor:  { name: 'Noor Haddad',      email: 'noor@house.example',  role: 'admin' },
  lena:  { name: 'Lena Brandt',      email: 'lena@house.example',  role: 'lead' },                          // of the house
  imre:  { name: 'Imre Kovács',      email: 'imre@house.example',  role: 'lead', team: 'IT' },
  sofie: { name: 'Sofie Janssens',   email: 'sofie@house.example', role: 'provider', team: 'IT' },
  tomas: { name: 'Tomás Rey',        email: 'tomas@house.example', role: 'provider', team: 'IT' },
  fadi:  { name: 'Fadi Mansour',     email: 'fadi@house.example',  role: 'provider', team: 'Facilities' },
  hana:  { name: 'Hana Yamada',      email: 'hana@house.example',  role: 'provider', team: 'People' },      // the closed team
  dina:  { name: 'Dina Ferrari',     email: 'dina@house.example',  role: 'provider', team: 'IT' },          // disabled afterwards
  ana:   { name: 'Ana Sousa',        email: 'ana@acme.example',    organisation: 'Acme' },
  bo:    { name: 'Bo Lindqvist',     email: 'bo@acme.example',     organisation: 'Acme' },
  rhea:  { name: 'Rhea Adeyemi',     email: 'rhea@acme.example',   organisation: 'Acme' },                  // reads Acme's requests
  carl:  { name: 'Carl Weiss',       email: 'carl@globex.example', organisation: 'Globex' },
  cora:  { name: 'Cora Nakamura',    email: 'cora@other.example' },                                         // gets copies
};

// ── the store, from behind ────────────────────────────────────────────
function sqlite(desk, args, text) {
  return spawnSync('sqlite3', ['-bail', ...args, join(desk.dir, 'data/cornerdesk.db')], { encoding: 'utf8', input: `.timeout 10000\n${text};\n`, maxBuffer: 1 << 28 });
}
function psql(desk, text) {
  return spawnSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', desk.database.address], { encoding: 'utf8', input: `${text};\n`, maxBuffer: 1 << 28 });
}
function done(r) {
  if (r.error) throw r.error;
  if (r.status !== 0) throw new Error(r.stderr);
  return r.stdout;
}
export function rows(desk, query) {
  const text = desk.database ? done(psql(desk, `SELECT json_agg(q) FROM (${query}) q`)) : done(sqlite(desk, ['-json'], query));
  return text.trim() ? JSON.parse(text) : [];
}
export function write(desk, text) {
  if (desk.database) done(psql(desk, text)); else done(sqlite(desk, [], text));
}
export const one = (desk, query) => Object.values(rows(desk, query)[0])[0];

// ── the place ─────────────────────────────────────────────────────────
export function command(desk, ...args) {
  const r = desk.run(...args);
  if (r.status !== 0) throw new Error(`${args.join(' ')}: ${r.stderr}`);
  return r.stdout.trim().split(/\s+/).at(-1);
}

// startDesk with admin: false.
export function makeWorld(desk) {
  const world = { team: {}, organisation: {} };
  const add = (key) => {
    const p = cast[key], args = ['person', 'add', '--name', p.name, '--email', p.email, '--role', p.role ?? 'asker'];
    if (p.team) args.push('--team', p.team);
    world[key] = { ...p, id: Number(command(desk, ...args)), key };
  };
  add('noor');
  world.team.IT = Number(command(desk, 'team', 'add', 'IT', '--hours', '24x7'));
  // A place with several teams is made in the browser; here it is enough that they are there.
  const now = Date.now() * 1000;
  for (const [name, closed, words] of [['Facilities', 0, 'chair door heating'], ['People', 1, 'salary leave payroll']]) {
    write(desk, `INSERT INTO party(kind, name, closed, calendar_id, created_at) SELECT 'team', '${name}', ${closed}, calendar_id, ${now} FROM party WHERE name = 'IT' AND kind = 'team'`);
    world.team[name] = one(desk, `SELECT id FROM party WHERE kind = 'team' AND name = '${name}'`);
    write(desk, `INSERT INTO service(name, team_id, calendar_id, hear_within, words, position) SELECT '${name}', ${world.team[name]}, calendar_id, 14400, '${words}', ${world.team[name]} FROM service WHERE name = 'IT'`);
  }
  for (const name of ['Acme', 'Globex']) {
    write(desk, `INSERT INTO party(kind, name, created_at) VALUES ('organisation', '${name}', ${now})`);
    world.organisation[name] = one(desk, `SELECT id FROM party WHERE kind = 'organisation' AND name = '${name}'`);
  }
  for (const key of Object.keys(cast).slice(1)) add(key);
  for (const p of Object.values(world)) if (p.organisation) write(desk, `UPDATE party SET organisation_id = ${world.organisation[p.organisation]} WHERE id = ${p.id}`);
  write(desk, `INSERT INTO relationship(from_id, to_id, kind, since) VALUES (${world.rhea.id}, ${world.organisation.Acme}, 'reads', ${now})`);
  for (const key of Object.keys(cast)) world[key].token = command(desk, 'token', 'new', '--person', cast[key].email, '--name', 'test');
  return world;
}

// A session of the browser without a form: the cookie, as the sign-in page would give it.
// A journey of everybody's: they ask, and they say how it was. Its number.
export function drawJourney(desk) {
  write(desk, "INSERT INTO journey(code, name, days, created_at) VALUES ('J-test', 'From asking to the end', 365, 1)");
  const id = one(desk, "SELECT id FROM journey WHERE code = 'J-test'");
  for (const [code, name, act] of [['T1', 'Asks', 'request'], ['T2', 'Says how it was', 'verdict']])
    write(desk, `INSERT INTO touchpoint(journey_id, number, code, position, phase, lane, kind, name, act) VALUES (${id}, 0, '${code}', 1, 'during', 'customer', 'communication', '${name}', '${act}')`);
  return id;
}

export function session(desk, person, secret = `s-${person.key}-${person.id}`) {
  const hash = sha256(secret), now = Date.now() * 1000;
  write(desk, `INSERT INTO session(party_id, token_hash, created_at, seen_at, ends_at) VALUES (${person.id}, '${hash}', ${now}, ${now}, ${now + 86400e6})`);
  return secret;
}
import { createHash } from 'node:crypto';
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

// Calls of the API as somebody: const ana = as(desk, world.ana); await ana.post('/requests', { … }).
export function as(desk, person) {
  const call = (method) => (path, body, headers = {}) => desk.api(path, { method, token: person.token, body, headers });
  const me = { get: (path, headers = {}) => desk.api(path, { token: person.token, headers }), post: call('POST'), patch: call('PATCH') };
  me.asks = async (subject, more = {}) => {
    const r = await me.post('/requests', { subject, ...more });
    if (r.status !== 201) throw new Error(r.text);
    return r.json;
  };
  me.acts = (ref, act, more = {}, headers = {}) => me.post(`/requests/${ref}/acts`, { act, ...more }, headers);
  me.reads = async (ref) => (await me.get(`/requests/${ref}`)).json;
  return me;
}

// A refusal: problem+json with its status, and the fields that were wrong.
export function refused(r, status, ...fields) {
  assert.equal(r.status, status, r.text);
  assert.match(r.headers['content-type'], /^application\/problem\+json/);
  assert.equal(r.json.status, status);
  for (const name of ['type', 'title', 'detail']) assert.equal(typeof r.json[name], 'string');
  assert.match(r.json.detail, /^[A-Z“"].*[.…]$/s, `a sentence: ${r.json.detail}`);
  if (fields.length) assert.deepEqual(r.json.errors?.map((e) => e.field), fields, r.text);
  for (const e of r.json.errors ?? []) assert.ok(e.detail.length > 5);
}

// Until what is looked for is there; fails after ten seconds with what was seen last.
export async function eventually(look, patience = 10000) {
  for (const end = Date.now() + patience; ;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not so after ${patience / 1000} seconds: ${look}`);
    await new Promise((r) => setTimeout(r, 25));
  }
}
