// The description of the API: well made (a linter's strict rules and some more), whole (every route, no other), true (what
// it gives as examples is taken, what comes back is what it says).
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import redocly from '@redocly/openapi-core';
import Ajv from 'ajv/dist/2020.js';
import { startDesk, stores } from './desk.mjs';
import { makeWorld, drawJourney, as, eventually } from './world.mjs';
import { routes } from './routes.mjs';

// The linter's strict set, and what else it knows that is worth having. Nothing is excepted.
const rules = Object.fromEntries(['operation-description', 'parameter-description', 'operation-tag-defined', 'operation-singular-tag', 'operation-parameters-unique', 'info-contact',
  'operation-4xx-problem-details-rfc7807', 'no-required-schema-properties-undefined', 'no-schema-type-mismatch', 'no-unused-components', 
  'no-invalid-media-type-examples', 'no-invalid-schema-examples', 'no-invalid-parameter-examples'].map((r) => [r, 'error']));

// A schema of the document as a check. Objects take nothing that is not described, or the description could be short of it.
function checker(doc) {
  const strict = (s) => {
    if (Array.isArray(s)) return s.map(strict);
    if (!s || typeof s !== 'object') return s;
    const out = Object.fromEntries(Object.entries(s).map(([k, v]) => [k, k === 'properties' ? Object.fromEntries(Object.entries(v).map(([n, p]) => [n, strict(p)])) : strict(v)]));
    if (out.properties) out.additionalProperties ??= false;
    return out;
  };
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
  const local = (s) => JSON.parse(JSON.stringify(strict(s)).replaceAll('"#/components/schemas/', '"doc#/$defs/'));
  ajv.addSchema({ $id: 'doc', $defs: local(doc.components.schemas) });
  const made = new Map();
  return (schema, value, at) => {
    const key = JSON.stringify(schema);
    if (!made.has(key)) made.set(key, ajv.compile(local(schema)));
    const ok = made.get(key)(value);
    assert.ok(ok, `${at}: ${ajv.errorsText(made.get(key).errors, { separator: '\n' })}\n${JSON.stringify(value).slice(0, 2000)}`);
  };
}

