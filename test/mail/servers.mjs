// Real mail servers for a test, on loopback ports that are free, in a directory of their own, gone afterwards:
// OpenSMTPD takes mail for every address of desk.test and example.test and puts it into maildirs, Dovecot serves these by
// IMAP and takes mail with a password (submission). Every user's password is "secret"; help+anything@desk.test is help's.
//   const mail = await startMail();  await mail.send({ from: 'ana@example.test', to: 'help@desk.test', raw });
//   const [m] = await mail.inbox('ana', (all) => all.length > 0);   m.headers['subject'], m.text …   await mail.stop();
// OpenSMTPD wants root and has its spool in one place, so it runs in a mount namespace of its own (sudo where needed).
import { spawn, spawnSync, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import net from 'node:net';

const root = process.getuid() === 0;
const me = userInfo();

async function freePort() {
  return new Promise((done, failed) => {
    const s = net.createServer();
    s.on('error', failed);
    s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
  });
}

// Asks again and again until it is so; fails with what was seen last.
export async function until(what, ask, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (let seen; ;) {
    try { seen = await ask(); if (seen) return seen; } catch (e) { seen = e; }
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s; last seen: ${seen?.stack ?? JSON.stringify(seen)}`);
    await new Promise((r) => setTimeout(r, 50));
  }
}

const answers = (port) => new Promise((done) => {
  const s = net.connect(port, '127.0.0.1');
  s.on('connect', () => { s.destroy(); done(true); });
  s.on('error', () => done(false));
});

// One dialogue of SMTP: hands over raw bytes, fails with the server's words.
function smtp(port, from, to, raw) {
  const data = raw.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
  const steps = ['EHLO test.example', `MAIL FROM:<${from}>`, ...to.map((t) => `RCPT TO:<${t}>`), 'DATA', `${data}\r\n.`, 'QUIT'];
  return new Promise((done, failed) => {
    let text = '', step = -1;
    const s = net.connect(port, '127.0.0.1');
    s.setTimeout(20000, () => s.destroy(new Error('the SMTP server fell silent')));
    s.on('error', failed);
    s.on('close', () => (step >= steps.length ? done() : failed(new Error(`SMTP ended early: ${text}`))));
    s.on('data', (d) => {
      text += d;
      const lines = text.split('\r\n');
      if (!lines.slice(0, -1).some((l) => /^\d{3} /.test(l))) return;
      const refused = lines.find((l) => /^[45]/.test(l));
      text = '';
      if (refused) { s.destroy(); failed(new Error(refused)); return; }
      if (++step < steps.length) s.write(`${steps[step]}\r\n`); else s.end();
    });
  });
}

// Headers (lower case, unfolded, repeated ones joined by a line end) and body of a message.
export function read(raw) {
  const text = raw.replaceAll('\r\n', '\n'), at = text.indexOf('\n\n');
  const headers = {};
  for (const line of text.slice(0, at).replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':'), name = line.slice(0, colon).toLowerCase(), value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}\n${value}` : value;
  }
  return { raw, headers, body: text.slice(at + 2) };
}

export async function startMail({ users = ['help', 'hr', 'ana', 'olu', 'sofie'], password = 'secret' } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'mail-'));
  const ports = { smtp: await freePort(), imap: await freePort(), imaps: await freePort(), submission: await freePort(), submissions: await freePort() };
  const owner = root ? { uid: Number(execFileSync('id', ['-u', 'mail'])), gid: Number(execFileSync('id', ['-g', 'mail'])) } : me;
  const file = (name, text, mode = 0o644) => { writeFileSync(join(dir, name), text, { mode }); return join(dir, name); };
  const home = (user) => join(dir, 'mail', user);
  chmodSync(dir, 0o755);
  mkdirSync(join(dir, 'mail'));
  for (const u of users) mkdirSync(home(u));
  for (const d of ['mail', ...users.map((u) => `mail/${u}`)]) chownSync(join(dir, d), owner.uid, owner.gid);
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem'), '-days', '3',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });

  file('users', users.map((u) => `${u} ${owner.uid}:${owner.gid}:${home(u)}`).join('\n') + '\n');
  file('smtpd.conf', `table users file:${dir}/users
listen on 127.0.0.1 port ${ports.smtp} hostname localhost
action "in" maildir "${dir}/mail/%{user.username}/Maildir" userbase <users>
match from any for domain "desk.test" action "in"
match from any for domain "example.test" action "in"
`);
  file('smtpd.sh', `set -e
if [ "$1" = apart ]; then mount -t tmpfs none /var/spool; mount -t tmpfs none /run; fi
mkdir -p /var/spool/smtpd && chmod 711 /var/spool/smtpd
exec smtpd -d -f ${dir}/smtpd.conf
`);
  const self = root ? '' : `default_internal_user = ${me.username}
default_internal_group = ${execFileSync('id', ['-gn']).toString().trim()}
default_login_user = ${me.username}
service anvil {
  chroot =
}
`;
  file('dovecot.conf', `base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
protocols = imap submission
listen = 127.0.0.1
hostname = localhost
ssl = yes
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_username_format = %n
auth_failure_delay = 0
mail_location = maildir:${dir}/mail/%n/Maildir
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 100
submission_relay_host = 127.0.0.1
submission_relay_port = ${ports.smtp}
submission_relay_trusted = yes
passdb {
  driver = passwd-file
  args = ${dir}/passwd
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${dir}/mail/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service submission-login {
  chroot =
  inet_listener submission {
    port = ${ports.submission}
  }
  inet_listener submissions {
    port = ${ports.submissions}
    ssl = yes
  }
}
${self}`);
  const setPassword = (user, word) => {
    const all = existsSync(join(dir, 'passwd')) ? readFileSync(join(dir, 'passwd'), 'utf8').split('\n').filter((l) => l && !l.startsWith(`${user}:`)) : [];
    file('passwd', [...all, `${user}:{PLAIN}${word}`].join('\n') + '\n');
  };
  for (const u of users) setPassword(u, password);
  mkdirSync(join(dir, 'run'));

  const mail = { dir, ports, cert: join(dir, 'cert.pem'), setPassword };
  const running = {};
  const start = async (name, command, args, waitFor) => {
    const log = join(dir, `${name}.out`);
    const out = await import('node:fs').then((fs) => fs.openSync(log, 'a'));
    const p = spawn(command, args, { stdio: ['ignore', out, out] });
    const ended = new Promise((over) => p.on('exit', over));
    running[name] = { p, ended };
    await until(`${name} listens`, async () => {
      if (p.exitCode !== null) throw new Error(`${name} ended: ${readFileSync(log, 'utf8')}${existsSync(`${dir}/dovecot.log`) ? readFileSync(`${dir}/dovecot.log`, 'utf8') : ''}`);
      return (await Promise.all(waitFor.map(answers))).every(Boolean);
    });
  };
  const end = async (name) => {
    const one = running[name];
    if (!one) return;
    delete running[name];
    if (!root && name === 'smtpd') spawnSync('sudo', ['-n', 'kill', String(one.p.pid)]); else one.p.kill('SIGTERM');
    await one.ended;
  };
  const alone = spawnSync('unshare', ['-m', 'true']).status === 0 || (!root && spawnSync('sudo', ['-n', 'unshare', '-m', 'true']).status === 0);
  mail.startSmtp = () => {
    const words = alone ? ['unshare', '-m', 'sh', join(dir, 'smtpd.sh'), 'apart'] : ['sh', join(dir, 'smtpd.sh'), 'here'];
    if (!root) words.unshift('sudo', '-n');
    return start('smtpd', words[0], words.slice(1), [ports.smtp]);
  };
  mail.smtpLog = () => readFileSync(join(dir, 'smtpd.out'), 'utf8');
  mail.stopSmtp = () => end('smtpd');
  mail.startImap = () => start('dovecot', 'dovecot', ['-F', '-c', join(dir, 'dovecot.conf')], [ports.imap, ports.imaps, ports.submission, ports.submissions]);
  mail.stopImap = () => end('dovecot');
  await mail.startSmtp();
  await mail.startImap();

  mail.imapUrl = (user, { word = password, secured = false, folder = 'INBOX' } = {}) =>
    `${secured ? 'imaps' : 'imap'}://${encodeURIComponent(`${user}@desk.test`)}:${encodeURIComponent(word)}@${secured ? 'localhost' : '127.0.0.1'}:${secured ? ports.imaps : ports.imap}/${folder}`;
  mail.smtpUrl = () => `smtp://127.0.0.1:${ports.smtp}`;
  mail.submissionUrl = (user, word = password) => `smtps://${user}:${encodeURIComponent(word)}@localhost:${ports.submissions}`;

  // From outside, through the SMTP server. raw: the message; or subject, text, headers.
  mail.send = async ({ from, to, raw, subject = 'A question', text = 'Words.', headers = {} }) => {
    const list = [to].flat();
    const lines = { From: from, To: list.join(', '), Subject: subject, Date: new Date().toUTCString().replace('GMT', '+0000'),
      'Message-ID': `<${Math.random().toString(36).slice(2)}.${Date.now()}@example.test>`, 'MIME-Version': '1.0', 'Content-Type': 'text/plain; charset=utf-8', ...headers };
    const bytes = raw ?? `${Object.entries(lines).map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n${text}\r\n`;
    await smtp(ports.smtp, /<([^>]*)>$/.exec(from)?.[1] ?? from, list.map((t) => /<([^>]*)>$/.exec(t)?.[1] ?? t), bytes);
    return lines['Message-ID'].slice(1, -1);
  };
  const boxes = (user) => ['new', 'cur'].map((d) => join(home(user), 'Maildir', d)).filter(existsSync);
  mail.files = (user) => boxes(user).flatMap((d) => readdirSync(d).map((f) => join(d, f)));
  // What lies in somebody's maildir, oldest first; with `enough`, once it says so.
  mail.inbox = (user, enough) => {
    const look = () => mail.files(user).map((f) => ({ ...read(readFileSync(f, 'utf8')), file: f })).sort((x, y) => (x.file.split('/').at(-1) < y.file.split('/').at(-1) ? -1 : 1));
    if (!enough) return look();
    return until(`mail for ${user}`, () => { const all = look(); return enough(all) && all; });
  };
  // Straight into the maildir: for messages no SMTP server would take.
  mail.drop = (user, name, bytes, mode = 0o600) => {
    for (const d of ['', 'new', 'cur', 'tmp']) {
      const at = join(home(user), 'Maildir', d);
      if (!existsSync(at)) { mkdirSync(at); chownSync(at, owner.uid, owner.gid); }
    }
    const tmp = join(home(user), 'Maildir', 'tmp', name), to = join(home(user), 'Maildir', 'new', name);
    writeFileSync(tmp, bytes);
    chownSync(tmp, owner.uid, owner.gid);
    chmodSync(tmp, mode);
    renameSync(tmp, to);
    return to;
  };
  // The server numbers all messages anew, as after a restore. IMAP must be stopped.
  mail.renumber = (user) => {
    const top = join(home(user), 'Maildir'), list = join(top, 'dovecot-uidlist');
    const validity = Number(/V(\d+)/.exec(readFileSync(list, 'utf8'))[1]) + 1000;
    for (const f of readdirSync(top)) if (f.startsWith('dovecot')) rmSync(join(top, f));
    writeFileSync(list, `3 V${validity} N1 G${'1a2b3c4d'.repeat(4)}\n`);
    chownSync(list, owner.uid, owner.gid);
    return validity;
  };
  mail.stop = async () => {
    await end('dovecot');
    await end('smtpd');
    if (root) rmSync(dir, { recursive: true, force: true }); else spawnSync('rm', ['-rf', dir]);
  };
  return mail;
}
