/**
 * Speaks ADB to Android phones: finds them through an adb server or in the network, or reaches one directly over TCP,
 * encrypted where the phone wants that; pairs with one by its code; runs commands; lists, reads and writes files. It decides
 * nothing: what is worth reading, and what an output means, is others' to say. It starts no adb server and reads no file of
 * this computer.
 *
 * ```ts
 * const server = new AdbServer();
 * const [phone] = await server.devices(signal);
 * await using transport = await server.connect(phone, signal);
 * const { exitCode, stdout } = await runShell(transport, ['getprop', 'ro.product.model'], { signal });
 * for await (const folder of new RemoteFiles(transport).walk('/storage/emulated/0', signal)) show(folder);
 * ```
 *
 * ```ts
 * const guid = await pair({ host, port, code, key });
 * for await (const { kind, service } of discoverWireless({}, signal)) {
 *   if (kind === 'found' && service.kind === 'connect' && service.name === guid) return connectTcp({ ...service, key }, signal);
 * }
 * ```
 */
export { type DiscoverOptions, discoverWireless } from './discovery/discover.ts';
export type { WirelessEvent, WirelessService } from './discovery/service-table.ts';
export { ADB_FAILURES } from './failures.ts';
export { connectOver, type GreetingOptions } from './link/greeting.ts';
export { type AdbKey, generateAdbKey, parseAdbKey } from './link/key.ts';
export { connectTcp, type TcpOptions } from './link/tcp.ts';
export type { AdbStream, AdbTransport, Banner } from './link/transport.ts';
export { type PairOptions, pair } from './pairing/pair.ts';
export { AdbServer, type AdbServerOptions } from './server/adb-server.ts';
export type { ListedDevice } from './server/device-list.ts';
export { quoteLine } from './shell/quote.ts';
export { runShell, type ShellEvent, type ShellOptions, type ShellResult, shell } from './shell/shell.ts';
export { describeState, type StateFinding } from './states.ts';
export type { Fetched, Fetcher } from './sync/fetcher.ts';
export type { FileEvent, FileStreams } from './sync/file-streams.ts';
export type { ListedFolder } from './sync/list.ts';
export type { Pulled } from './sync/pull.ts';
export type { PushedTraits } from './sync/push.ts';
export {
  isFile,
  isFolder,
  type Looked,
  type RemoteEntry,
  type RemoteProblem,
  type RemoteStat,
} from './sync/remote-file.ts';
export { RemoteFiles, type RemoteFilesOptions } from './sync/remote-files.ts';
