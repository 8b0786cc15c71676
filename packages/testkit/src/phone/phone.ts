import { constants, createPublicKey, publicDecrypt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import {
  AUTH,
  COMMAND,
  decodePublicKey,
  MOST_PAYLOAD_BYTES,
  VERSION_WITHOUT_CHECKSUM,
} from '@holdfast/adb/wire';
import { decodeName } from '@holdfast/kernel';
import { DeviceLink, type LinkFaults, type ServiceFor } from './device-link.ts';
import { listingShell, type PhoneShell, serveExec, serveShell } from './shell-service.ts';
import { serveSync } from './sync-service.ts';
import { type PhoneFolder, phoneFolder } from './tree.ts';

/** How a phone is. */
export interface PhoneOptions {
  /** Its files, from `/` on. Pushing changes them. */
  readonly root?: PhoneFolder;
  readonly shell?: PhoneShell;
  readonly model?: string;
  /** Port of 127.0.0.1; without it one that is free. */
  readonly port?: number;
  /** Default: those of Android 14, without `delayed_ack`. */
  readonly features?: readonly string[];
  /** The protocol of old phones: checksums, and 4 KiB at a time. */
  readonly isOld?: boolean;
  /** What restarting it does, besides hanging up on everyone. */
  readonly onReboot?: () => void;
  /** What the person does at the prompt; without it any computer may connect. */
  readonly prompt?: 'accepts' | 'ignores';
  /** Public keys that the phone knows already, as it was given them. Accepting adds to them. */
  readonly knownKeys?: Set<string>;
  /** What goes wrong on the connections, first to last; those after them are sound. */
  readonly faults?: LinkFaults[];
}

/** A phone that listens on this computer. */
export interface SimulatedPhone extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly root: PhoneFolder;
  /** Services opened so far, in order. */
  readonly services: readonly string[];
  /** Pulls the cable of every connection there is. */
  unplug(): void;
}

/** The features of AOSP's adbd 34 that matter to files and commands. */
export const ANDROID_14_FEATURES: readonly string[] = [
  'shell_v2',
  'cmd',
  'stat_v2',
  'ls_v2',
  'fixed_push_mkdir',
  'sendrecv_v2',
];

const TOKEN = new Uint8Array(20).fill(0x5a);

/** Starts a phone on a port of 127.0.0.1. Fails when the port it is to have is taken. */
export async function startPhone(options: PhoneOptions = {}): Promise<SimulatedPhone> {
  const root = options.root ?? phoneFolder();
  const shell = options.shell ?? listingShell(root);
  const services: string[] = [];
  const sockets = new Set<Socket>();
  const unplug = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const faults = [...(options.faults ?? [])];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const link = new DeviceLink(socket, faults.shift() ?? {});
    serveConnection(link, options, serviceFor).then(
      () => socket.destroySoon(),
      () => socket.destroy(),
    );
  });
  const serviceFor: ServiceFor = (service) => {
    services.push(decodeName(service));
    const at = service.indexOf(0x3a);
    const [name, version] = decodeName(service.subarray(0, at)).split(',');
    const line = service.subarray(at + 1);
    if (name === 'reboot') {
      return async () => {
        options.onReboot?.();
        unplug();
      };
    }
    if (name === 'sync') return (stream) => serveSync(stream, root);
    if (name === 'shell' && version === 'v2') return (stream) => serveShell(stream, line, shell);
    return name === 'exec' || name === 'shell' ? (stream) => serveExec(stream, line, shell) : undefined;
  };
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    root,
    services,
    unplug,
    async [Symbol.asyncDispose]() {
      unplug();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serveConnection(
  link: DeviceLink,
  options: PhoneOptions,
  serviceFor: ServiceFor,
): Promise<void> {
  const hello = await link.receive();
  if (hello?.command !== COMMAND.connect) return;
  if (options.prompt !== undefined && !(await isAllowed(link, options))) return;
  const features = options.features ?? ANDROID_14_FEATURES;
  const theirs = new Set(/features=(.*)$/.exec(decodeName(hello.payload))?.[1]?.split(','));
  const mostPayloadBytes = options.isOld === true ? 4096 : MOST_PAYLOAD_BYTES;
  const { model = 'Simulated_Phone' } = options;
  const properties = `ro.product.name=simulated;ro.product.model=${model};ro.product.device=holdfast`;
  const banner = `device::${properties};features=${features.join(',')}`;
  const version = options.isOld === true ? 0x01000000 : VERSION_WITHOUT_CHECKSUM;
  link.send(COMMAND.connect, version, mostPayloadBytes, new TextEncoder().encode(banner));
  link.terms.mostPayloadBytes = Math.min(mostPayloadBytes, hello.arg1);
  link.terms.hasChecksums = options.isOld === true;
  link.terms.isAckDelayed = features.includes('delayed_ack') && theirs.has('delayed_ack');
  await link.serve(serviceFor);
}

async function isAllowed(
  link: DeviceLink,
  { prompt, knownKeys = new Set() }: PhoneOptions,
): Promise<boolean> {
  for (;;) {
    link.send(COMMAND.auth, AUTH.token, 0, TOKEN);
    const answer = await link.receive();
    if (answer?.command !== COMMAND.auth) return false;
    const { arg0: kind, payload } = answer;
    if (kind === AUTH.signature && [...knownKeys].some((key) => isSignedBy(key, payload))) return true;
    if (kind !== AUTH.publicKey) continue;
    if (prompt === 'accepts') {
      knownKeys.add(decodeName(payload).replace(/\0$/, ''));
      return true;
    }
    // The prompt waits for as long as the host does.
    await link.receive();
    return false;
  }
}

/** PKCS #1 over the token, which stands where a SHA-1 digest would. */
function isSignedBy(publicLine: string, signature: Uint8Array): boolean {
  const { modulus, exponent } = decodePublicKey(Uint8Array.fromBase64(publicLine.split(' ')[0] ?? ''));
  const digits = (value: bigint | number): string => {
    const hex = value.toString(16);
    const bytes = Uint8Array.fromHex(hex.padStart(hex.length + (hex.length % 2), '0'));
    return bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
  };
  const key = createPublicKey({
    key: { kty: 'RSA', n: digits(modulus), e: digits(exponent) },
    format: 'jwk',
  });
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature)
      .subarray(-TOKEN.length)
      .equals(TOKEN);
  } catch {
    return false;
  }
}
