/**
 * The server of the web app: who may come in, what there is to see and to do, runs that outlive the program.
 *
 * ```ts
 * await using server = await startServer({ host, port: 4747, version, webFolder, onBug });
 * console.log(server.link());
 * ```
 */
export { AccessPassword } from './access/password.ts';
export { type RunningServer, type StartOptions, startServer } from './start-server.ts';
