// A small place to test on: a house with three teams, one of them closed to others, two customers, and everybody who
// stands in some way to a request. makeWorld(desk) → { ana: { name, email, id, token }, …, team: { IT: id, … } }.
// Rows of the store behind the desk's back: rows(desk, 'SELECT …'), write(desk, 'UPDATE …').
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

// startDesk with admin: false. The first administrator and the first team as a house would make them; all others, who
// are many, as rows.
export function makeWorld(desk) {
  const world = { team: {}, organisation: {} }, now = Date.now() * 1000, sql = [];
  const q = (text) => `'${text.replaceAll("'", "''")}'`;
  const id = (name) => `(SELECT id FROM party WHERE name = ${q(name)})`;
  command(desk, 'person', 'add', '--name', cast.noor.name, '--email', cast.noor.email, '--role', 'admin');
  command(desk, 'team', 'add', 'IT', '--hours', '24x7');
  const house = "(SELECT MIN(id) FROM party WHERE kind = 'organisation')";
  for (const [name, closed, words] of [['Facilities', 0, 'chair door heating'], ['People', 1, 'salary leave payroll']]) {
    sql.push(`INSERT INTO party(kind, name, closed, calendar_id, created_at) SELECT 'team', ${q(name)}, ${closed}, calendar_id, ${now} FROM party WHERE name = 'IT'`);
    sql.push(`INSERT INTO service(name, team_id, calendar_id, hear_within, words, position) SELECT ${q(name)}, ${id(name)}, calendar_id, 14400, ${q(words)}, 1 FROM service WHERE name = 'IT'`);
  }
  for (const name of ['Acme', 'Globex']) sql.push(`INSERT INTO party(kind, name, created_at) VALUES ('organisation', ${q(name)}, ${now})`);
  const relate = (from, kind, to) => sql.push(`INSERT INTO relationship(from_id, to_id, kind, since) VALUES (${id(from)}, ${to}, '${kind}', ${now})`);
  for (const [key, p] of Object.entries(cast)) {
    if (key !== 'noor') {
      sql.push(`INSERT INTO party(kind, name, organisation_id, created_at) VALUES ('person', ${q(p.name)}, ${p.organisation ? id(p.organisation) : p.role ? house : 'NULL'}, ${now})`);
      sql.push(`INSERT INTO address(party_id, kind, value, main, created_at) VALUES (${id(p.name)}, 'mail', ${q(p.email)}, 1, ${now})`);
    }
    if (p.role === 'provider') relate(p.name, 'serves', id(p.team));
    if (p.role === 'lead') relate(p.name, 'leads', p.team ? id(p.team) : house);
    sql.push(`INSERT INTO token(party_id, name, token_hash, created_at) VALUES (${id(p.name)}, 'test', '${sha256(`cdk_${key}`)}', ${now})`);
  }
  relate(cast.rhea.name, 'reads', id('Acme'));
  write(desk, `BEGIN; ${sql.join(';\n')}; COMMIT`);
  const ids = Object.fromEntries(rows(desk, 'SELECT id, name FROM party').map((r) => [r.name, r.id]));
  for (const name of ['IT', 'Facilities', 'People']) world.team[name] = ids[name];
  for (const name of ['Acme', 'Globex']) world.organisation[name] = ids[name];
  for (const [key, p] of Object.entries(cast)) world[key] = { ...p, key, id: ids[p.name], token: `cdk_${key}` };
  return world;
}

// A session of the browser without a form: the cookie, as the sign-in page would give it.
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

// Until what is looked for is there; fails after ten seconds with what was seen last.
export async function eventually(look, patience = 10000) {
  for (const end = Date.now() + patience; ;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not so after ${patience / 1000} seconds: ${look}`);
    await new Promise((r) => setTimeout(r, 25));
  }
}
