import { createServer } from 'node:net';
import { type Android, type PhoneOptions, phoneOptions, startPhone } from '@holdfast/testkit/phone';
import type { Other } from './test-world.ts';

/** A port of this computer where nothing listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A phone that listens, and the variables by which the command sees it and no other. */
export async function phoneInSight(
  android: Android,
  options: Partial<PhoneOptions> = {},
): Promise<
  { readonly other: Other; readonly phone: Awaited<ReturnType<typeof startPhone>> } & AsyncDisposable
> {
  const phone = await startPhone({ ...phoneOptions(android), ...options });
  return {
    phone,
    other: { env: await envOf([`${phone.host}:${phone.port}`]) },
    [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose](),
  };
}

/** The variables for phones at these addresses, and no adb server. */
export async function envOf(addresses: readonly string[]): Promise<Record<string, string>> {
  return {
    HOLDFAST_PHONES: addresses.join(','),
    ANDROID_ADB_SERVER_PORT: String(await deadPort()),
  };
}
