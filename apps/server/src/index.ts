/**
 * The web app's server: who may come in, the API, what happens while it happens, runs that outlive it, and the watching of devices that are backed
 * up by themselves. It prints nothing: it says where it is.
 *
 * ```ts
 * await using server = await startServer(host, { webFolder, version });
 * console.log(server.link());
 * ```
 */
export { AccessPassword } from './access/password.ts';
export { SERVER_FAILURES } from './failures.ts';
export { DEFAULT_PORT, type Server, type ServerOptions, startServer } from './server.ts';
