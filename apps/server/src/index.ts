/**
 * The web app's server: who may come in, the API, what happens while it happens, runs that outlive it, and the watching of devices that are backed
 * up by themselves. It prints nothing: it says where it is.
 *
 * ```ts
 * await using server = await startServer({ host, port: 4747, version, webFolder, onBug });
 * console.log(server.link());
 * ```
 */
export { AccessPassword } from './access/password.ts';
export {
  carryOutFix,
  fixesOn,
  notRescued,
  proveRescued,
  RESCUED_TYPES,
  rescuedEnd,
  undoKept,
} from './doctor/doctoring.ts';
export { ownFactsHere } from './doctor/own-here.ts';
export { lookAgain } from './doctor/remembering.ts';
export { type RunningServer, type StartOptions, startServer } from './server.ts';