for (const store of stores) describe(`the description of the API on ${store}`, () => {
  let desk, w, doc, check, ana, sofie, noor, told;
  before(async () => {
    desk = await startDesk({ store, admin: false });
    w = makeWorld(desk);
    [ana, sofie, noor] = ['ana', 'sofie', 'noor'].map((k) => as(desk, w[k]));
    doc = (await desk.ask('/api/v1/openapi.json')).json;
    check = checker(doc);
    told = new Set();
  });
  after(() => desk?.stop());

  // An answer is one that the document knows for this call, and looks as it says.
  function holds(method, path, r) {
    const op = doc.paths[path]?.[method];
    assert.ok(op, `${method} ${path} is not described`);
    const at = `${method} ${path} ${r.status}`;
    let said = op.responses[r.status];
    assert.ok(said, `${at} is not described: ${r.text}`);
    if (said.$ref) said = doc.components.responses[said.$ref.split('/').at(-1)];
    for (const name of Object.keys(said.headers ?? {})) assert.ok(r.headers[name.toLowerCase()], `${at} has ${name}`);
    if (!said.content) { assert.equal(r.text, '', at); return r; }
    const sent = r.headers['content-type'].split(';')[0], type = said.content[sent] ? sent : '*/*';
    assert.ok(said.content[type], `${at} comes as ${sent}`);
    if (r.json !== undefined && /json/.test(type)) check(said.content[type].schema, r.json, at);
    told.add(`${method} ${path} ${r.status}`);
    return r;
  }
  const fill = (path, values) => path.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  async function call(who, method, path, { values = {}, query = '', body, headers = {} } = {}) {
    return holds(method, path, await desk.api(fill(path, values).replace('/api/v1', '') + query, { method: method.toUpperCase(), token: who.token, body, headers }));
  }
  const example = (method, path) => doc.paths[path][method].requestBody.content['application/json'].example;

  if (store === 'sqlite') test('the linter finds nothing', async () => {       // the document is the same on both
    const config = await redocly.createConfig({ extends: ['recommended-strict'], rules });
    const source = JSON.stringify(doc, null, 1);
    const found = await redocly.lintFromString({ source, absoluteRef: 'openapi.json', config });
    assert.deepEqual(found.map((p) => `${p.ruleId}: ${p.message} at ${p.location.map((l) => l.pointer ?? l.start?.line).join()}`), []);
    // It would find something.
    const broken = await redocly.lintFromString({ source: source.replaceAll('"operationId"', '"operationid"'), absoluteRef: 'openapi.json', config });
    assert.ok(broken.length > 0);
  });

  test('every route of the API is described, and nothing else is', () => {
    const have = Object.entries(doc.paths).flatMap(([path, ops]) => Object.keys(ops).map((verb) => `${verb.toUpperCase()} ${path}`)).sort();
    const want = routes(desk).filter((r) => r.path.startsWith('/api/')).map((r) => `${r.verb} ${r.path}`).sort();
    assert.ok(want.length > 10);
    assert.deepEqual(have, want);
  });

  test('who may call without a token is said', async () => {
    for (const r of routes(desk).filter((x) => x.path.startsWith('/api/'))) assert.equal(doc.paths[r.path][r.verb.toLowerCase()].security?.length === 0, r.may === 'anyone', r.path);
    assert.deepEqual(doc.security, [{ token: [] }]);
  });

  test('what is given as an example is taken, and what comes back is as described', async () => {
    const all = '/api/v1/requests', single = `${all}/{ref}`;
    const made = await call(w.ana, 'post', all, { body: example('post', all) });
    const values = { ref: made.json.ref };
    await call(w.sofie, 'patch', single, { values, body: example('patch', single) });
    const said = await call(w.sofie, 'post', `${single}/messages`, { values, body: example('post', `${single}/messages`) });
    assert.equal(said.status, 201);
    const acted = await call(w.sofie, 'post', `${single}/acts`, { values, body: example('post', `${single}/acts`) });
    assert.equal(acted.json.state, 'PROMISED');
    const person = await call(w.sofie, 'post', '/api/v1/people', { body: example('post', '/api/v1/people') });
    assert.equal((await call(w.noor, 'post', '/api/v1/people/{id}', { values: { id: person.json.id }, body: example('post', '/api/v1/people/{id}') })).json.zone, 'Africa/Lagos');
    const memory = await call(w.sofie, 'post', '/api/v1/people/{id}/memory', { values: { id: person.json.id }, body: example('post', '/api/v1/people/{id}/memory') });
    assert.equal(memory.status, 201);
    assert.ok((await call(w.sofie, 'get', '/api/v1/people/{id}/memory', { values: { id: person.json.id } })).json.items.length === 1);
  });

  test('a request through its whole life', async () => {
    const single = '/api/v1/requests/{ref}', q = await ana.asks('From end to end', { body: 'All of it.', bar: { by: new Date(Date.now() + 864e5).toISOString(), told: 'tomorrow', good: 'it works' } });
    const values = { ref: q.ref }, due = new Date(Date.now() + 36e5).toISOString();
    const act = (who, name, more = {}) => call(who, 'post', `${single}/acts`, { values, body: { act: name, ...more } });
    const form = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nabc\r\n--b--\r\n';
    const files = await call(w.ana, 'post', `${single}/attachments`, { values, body: form, headers: { 'content-type': 'multipart/form-data; boundary=b' } });
    await call(w.ana, 'post', `${single}/messages`, { values, body: { body: 'See the file.', attachments: files.json.items.map((f) => f.id) } });
    assert.equal((await call(w.ana, 'get', '/api/v1/attachments/{id}', { values: { id: files.json.items[0].id } })).text, 'abc');
    for (const [who, name, more] of [[w.sofie, 'ask', { text: 'Which one?' }], [w.ana, 'answer', { text: 'That one.' }], [w.sofie, 'promise', { due, text: 'Today.' }], [w.sofie, 'report', { text: 'Done.' }],
      [w.ana, 'not-yet', { text: 'It is not.', sorted: 'no' }], [w.sofie, 'report', { text: 'Now.' }], [w.ana, 'accept', { sorted: 'yes', ease: 6, against_bar: 'at', moment: 'Quick.', lost_minutes: 5 }]])
      assert.equal((await act(who, name, more)).status, 201, name);
    for (const who of [w.ana, w.sofie, w.noor]) await call(who, 'get', single, { values });
    assert.equal((await call(w.sofie, 'patch', single, { values, body: { team: 'People' } })).status, 204);
  });

  test('lists, persons, events, and the description itself', async () => {
    for (const who of [w.ana, w.sofie, w.noor]) {
      assert.ok((await call(who, 'get', '/api/v1/requests', { query: '?limit=1' })).json.next !== undefined);
      await call(who, 'get', '/api/v1/requests', { query: '?limit=200' });
      await call(who, 'get', '/api/v1/people');
      await call(who, 'get', '/api/v1/people/{id}', { values: { id: who.id } });
      await call(who, 'get', '/api/v1/people/{id}/memory', { values: { id: who.id } });
      await call(who, 'get', '/api/v1/events', { query: '?wait=0&after=0' });
    }
    await call(w.ana, 'get', '/api/v1/openapi.json');
    await call(w.noor, 'get', '/api/v1/instruments', { query: '?period=90d' });
    assert.equal((await call(w.sofie, 'get', '/api/v1/instruments')).status, 403);
    await call(w.noor, 'get', '/api/v1/proximity', { query: '?period=90d&chart=month' });
    assert.equal((await call(w.sofie, 'get', '/api/v1/proximity')).status, 403);
    assert.equal((await call(w.sofie, 'get', '/api/v1/floor')).status, 200);
    await call(w.ana, 'get', '/api/v1/floor');
    for (const m of (await call(w.sofie, 'get', '/api/v1/measures')).json.items)
      await call(w.sofie, 'get', '/api/v1/measures/{name}', { values: { name: m.name }, query: m.line ? '?period=90d&points=week&chart=week' : '' });
  });

  test('customers, what was worth it, time spent', async () => {
    assert.ok((await call(w.noor, 'get', '/api/v1/customers')).json.items.some((c) => c.name === 'Acme'));
    const page = '/api/v1/customers/{id}', values = { id: w.organisation.Acme };
    const c = (await call(w.noor, 'get', page, { values })).json;
    assert.equal(c.whole, true);
    assert.equal((await call(w.rhea, 'get', page, { values })).json.sorted.n, c.sorted.n);
    assert.equal((await call(w.ana, 'get', page, { values })).status, 404);
    const own = (await call(w.ana, 'get', page, { values: { id: w.ana.id } })).json;
    assert.equal(own.bad_moments, undefined);
    const line = (await call(w.noor, 'post', `${page}/worth`, { values, body: example('post', `${page}/worth`) })).json;
    assert.equal((await call(w.noor, 'post', '/api/v1/worth/{id}', { values: { id: line.id }, body: { so: true } })).status, 403);
    assert.equal((await call(w.ana, 'post', '/api/v1/worth/{id}', { values: { id: line.id }, body: { so: true } })).status, 403);
    assert.ok((await call(w.lena, 'get', '/api/v1/worth', { query: `?months=3&of=${w.organisation.Acme}` })).json.books.length === 0);
    assert.equal((await call(w.imre, 'get', '/api/v1/worth')).status, 403, 'who leads a team does not lead the house');
    const mine = (await call(w.ana, 'post', `${page}/worth`, { values: { id: w.ana.id }, body: { words: 'I slept', kind: 'process' } })).json;
    assert.ok(mine.id > 0);
    assert.equal((await call(w.rhea, 'post', '/api/v1/worth/{id}', { values: { id: line.id }, body: example('post', '/api/v1/worth/{id}') })).status, 200);
    const work = '/api/v1/requests/{ref}/work', ref = (await ana.asks('It takes time')).ref;
    assert.equal((await call(w.sofie, 'post', work, { values: { ref }, body: example('post', work) })).json.entered, 25);
    assert.equal((await call(w.sofie, 'get', work, { values: { ref } })).json.lines.length, 1);
    assert.equal((await call(w.sofie, 'post', work, { values: { ref }, body: { minutes: 0 } })).status, 422);
    assert.deepEqual((await call(w.sofie, 'get', '/api/v1/saved-answers')).json, { items: [], next: null });
  });

  test('journeys, with their figures and their files', async () => {
    const id = drawJourney(desk), values = { id };
    for (const who of [w.sofie, w.noor]) {
      assert.ok((await call(who, 'get', '/api/v1/journeys')).json.items.some((j) => j.id === id));
      const j = (await call(who, 'get', '/api/v1/journeys/{id}', { values, query: '?days=365&v=0' })).json;
      assert.ok(j.walks > 0 && j.stages[0].visits >= j.walks, JSON.stringify(j).slice(0, 500));
      assert.deepEqual([j.stages[0].proximity.n, j.stages[0].proximity.value, j.stages[0].proximity.show], [0, null, 'none']);
      assert.match((await call(who, 'get', '/api/v1/journeys/{id}/cjml', { values, query: '?walks=brought' })).text, /<plannedJourney>/);
      assert.match((await call(who, 'get', '/api/v1/journeys/{id}/xes', { values })).text, /<trace>/);
    }
    assert.equal((await call(w.sofie, 'get', '/api/v1/journeys/{id}', { values: { id: 99999 } })).status, 404);
    assert.equal((await desk.api('/journeys', { token: w.ana.token })).status, 403);
  });

  test('every way of going wrong is described, as problem+json', async () => {
    const all = '/api/v1/requests', single = `${all}/{ref}`, values = { ref: (await ana.asks('To go wrong with')).ref };
    const wrong = async (status, ...how) => assert.equal((await call(...how)).status, status);
    await wrong(400, w.ana, 'post', all, { body: '{', headers: { 'content-type': 'application/json' } });
    await wrong(401, { token: 'cdk_made-up' }, 'get', all);
    await wrong(403, w.ana, 'post', '/api/v1/people', { body: { name: 'X Y', email: 'x@y.example' } });
    await wrong(404, w.carl, 'get', single, { values });
    await wrong(409, w.sofie, 'post', `${single}/acts`, { values, body: { act: 'report' } });
    await wrong(409, w.sofie, 'patch', single, { values, body: { subject: 'New' }, headers: { 'if-match': '"99"' } });
    await wrong(415, w.ana, 'post', all, { body: '<a/>', headers: { 'content-type': 'text/xml' } });
    await wrong(422, w.ana, 'post', all, { body: { subject: 'X', kind: 'miracle' } });
    await wrong(422, w.ana, 'get', all, { query: '?limit=0' });
    await wrong(422, w.sofie, 'get', '/api/v1/measures/{name}', { values: { name: 'easy' }, query: '?period=soon' });
    await wrong(404, w.sofie, 'get', '/api/v1/measures/{name}', { values: { name: 'nothing' } });
    await wrong(422, w.ana, 'get', '/api/v1/events', { query: '?after=x' });
    await wrong(400, w.ana, 'get', '/api/v1/events', { headers: { 'last-event-id': 'x' } });
    await wrong(400, w.sofie, 'get', '/api/v1/people', { query: '?cursor=x' });
    await wrong(413, w.ana, 'post', all, { body: 'x', headers: { 'content-type': 'application/json', 'content-length': 1 << 30 } }).catch((e) => assert.match(String(e), /ECONNRESET|EPIPE|socket/));
  });

  test('a bad moment, and who speaks with them', async () => {
    const q = await ana.asks('It was bad', { service: 'IT' }), values = { ref: q.ref }, path = '/api/v1/requests/{ref}/moment';
    await call(w.sofie, 'post', path, { values, body: example('post', path) });                                          // there is none yet: a conflict
    await sofie.acts(q.ref, 'promise', { due: new Date(Date.now() + 36e5).toISOString() });
    for (let i = 0; i < 2; i++) { await sofie.acts(q.ref, 'report'); await ana.acts(q.ref, 'not-yet', { text: 'No.' }); }
    await eventually(async () => (await sofie.get('/moments?open=true')).json.items.some((m) => m.ref === q.ref));
    assert.equal((await call(w.sofie, 'post', path, { values, body: example('post', path) })).json.claimed.by.id, w.sofie.id);
    assert.equal((await call(w.sofie, 'get', '/api/v1/moments', { query: '?open=true&team=IT&limit=1' })).json.items.length, 1);
    await call(w.sofie, 'post', path, { values, body: { spoken: true } });
    await call(w.sofie, 'get', '/api/v1/moments', { query: '?open=maybe' });
    await call(w.ana, 'get', '/api/v1/moments');
  });

  test('no call was left out of all that', () => {
    const calls = Object.entries(doc.paths).flatMap(([path, ops]) => Object.keys(ops).map((verb) => `${verb} ${path}`));
    assert.deepEqual(calls.filter((c) => ![...told].some((t) => t.startsWith(`${c} 2`))), []);
  });
});

