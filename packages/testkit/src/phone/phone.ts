import { constants, publicDecrypt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { AUTH, COMMAND, MOST_PAYLOAD_BYTES, type Packet, VERSION_WITHOUT_CHECKSUM } from '@holdfast/adb/wire';
import { decodeName } from '@holdfast/kernel';
import { DeviceLink, type LinkFaults, type ServiceFor } from './device-link.ts';
import { listingShell, type PhoneShell, serveExec, serveShell } from './shell-service.ts';
import { serveSync } from './sync-service.ts';
import { publicKeyOf } from './tls.ts';
import { type PhoneFolder, phoneFolder } from './tree.ts';
import { startWireless } from './wireless.ts';

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
  /** Wireless debugging: speaks TLS only, and only to computers in `knownKeys`. */
  readonly isWireless?: boolean;
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
  const services: string[] = [];
  const sockets = new Set<Socket>();
  const unplug = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const serviceFor = servicesOf(options, root, services, unplug);
  const faults = [...(options.faults ?? [])];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serveConnection(socket, faults.shift() ?? {}, options, serviceFor).then(
      () => socket.destroySoon(),
      () => socket.destroy(),
    );
  });
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

/** The services of a phone, each noted as it is opened. */
export function servicesOf(
  options: PhoneOptions,
  root: PhoneFolder,
  services: string[],
  unplug: () => void,
): ServiceFor {
  const shell = options.shell ?? listingShell(root);
  return (service) => {
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
}

async function serveConnection(
  socket: Socket,
  faults: LinkFaults,
  options: PhoneOptions,
  serviceFor: ServiceFor,
): Promise<void> {
  if (options.isWireless === true) {
    const wireless = await startWireless(socket, options.knownKeys ?? []);
    if (wireless === undefined) return;
    await serveHost(new DeviceLink(wireless.secure, faults), wireless.hello, options, serviceFor);
    return;
  }
  await serveLink(new DeviceLink(socket, faults), options, serviceFor);
}

/** Serves a host that says hello, until it hangs up. */
export async function serveLink(
  link: DeviceLink,
  options: PhoneOptions,
  serviceFor: ServiceFor,
): Promise<void> {
  const hello = await link.receive();
  if (hello?.command !== COMMAND.connect) return;
  if (options.prompt !== undefined && !(await isAllowed(link, options))) return;
  await serveHost(link, hello, options, serviceFor);
}

async function serveHost(
  link: DeviceLink,
  hello: Packet,
  options: PhoneOptions,
  serviceFor: ServiceFor,
): Promise<void> {
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
  const key = publicKeyOf(publicLine);
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature)
      .subarray(-TOKEN.length)
      .equals(TOKEN);
  } catch {
    return false;
  }
}
