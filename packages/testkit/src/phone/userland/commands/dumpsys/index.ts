import type { Command } from '../../call.ts';
import { battery } from './battery.ts';
import { packageDump } from './package.ts';
import { STATE_DUMPS } from './state.ts';

const DUMPS: Readonly<Record<string, Command>> = { battery, package: packageDump, ...STATE_DUMPS };

/** `dumpsys SERVICE …`. A service that is not there is no failure. */
export const dumpsys: Command = async (call) => {
  const [name = ''] = call.args;
  if (name === '-l') {
    await call.print(
      `Currently running services:\n${Object.keys(DUMPS)
        .map((each) => `  ${each}\n`)
        .join('')}`,
    );
    return 0;
  }
  const dump = Object.hasOwn(DUMPS, name) ? DUMPS[name] : undefined;
  if (dump !== undefined) return dump(call);
  await call.complain(`Can't find service: ${name}\n`);
  return 0;
};
