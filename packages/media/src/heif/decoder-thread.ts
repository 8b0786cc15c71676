import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { type DecodeReply, type DecodeRequest, decodeItem, type Libheif } from './decode-item.ts';

// It tells the console of every file it cannot read.
for (const name of ['log', 'warn', 'error', 'info', 'debug'] as const) console[name] = () => {};

// The door `libheif-js` itself leads to the same decoder in JavaScript, at half the speed.
const heif = createRequire(import.meta.url)('libheif-js/wasm-bundle') as Libheif;

parentPort?.on('message', (request: DecodeRequest) => {
  decodeItem(heif, request).then(reply, () => reply({ kind: 'none' }));
});

function reply(message: DecodeReply): void {
  const moved = message.kind === 'pixels' ? [message.pixels.bytes.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(message, moved);
}