describe('a lifelike store', () => {
  test('whatever the sample organisation holds is as described', async () => {
    const desk = await startDesk({ demo: true });
    try {
      const token = desk.run('token', 'new', '--person', JSON.parse(desk.run('person', 'list', '--json').stdout).find((p) => p.role === 'admin').email, '--name', 'test').stdout.trim().split(/\s+/).at(-1);
      const doc = (await desk.ask('/api/v1/openapi.json')).json, check = checker(doc);
      const schema = (name) => ({ $ref: `#/components/schemas/${name}` });
      const seen = new Set();
      for (let cursor = '', pages = 0; cursor !== null && pages < 20; pages++) {
        const r = await desk.api(`/requests?limit=200&cursor=${encodeURIComponent(cursor)}`, { token });
        check(schema('RequestList'), r.json, 'requests');
        for (const q of r.json.items) if (!seen.has(`${q.state} ${q.kind} ${q.channel}`) || seen.size < 3) {
          seen.add(`${q.state} ${q.kind} ${q.channel}`);
          check(schema('RequestWhole'), (await desk.api(`/requests/${q.ref}`, { token })).json, q.ref);
        }
        cursor = r.json.next;
      }
      assert.ok(seen.size > 5);
      for (const j of (await desk.api('/journeys', { token })).json.items) check(schema('JourneyWhole'), (await desk.api(`/journeys/${j.id}`, { token })).json, j.name);
      for (let cursor = ''; cursor !== null;) {
        const r = await desk.api(`/people?limit=200&cursor=${cursor}`, { token });
        check(schema('PersonList'), r.json, 'people');
        for (const p of r.json.items.slice(0, 10)) check(schema('NoteList'), (await desk.api(`/people/${p.id}/memory`, { token })).json, `memory of ${p.name}`);
        cursor = r.json.next;
      }
      check(schema('Proximity'), (await desk.api('/proximity?period=1y', { token })).json, 'proximity');
      check(schema('Floor'), (await desk.api('/floor', { token })).json, 'floor');
      check(schema('ProfitMap'), (await desk.api('/worth', { token })).json, 'worth');
      check(schema('BadMomentList'), (await desk.api('/moments', { token })).json, 'moments');
      check(schema('InstrumentList'), (await desk.api('/instruments?period=1y', { token })).json, 'instruments');
      for (const m of (await desk.api('/measures', { token })).json.items) check(schema('Figure'), (await desk.api(`/measures/${m.name}?period=90d${m.line ? '&points=week&chart=week' : ''}`, { token })).json, m.name);
    } finally { await desk.stop(); }
  });
});
