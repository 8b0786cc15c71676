/**
 * The bytes of ADB ↔ values: packets of the link, messages between an adb server and its clients, the file service,
 * the shell. No I/O and no state; whatever the bytes, the only failure is `adb/protocol`.
 *
 * ```ts
 * const { command, payloadBytes } = decodePacketHeader(header, MOST_PAYLOAD_BYTES);
 * ```
 */
export {
  AUTH,
  COMMAND,
  checksumOf,
  decodePacketHeader,
  encodePacket,
  MOST_PAYLOAD_BYTES,
  PACKET_HEADER_BYTES,
  type Packet,
  TLS_VERSION,
  VERSION_WITHOUT_CHECKSUM,
} from './apacket.ts';
export { certificateOf } from './certificate.ts';
export {
  DNS_TYPE,
  type DnsMessage,
  type DnsName,
  type DnsQuestion,
  type DnsRecord,
  decodeDns,
  encodeDns,
} from './dns.ts';
export {
  decodePairingHeader,
  decodePeer,
  EXPORT_BYTES,
  EXPORT_LABEL,
  encodePairingPacket,
  encodePeer,
  openPeer,
  PAIRING,
  PAIRING_HEADER_BYTES,
  type Peer,
  pairingKey,
  pairingPassword,
  sealPeer,
} from './pairing.ts';
export { decodePublicKey, encodePublicKey, type RsaPublicKey } from './public-key.ts';
export { decodeShellHeader, encodeShellPacket, SHELL, SHELL_HEADER_BYTES } from './shell.ts';
export { decodeServerLength, encodeServerMessage, LENGTH_DIGITS } from './smart-socket.ts';
export { type PairingRole, type Spake2, startSpake2 } from './spake2.ts';
export {
  decodeEntry1,
  decodeEntry2,
  decodeStat1,
  decodeStat2,
  decodeSyncHeader,
  ENTRY_BYTES,
  ENTRY2_BYTES,
  encodeSend2Setup,
  encodeStat1,
  encodeStat2,
  encodeSyncHeader,
  encodeSyncMessage,
  encodeSyncRequest,
  MOST_DATA_BYTES,
  MOST_PATH_BYTES,
  STAT_BYTES,
  STAT2_BYTES,
  type Stat1,
  type Stat2,
  SYNC,
  SYNC_HEADER_BYTES,
} from './sync.ts';
