// Every way in, as the binary itself says.
export function routes(desk) {
  return desk.run('settings', 'routes').stdout.trim().split('\n').map((line) => {
    const [, verb, path, may, how, about] = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*(.*)$/.exec(line);
    return { verb, path, may, how, about, holes: [...path.matchAll(/\{(\w+)\*?\}/g)].map((m) => m[1]) };
  });
}
