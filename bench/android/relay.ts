import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A link of a held speed before a phone. `argv`: the phone's port, bytes a second from the phone. Prints its own port; runs until it is killed. */
const [port = '0', rate = '0'] = process.argv.slice(2);
const bytesAMs = Number(rate) / 1000;

/** What may go through in one moment: a link has little memory of its own. */
const BURST_MS = 4;

let allowed = 0;
let lastMs = performance.now();
const paused: Socket[] = [];

/** What comes from the phone, on all its connections together, goes on as fast as the link is. */
function refill(): void {
  const now = performance.now();
  allowed = Math.min(bytesAMs * BURST_MS, allowed + (now - lastMs) * bytesAMs);
  lastMs = now;
  if (allowed > 0) for (const socket of paused.splice(0)) socket.resume();
  if (paused.length > 0) setTimeout(refill, 1);
}

const server = createServer({ noDelay: true }, (host) => {
  const phone = connect({ host: '127.0.0.1', port: Number(port), noDelay: true });
  host.pipe(phone);
  phone.on('data', (chunk) => {
    refill();
    allowed -= chunk.length;
    const isTaken = host.write(chunk);
    if (allowed <= 0) {
      phone.pause();
      paused.push(phone);
      if (paused.length === 1) setTimeout(refill, 1);
    } else if (!isTaken) {
      phone.pause();
      host.once('drain', () => phone.resume());
    }
  });
  phone.on('close', () => host.destroy());
  host.on('close', () => phone.destroy());
  for (const socket of [host, phone]) socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log((server.address() as AddressInfo).port);
