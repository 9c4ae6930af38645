// What every refusal looks like, and every instant.
import assert from 'node:assert/strict';

export const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

// problem+json with its status, a sentence for a person, and the fields that were wrong.
export function refused(r, status, ...fields) {
  assert.equal(r.status, status, r.text);
  assert.match(r.headers['content-type'], /^application\/problem\+json/);
  assert.equal(r.json.status, status);
  for (const name of ['type', 'title', 'detail']) assert.equal(typeof r.json[name], 'string');
  assert.match(r.json.detail, /^[A-Z“"].*[.…]$/s, `a sentence: ${r.json.detail}`);
  if (fields.length) assert.deepEqual(r.json.errors?.map((e) => e.field), fields, r.text);
  for (const e of r.json.errors ?? []) assert.ok(e.detail.length > 5);
}
