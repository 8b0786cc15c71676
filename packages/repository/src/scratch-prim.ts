import { createDecipheriv, createHash, createSecretKey, hash, randomFillSync } from 'node:crypto';
import { generateMasterKey, idOf, Sealer } from '@holdfast/restic-format';
import sodium from 'sodium-native';

const random = (n: number) => randomFillSync(new Uint8Array(n));
const sealer = new Sealer(generateMasterKey(random));
const plain = random(1_600_000);
const sab = new Uint8Array(new SharedArrayBuffer(17 << 20));
let at = 0;
const offs: number[] = [];
for (let i = 0; i < 10; i++) {
  offs.push(at);
  at += sealer.sealInto(plain, random(16), sab, at);
}
const target = new Uint8Array(1_700_000);
function bench(name: string, bytes: number, fn: () => void) {
  fn();
  fn();
  let best = 1e9;
  for (let i = 0; i < 7; i++) {
    const t = process.hrtime.bigint();
    fn();
    best = Math.min(best, Number(process.hrtime.bigint() - t));
  }
  console.log(name.padEnd(36), (bytes / best).toFixed(2), 'GB/s', (best / bytes).toFixed(3), 'ns/B');
}
const N = 10 * 1_600_032;
bench('sha pack one-shot', N, () => void hash('sha256', sab.subarray(0, N), 'hex'));
bench('sha pack streamed per blob', N, () => {
  const h = createHash('sha256');
  for (const o of offs) h.update(sab.subarray(o, o + 1_600_032));
  h.digest('hex');
});
bench('sha blob', N, () => {
  for (const o of offs) hash('sha256', sab.subarray(o, o + 1_600_000), 'hex');
});
bench('sha small hot 64K', 64 * 1024 * 250, () => {
  const s = sab.subarray(0, 65536);
  for (let i = 0; i < 250; i++) hash('sha256', s, 'hex');
});
const tag = new Uint8Array(16),
  key = new Uint8Array(32).fill(3);
bench('poly1305', N, () => {
  for (const o of offs) sodium.crypto_onetimeauth(tag, sab.subarray(o, o + 1_600_000), key);
});
const k = createSecretKey(random(32));
const iv = random(16);
for (const P of [16, 32, 64, 120, 256, 1024])
  bench(`ctr pieces ${P}K`, N, () => {
    for (const o of offs) {
      const d = createDecipheriv('aes-256-ctr', k, iv);
      for (let a = 0; a < 1_600_000; a += P * 1024)
        d.update(sab.subarray(o + a, Math.min(o + a + P * 1024, o + 1_600_000)));
    }
  });
bench('tryOpenInto', N, () => {
  for (const o of offs) sealer.tryOpenInto(sab.subarray(o, o + 1_600_032), target);
});
bench('memcpy', N, () => {
  for (const o of offs) target.set(sab.subarray(o, o + 1_600_000));
});
bench('open+hash', N, () => {
  for (const o of offs) {
    sealer.tryOpenInto(sab.subarray(o, o + 1_600_032), target);
    idOf(target.subarray(0, 1_600_000));
  }
});
bench('open+hash+pack', N, () => {
  for (const o of offs) {
    sealer.tryOpenInto(sab.subarray(o, o + 1_600_032), target);
    idOf(target.subarray(0, 1_600_000));
  }
  idOf(sab.subarray(0, N));
});
