import { concatBytes } from '@holdfast/kernel';
import type { Call, Command } from '../../call.ts';
import { illegalState, JavaException, securityException, traceOf } from '../../java.ts';
import { providerOf } from '../../provider/index.ts';
import { shellHolds } from '../../provider/permissions.ts';
import { type ContentUri, type Provider, parseUri } from '../../provider/provider.ts';
import { printRows } from './print.ts';
import { type ContentCall, parseContentCall, UsageError } from './words.ts';

const USAGE = `usage: adb shell content [subcommand] [options]

  query --uri <URI> [--user <USER_ID>] [--projection <PROJECTION>] [--where <WHERE>] [--sort <SORT_ORDER>]
  insert|update|delete --uri <URI> [--user <USER_ID>] [--bind <BINDING>...] [--where <WHERE>]
  call --uri <URI> --method <METHOD> [--arg <ARG>] [--extra <BINDING>...]
  read|write|gettype --uri <URI> [--user <USER_ID>]

`;

/** The tool `content`. Whatever happens, its exit code is 0. */
export const content: Command = async (call) => {
  let asked: ContentCall;
  try {
    asked = parseContentCall(call.android, call.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await call.print(`${USAGE}\n[ERROR] ${error.message}\n`);
    return 0;
  }
  const uri = parseUri(asked.uri);
  try {
    const provider = providerOf(call.android, uri.authority);
    if (provider === undefined) throw illegalState(`Could not find provider: ${uri.authority}`);
    await run(call, asked, uri, provider);
  } catch (error) {
    if (!(error instanceof JavaException)) throw error;
    await call.complain(`Error while accessing provider:${uri.authority}\n${traceOf(error)}`);
  }
  return 0;
};

async function run(call: Call, asked: ContentCall, uri: ContentUri, provider: Provider): Promise<void> {
  const { android, print } = call;
  switch (asked.verb) {
    case 'query': {
      mustHold(call, provider, uri, 'reading');
      const rows = provider.query?.(android, uri, asked);
      await (rows === undefined ? print('No result found.\n') : printRows(rows, print));
      return;
    }
    case 'read':
      mustHold(call, provider, uri, 'reading');
      if (provider.read === undefined) throw noFile(uri);
      await call.out(provider.read(android, uri));
      return;
    case 'write': {
      mustHold(call, provider, uri, 'writing');
      if (provider.write === undefined) throw noFile(uri);
      const parts: Uint8Array[] = [];
      for await (const chunk of call.stdin) parts.push(chunk.slice());
      provider.write(android, uri, concatBytes(parts));
      return;
    }
    case 'call':
      if (asked.method === undefined) throw illegalState('no method');
      await print(`Result: ${provider.call?.(android, asked.method, asked.argument) ?? 'null'}\n`);
      return;
    case 'gettype':
      await print('Result: null\n');
      return;
    default:
      mustHold(call, provider, uri, 'writing');
      change(call, asked, uri, provider);
  }
}

function change({ android }: Call, asked: ContentCall, uri: ContentUri, provider: Provider): void {
  const { verb, values, where } = asked;
  if (verb === 'insert') provider.insert?.(android, uri, values);
  else if (verb === 'update') provider.update?.(android, uri, values, where);
  else provider.delete?.(android, uri, where);
}

/** ContentProvider.enforceReadPermission and enforceWritePermission. */
function mustHold(
  { android }: Call,
  { className, readPermission, writePermission }: Provider,
  { text }: ContentUri,
  what: 'reading' | 'writing',
): void {
  const permission = what === 'reading' ? readPermission : writePermission;
  const isRefused = what === 'writing' && android.refusesWrites;
  if (!isRefused && (permission === undefined || shellHolds(android, permission))) return;
  throw securityException(
    `Permission Denial: ${what} ${className} uri ${text} from pid=4242, uid=2000 requires ${permission ?? 'a permission'}, or grantUriPermission()`,
  );
}

const noFile = ({ text }: ContentUri): JavaException =>
  new JavaException('java.io.FileNotFoundException', `No files supported by provider at ${text}`);
