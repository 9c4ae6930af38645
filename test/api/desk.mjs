// A running desk for a test: the built binary on a port that is free, on a store of its own, gone afterwards.
//   const desk = await startDesk({ store: 'sqlite', settings: { rate: 0 } });   …   await desk.stop();
// The binary is $CORNERDESK, else build/cornerdesk.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import http from 'node:http';
import net from 'node:net';

export const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const binary = process.env.CORNERDESK || join(top, 'build/cornerdesk');

// PostgreSQL that the suite starts itself; each desk gets a database of its own.
let pgAddress;
function pg() {
  if (!pgAddress) {
    const r = spawnSync(join(top, 'tools/pg-test'), ['start'], { encoding: 'utf8' });
    if (r.status !== 0) throw new Error(`no PostgreSQL: ${r.stderr}`);
    pgAddress = r.stdout.trim();
  }
  return pgAddress;
}
function sql(text) {
  const r = spawnSync('psql', ['-XAtq', pg(), '-c', text], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr);
  return r.stdout.trim();
}
let databases = 0;
export function pgDatabase() {
  const name = `api_${process.pid}_${++databases}`;
  sql(`CREATE DATABASE ${name}`);
  return { address: pg().replace('/postgres?', `/${name}?`), name, drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`), sql };
}

export function command(args, { env = {}, input, dir } = {}) {
  return spawnSync(binary, args, { encoding: 'utf8', input, cwd: dir, env: { ...cleanEnv(), ...env } });
}
function cleanEnv() {
  return Object.fromEntries(Object.entries(process.env).filter(([k]) => !k.startsWith('CORNERDESK_')));
}

// One request over a connection of its own unless an agent is given. body: object → JSON, string → as it is.
export function ask(url, { method = 'GET', headers = {}, body, agent } = {}) {
  const h = { ...headers };
  if (body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body)) {
    body = JSON.stringify(body);
    h['content-type'] ??= 'application/json';
  }
  return new Promise((done, failed) => {
    const q = http.request(url, { method, headers: h, agent: agent ?? false }, (r) => {
      const parts = [];
      r.on('data', (p) => parts.push(p));
      r.on('end', () => {
        const bytes = Buffer.concat(parts), text = bytes.toString('utf8');
        let json;
        try { json = JSON.parse(text); } catch { /* not JSON */ }
        done({ status: r.statusCode, headers: r.headers, text, json, bytes });
      });
      r.on('error', failed);
    });
    q.on('error', failed);
    if (body !== undefined) q.write(body);
    q.end();
  });
}

// Raw bytes on a socket; all that comes back until the other side closes or falls silent for `patience` ms.
export function raw(port, bytes, patience = 3000) {
  return new Promise((done) => {
    let text = '';
    const s = net.connect(port, '127.0.0.1', () => s.write(bytes));
    s.setTimeout(patience, () => s.destroy());
    s.on('data', (d) => { text += d; });
    s.on('close', () => done(text));
    s.on('error', () => done(text));
  });
}

// A browser: keeps cookies, reads form tokens.
export class Browser {
  constructor(url) { this.url = url; this.cookies = new Map(); this.csrf = ''; }
  async go(path, options = {}) {
    const headers = { ...(options.headers || {}) };
    if (this.cookies.size) headers.cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    const r = await ask(this.url + path, { ...options, headers });
    for (const c of r.headers['set-cookie'] || []) {
      const [pair] = c.split(';'), at = pair.indexOf('=');
      if (/max-age=0/i.test(c)) this.cookies.delete(pair.slice(0, at)); else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    this.csrf = /name="csrf" value="([^"]*)"/.exec(r.text)?.[1] ?? this.csrf;
    return r;
  }
  post(path, fields, options = {}) {
    const body = new URLSearchParams({ csrf: this.csrf, ...fields }).toString();
    return this.go(path, { method: 'POST', body, ...options, headers: { 'content-type': 'application/x-www-form-urlencoded', ...(options.headers || {}) } });
  }
}

export async function startDesk({ store = 'sqlite', settings = {}, dir, demo = false, admin = true, database, environment = {} } = {}) {
  dir ??= mkdtempSync(join(tmpdir(), 'desk-'));
  const own = !database && store === 'postgresql';
  if (own) database = pgDatabase();
  const env = { CORNERDESK_DATA: join(dir, 'data'), CORNERDESK_LISTEN: '127.0.0.1:0', CORNERDESK_RATE: '0' };
  if (database) env.CORNERDESK_STORE = database.address;
  for (const [k, v] of Object.entries(settings)) env[`CORNERDESK_${k.replaceAll('.', '_').toUpperCase()}`] = String(v);
  const run = (...args) => command(args, { env });
  if (demo) {
    const r = run('demo', '--size', 'small');
    if (r.status !== 0) throw new Error(`demo: ${r.stderr}`);
  }
  const desk = { dir, env, run, database, log: '' };
  desk.start = () => new Promise((done, failed) => {
    const p = spawn(binary, ['serve'], { env: { ...cleanEnv(), ...env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    desk.process = p;
    desk.meant = false;                                       // that it ends
    desk.ended = new Promise((over) => p.on('exit', (code, signal) => over({ code, signal })));
    let out = '';
    p.stderr.on('data', (d) => { desk.log += d; });
    p.stdout.on('data', (d) => {
      out += d;
      const m = /listens on (http:\/\/\S+)/.exec(out);
      if (m) { desk.url = m[1]; desk.port = Number(new URL(m[1]).port); desk.out = out; done(desk); }
    });
    desk.ended.then(({ code, signal }) => failed(new Error(`serve ended with ${code ?? signal}: ${desk.log}`)));
  });
  await desk.start();
  desk.token = null;
  if (admin && !demo) {
    for (const args of [
      ['person', 'add', '--name', 'Noor Haddad', '--email', 'noor@desk.example', '--role', 'admin', '--password', 'a long sentence'],
      ['team', 'add', 'IT', '--lead', 'noor@desk.example', '--hours', '24x7'],
      ['person', 'add', '--name', 'Sofie Janssens', '--email', 'sofie@desk.example', '--role', 'provider', '--team', 'IT'],
      ['person', 'add', '--name', 'Ana Sousa', '--email', 'ana@desk.example', '--role', 'asker'],
    ]) {
      const r = run(...args);
      if (r.status !== 0) throw new Error(`${args.join(' ')}: ${r.stderr}`);
    }
    desk.tokenOf = (email) => {
      const r = run('token', 'new', '--person', email, '--name', 'test');
      if (r.status !== 0) throw new Error(r.stderr);
      return r.stdout.trim().split(/\s+/).at(-1);
    };
    desk.token = desk.tokenOf('sofie@desk.example');
  }
  desk.api = (path, options = {}) => ask(`${desk.url}/api/v1${path}`,
    { ...options, headers: { authorization: `Bearer ${options.token ?? desk.token}`, ...(options.headers || {}) } });
  desk.ask = (path, options) => ask(desk.url + path, options);
  desk.browser = () => new Browser(desk.url);
  desk.kill = async (signal = 'SIGKILL') => { desk.meant = true; desk.process.kill(signal); return desk.ended; };
  // Ends it, unless a test did; a server that went by itself, or ended in disorder, is told with its last words.
  desk.stop = async () => {
    const gone = desk.process.exitCode !== null || desk.process.signalCode !== null;
    let end = gone ? await desk.ended : await desk.kill('SIGTERM');
    if (gone && desk.meant) end = { code: 0 };
    if (own) database.drop();
    rmSync(dir, { recursive: true, force: true });
    if (end.code !== 0) throw new Error(`serve ended with ${end.code ?? end.signal}\n${desk.log}`);
  };
  return desk;
}

export const stores = ['sqlite', 'postgresql'];
