// The command: settings from everywhere, exit codes, one plain sentence on stderr.
import { test, describe } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync, rmSync, statSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, startDesk } from './desk.mjs';

const dir = mkdtempSync(join(tmpdir(), 'command-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
const oneSentence = (text) => assert.match(text, /^cornerdesk[^\n]*: [^\n]+\n$/);
function says(r, code, words) {
  assert.equal(r.status, code, `${r.stdout}${r.stderr}`);
  oneSentence(r.stderr);
  for (const w of [words].flat()) assert.ok(r.stderr.includes(w), `${JSON.stringify(w)} in ${r.stderr}`);
}

test('help: every command has one, exit 0', () => {
  const all = command(['--help']);
  assert.equal(all.status, 0);
  const names = [...all.stdout.matchAll(/^ {2}(\S+) {2,}/gm)].map((m) => m[1]);
  assert.ok(names.includes('serve') && names.includes('settings') && names.includes('verify'));
  for (const n of names) {
    const r = command([n, '--help']);
    assert.equal(r.status, 0, n);
    assert.match(r.stdout, new RegExp(`^usage: cornerdesk ${n}`));
    assert.equal(command(['help', n]).stdout, r.stdout);
    for (const [, form] of r.stdout.matchAll(/^ {7}cornerdesk (\S+)/gm)) assert.equal(form, n);
  }
  assert.equal(command(['-h']).stdout, all.stdout);
  assert.equal(command(['help', 'fly']).status, 2);
  const person = command(['person', '--help']).stdout;
  for (const flag of ['--name', '--email', '--role', '--team', '--password', '--json', '--again']) assert.ok(person.includes(flag), flag);
});

describe('wrong usage is 2', () => {
  test('no command, unknown command', () => {
    assert.equal(command([]).status, 2);
    const r = command(['fly']);
    assert.equal(r.status, 2);
    assert.match(r.stderr, /no command "fly"/);
  });
  test('unknown flag', () => says(command(['settings', '--colour', 'red']), 2, '--colour'));
  test('flag without value', () => says(command(['settings', '--listen']), 2, '--listen'));
  test('words too many', () => says(command(['serve', 'now']), 2, 'now'));
  test('what it may be is said, before any store is looked for', () => {
    for (const args of [['person'], ['person', 'fly'], ['team', 'add'], ['token', 'new', '--person', 'a@b.example'], ['export'], ['tool', 'fly']])
      says(command(args, { dir: '/' }), 2, ['use it like this: cornerdesk', args[0]]);
    says(command(['person', 'add'], { dir: '/' }), 2, '--name TEXT');
  });
});

describe('settings', () => {
  const file = join(dir, 'desk.conf');
  const look = (args = [], env = {}) => command(['settings', ...args], { env });
  const of = (r, name) => new RegExp(`^${name.replace('.', '\\.')} = (.*)\\n {4}from: (.*); default: (.*)$`, 'm').exec(r.stdout)?.slice(1);

  test('the later wins: default, file, environment, flag; it says where from', () => {
    writeFileSync(file, '# a comment\nmax_upload = 1MB   # one\nlisten="127.0.0.1:1"\n\nmail.from = a#b@example.org\n');
    assert.deepEqual(of(look(), 'max_upload'), ['25MB', 'default', '25MB']);
    const a = look(['--config', file]);
    assert.deepEqual(of(a, 'max_upload'), ['1MB', `${file} line 2`, '25MB']);
    assert.deepEqual(of(a, 'listen'), ['127.0.0.1:1', `${file} line 3`, '127.0.0.1:8080']);
    assert.equal(of(a, 'mail.from')[0], 'a#b@example.org');
    assert.deepEqual(of(look([], { CORNERDESK_CONFIG: file, CORNERDESK_MAX_UPLOAD: '2MB' }), 'max_upload').slice(0, 2), ['2MB', 'CORNERDESK_MAX_UPLOAD']);
    assert.deepEqual(of(look(['--config', file, '--max-upload=3MB'], { CORNERDESK_MAX_UPLOAD: '2MB' }), 'max_upload').slice(0, 2), ['3MB', '--max-upload']);
    assert.equal(of(look(['--mail-out', 'smtp://x'], {}), 'mail.out')[1], '--mail-out');
    assert.equal(of(look(['--demo']), 'demo')[0], 'on');
  });
  test('secrets are hidden', () => {
    const r = look(['--mail.out', 'smtp://user:hushhush@host', '--store', 'postgresql://u:hushhush@h/d', '--metrics_token', 'hushhush', '--mail.in', 'imaps://u:hushhush@h']);
    assert.equal(r.status, 0);
    assert.ok(!r.stdout.includes('hushhush'));
    assert.match(r.stdout, /hidden/);
  });
  test('unknown: named with its place', () => {
    writeFileSync(file, 'listen = 127.0.0.1:1\n\ncolour = red\n');
    says(look(['--config', file]), 2, ['"colour"', `${file} line 3`]);
    says(look([], { CORNERDESK_COLOUR: 'red' }), 2, ['"COLOUR"', 'CORNERDESK_COLOUR']);
    says(command(['serve', '--config', file]), 2, ['"colour"', 'line 3']);
  });
  test('ill-formed: named with its place and what it must be', () => {
    writeFileSync(file, 'listen\n');
    says(look(['--config', file]), 2, [`${file} line 1`, 'name = value']);
    for (const [name, value, words] of [
      ['max_upload', 'much', 'a size'], ['max_upload', '1', 'from 65536'], ['readers', '-1', 'from 0'], ['readers', '1.5', 'whole number'],
      ['listen', '8080', 'HOST:PORT'], ['listen', 'x:99999', 'HOST:PORT'], ['demo', 'maybe', 'on or off'], ['log_level', 'loud', 'error, warn'],
      ['public_url', 'help.example.org', 'http'], ['public_url', 'https://x/desk', 'without a path'], ['store', 'mysql://x', 'sqlite:FILE'],
      ['data', '', 'is empty'],
      ['trusted_proxies', '10.0.0.0/33', '"10.0.0.0/33"'], ['link_life', '5 fortnights', 'a time'], ['rate', 'fast', 'a number'],
    ]) says(look([`--${name}=${value}`]), 2, [name, words]);
    says(look(['--config', join(dir, 'no.conf')]), 2, 'no.conf');
  });
});

describe('what is missing', () => {
  test('a database that is not there: 75, and which address was tried', () => {
    const data = join(dir, 'empty');
    mkdirSync(data);
    for (const args of [['verify'], ['person', 'list'], ['rebuild']])
      says(command([...args, '--data', data]), 75, `sqlite:${data}/cornerdesk.db`);
    assert.ok(!existsSync(join(data, 'cornerdesk.db')));
    says(command(['verify', '--data', data, '--store', 'postgresql://me:hushhush@127.0.0.1:1/none']), 75, '127.0.0.1:1');
    const r = command(['serve', '--data', data, '--listen', '127.0.0.1:0', '--store', 'postgresql://me:hushhush@127.0.0.1:1/none']);
    says(r, 75, '127.0.0.1:1');
    assert.ok(!r.stderr.includes('hushhush'));
  });
  test('a data directory that cannot be made', () => says(command(['serve', '--listen', '127.0.0.1:0', '--data', join(dir, 'no/such/parent')]), 75, 'no/such/parent'));
  test('a data directory that is a file', () => {
    writeFileSync(join(dir, 'a-file'), '');
    says(command(['serve', '--listen', '127.0.0.1:0', '--data', join(dir, 'a-file')]), 75, 'is no directory');
  });
  test('a store whose folder is not there', () =>
    says(command(['serve', '--listen', '127.0.0.1:0', '--data', join(dir, 'fourth'), '--store', `sqlite:${join(dir, 'no/desk.db')}`]), 75, [join(dir, 'no/desk.db'), 'No such file']));
  test('a port that is taken', async () => {
    const desk = await startDesk({ admin: false });
    try { says(command(['serve', '--data', join(dir, 'second'), '--listen', `127.0.0.1:${desk.port}`]), 75, [`127.0.0.1:${desk.port}`, 'another program', '--listen']); } finally { await desk.stop(); }
  });
  test('a key file that is none is refused, never replaced', () => {
    const key = join(dir, 'key');
    writeFileSync(key, 'not a key\n', { mode: 0o600 });
    says(command(['serve', '--listen', '127.0.0.1:0', '--data', join(dir, 'third'), '--secret_key_file', key]), 1, key);
  });
});

test('the first start makes a key that only its owner reads, and prints where it listens', async () => {
  const desk = await startDesk({ admin: false });
  try {
    const st = statSync(join(desk.dir, 'data/secret.key'));
    assert.equal(st.mode & 0o777, 0o600);
    assert.match(desk.out, /listens on http:\/\/127\.0\.0\.1:\d+ /);
    assert.match(desk.out + await new Promise((r) => setTimeout(() => r(''), 0)), /sqlite:/);
  } finally { await desk.stop(); }
});

test('export: all of a person, as JSON, or a sentence', async () => {
  const desk = await startDesk();
  try {
    assert.equal((await desk.api('/requests', { method: 'POST', body: { subject: 'The door sticks', from: { email: 'ana@desk.example' } } })).status, 201);
    const r = desk.run('export', '--person', 'Ana@desk.example');
    assert.equal(r.status, 0, r.stderr);
    assert.equal(JSON.parse(r.stdout).requests[0].subject, 'The door sticks');
    says(desk.run('export', '--person', 'nobody@desk.example'), 1, 'nobody@desk.example');
  } finally { await desk.stop(); }
});

test('a second SIGTERM stops at once', async () => {
  const desk = await startDesk({ admin: false });
  const { connect } = await import('node:net');
  const half = connect(desk.port, '127.0.0.1');
  await new Promise((r) => half.write('POST /signin HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na', r));
  half.on('error', () => {});
  while (!/open_requests [12]/.test((await desk.ask('/metrics')).text)) { /* until the half request has arrived */ }
  desk.process.kill('SIGTERM');
  while (!desk.log.includes('SIGTERM')) await new Promise((r) => setImmediate(r));
  desk.process.kill('SIGTERM');
  const end = await desk.ended;
  assert.equal(end.signal, 'SIGTERM');
  half.destroy();
  rmSync(desk.dir, { recursive: true, force: true });
});

test('calendar: hours are set, holidays come from a file; what is ill is told and nothing is saved', () => {
  const home = mkdtempSync(join(tmpdir(), 'calendar-'));
  const run = (args, input) => command([...args, '--data', home, '--store', `sqlite:${home}/c.db`], { input });
  const file = (lines) => `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  assert.equal(run(['demo', '--requests', '12']).status, 0);
  says(run(['calendar', 'set', 'Faro', '--zone', 'Mars/Base', '--hours', '24x7']), 1, 'Mars/Base');
  says(run(['calendar', 'set', 'Faro', '--zone', 'Europe/Lisbon', '--hours', 'closed 2030-12-25']), 1, 'never open');
  says(run(['calendar', 'import', 'Faro'], file('DTSTART;VALUE=DATE:20301225')), 1, ['"Faro"', '"Porto"']);
  assert.equal(run(['calendar', 'set', 'Faro', '--zone', 'Europe/Lisbon', '--hours', 'mon-fri 09:00-17:00']).status, 0);
  says(run(['calendar', 'import', 'Faro'], 'Dear all, we are closed'), 1, 'no calendar file');
  const look = run(['calendar', 'import', 'Faro', '--try'], file('DTSTART;VALUE=DATE:20301225\r\nSUMMARY:Natal'));
  assert.equal(look.stdout, '2030-12-25  closed  Natal\n1 new; nothing was saved\n');
  assert.match(run(['calendar', 'import', 'faro'], file('DTSTART;VALUE=DATE:20301225\r\nSUMMARY:Natal')).stdout, /^2030-12-25 {2}closed {2}Natal\n1 new\n$/);
  assert.match(run(['calendar', 'list']).stdout, /^Faro \(Europe\/Lisbon\): mon-fri 09:00-17:00; closed 2030-12-25$/m);
  rmSync(home, { recursive: true, force: true });
});
