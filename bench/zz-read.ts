import { AdbServer, connectTcp, generateAdbKey } from '/tmp/w/afiles/packages/adb/src/index.ts';
import { androidFiles, openPhone } from '/tmp/w/afiles/packages/devices/src/index.ts';
import { collect, mapOrdered } from '/tmp/w/afiles/packages/kernel/src/index.ts';

const [how, port, conc = '64'] = process.argv.slice(2);
const transport =
  how === 'tcp'
    ? await connectTcp({ host: '127.0.0.1', port: Number(port), key: generateAdbKey('x') })
    : await (async () => {
        const s = new AdbServer({ port: Number(port) });
        return s.connect((await s.devices())[0]!);
      })();
const source = androidFiles(await openPhone(transport), { excludes: ['/internal/small'] });
const paths: string[] = [];
let t = performance.now();
for await (const f of source.walk())
  for (const e of f.entries) if (e.kind === 'file') paths.push(`${f.path}/${e.name}`);
console.log('walk', paths.length, ((performance.now() - t) / 1000).toFixed(2));
t = performance.now();
const c0 = process.cpuUsage();
let bytes = 0;
const perSec: number[] = [];
for await (const n of mapOrdered(paths, Number(conc), async (p, s) => {
  let n = 0;
  for await (const c of source.read(p)) n += c.length;
  return n;
})) {
  bytes += n;
}
const cpu = process.cpuUsage(c0);
console.log(
  'read',
  bytes,
  ((performance.now() - t) / 1000).toFixed(2),
  's',
  'cpu',
  ((cpu.user + cpu.system) / 1e6).toFixed(2),
);
source[Symbol.dispose]();
await transport[Symbol.asyncDispose]();
