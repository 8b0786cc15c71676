import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { DNS_TYPE, type DnsName, type DnsRecord, decodeDns, encodeDns } from '@holdfast/adb/wire';

/** What a phone says of itself in the network. */
export interface AnnouncementOptions {
  readonly kind: 'connect' | 'pairing';
  /** Its GUID, for connecting. */
  readonly name: string;
  /** Where it listens: a port of 127.0.0.1. */
  readonly port: number;
  /** The port of multicast DNS: one of the test's own. */
  readonly dnsPort: number;
  /** Answers what it was asked and no more, so that one has to ask again. */
  readonly isTaciturn?: boolean;
  /** Keeps the port of multicast DNS to itself, so that others on this computer have to ask from another one. */
  readonly isJealous?: boolean;
}

/** A phone that announces itself; disposing it says goodbye. */
export interface Announcement extends AsyncDisposable {
  /** Is gone without a goodbye, as when the phone leaves the Wi-Fi. */
  vanish(): Promise<void>;
}

const GROUP = '224.0.0.251';
const LOOPBACK = '127.0.0.1';
const TTL_SECONDS = 120;

/** Announces a phone by multicast DNS, to this computer alone. */
export async function announce(options: AnnouncementOptions): Promise<Announcement> {
  const { dnsPort, isTaciturn = false, isJealous = false } = options;
  const socket = createSocket({ type: 'udp4', reuseAddr: !isJealous });
  socket.bind(dnsPort);
  await once(socket, 'listening');
  socket.addMembership(GROUP, LOOPBACK);
  socket.setMulticastInterface(LOOPBACK);
  const say = (records: readonly DnsRecord[], port = dnsPort, address = GROUP): Promise<void> =>
    new Promise((resolve, reject) => {
      const bytes = encodeDns({ isAnswer: true, questions: [], records });
      socket.send(bytes, port, address, (error) => (error ? reject(error) : resolve()));
    });
  const records = recordsOf(options);
  socket.on('message', (bytes, asker) => {
    const { isAnswer, questions } = decodeDns(bytes);
    if (isAnswer) return;
    const wanted = records.filter(({ name, kind }) =>
      questions.some((question) => question.type === DNS_TYPE[kind] && isSame(question.name, name)),
    );
    if (wanted.length === 0) return;
    const answer = isTaciturn ? wanted : records;
    // Who asks from another port hears nothing that is said to the group (RFC 6762, section 6.7).
    const [port, address] = asker.port === dnsPort ? [dnsPort, GROUP] : [asker.port, asker.address];
    say(answer, port, address).catch(() => undefined);
  });
  if (!isTaciturn) await say(records);
  let isGone = false;
  const vanish = async (): Promise<void> => {
    isGone = true;
    socket.close();
    await once(socket, 'close');
  };
  return {
    vanish,
    async [Symbol.asyncDispose]() {
      if (isGone) return;
      await say(records.map((record) => ({ ...record, ttlSeconds: 0 })));
      await vanish();
    },
  };
}

function recordsOf({ kind, name, port }: AnnouncementOptions): DnsRecord[] {
  const service = [`_adb-tls-${kind}`, '_tcp', 'local'];
  const target = ['Android', 'local'];
  const common = { ttlSeconds: TTL_SECONDS };
  return [
    { ...common, kind: 'pointer', name: service, target: [name, ...service] },
    { ...common, kind: 'server', name: [name, ...service], target, port },
    { ...common, kind: 'address', name: target, address: LOOPBACK },
  ];
}

const isSame = (one: DnsName, other: DnsName): boolean =>
  one.join('.').toLowerCase() === other.join('.').toLowerCase();
