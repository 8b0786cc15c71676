import type { Call, Command } from '../../call.ts';
import { securityException, serviceCommand } from '../../java.ts';
import { isInFlight, setAirplaneMode, setWifi } from '../../networks.ts';
import { lockPhone } from '../../unlock.ts';
import { pm } from '../packages/index.ts';
import { settings } from '../settings.ts';
import { activity } from './activity.ts';
import { appops } from './appops.ts';
import { deviceidle } from './idle.ts';
import { jobscheduler } from './jobs.ts';
import { netpolicy, wifi } from './network.ts';

type Service = (call: Call, words: readonly string[]) => Promise<number>;

/** `cmd power set-mode 0|1`: battery saver. */
const power: Service = async ({ android, print }, [verb = '', mode = '']) => {
  if (verb !== 'set-mode' || android.release < 10) {
    await print(`Unknown command: ${verb}\n`);
    return 255;
  }
  if (android.refusesWrites)
    throw securityException('Neither user 2000 nor current process has android.permission.DEVICE_POWER.');
  android.settings.global.set('low_power', mode);
  return 0;
};

/** `cmd connectivity airplane-mode [enable|disable]`, from Android 11 on. */
const connectivity: Service = async ({ android, print, complain }, [verb = '', value]) => {
  if (android.release < 12) {
    await complain('cmd: Failure calling service connectivity: Failed transaction (2147483646)\n');
    return 1;
  }
  if (verb !== 'airplane-mode' || (value !== undefined && value !== 'enable' && value !== 'disable')) {
    await print(`Unknown command: ${verb}\n`);
    return 255;
  }
  if (value === undefined) await print(`${isInFlight(android) ? 'enabled' : 'disabled'}\n`);
  else if (android.refusesWrites)
    throw securityException('ConnectivityService: Neither user 2000 nor current process has it.');
  else setAirplaneMode(android, value === 'enable');
  return 0;
};

const SERVICES: Readonly<Record<string, Service>> = {
  activity,
  appops,
  connectivity,
  deviceidle,
  jobscheduler,
  netpolicy,
  package: (call, args) => pm({ ...call, args }),
  power,
  settings: async (call, args) => settings({ ...call, args }),
  wifi,
};

/** Services without commands of their own that `service check` finds. */
const SILENT = ['account', 'batterystats', 'content', 'isms', 'mount', 'notification', 'phone', 'window'];

/** `cmd SERVICE …`. */
const cmd: Command = async (call) => {
  const [name = '', ...words] = call.args;
  const run = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
  if (run !== undefined) return serviceCommand(call, words[0] ?? '', () => run(call, words));
  await call.complain(`cmd: Can't find service: ${name}\n`);
  return 20;
};

/** A tool of its own for what `cmd SERVICE` does. */
const toolOf =
  (name: string): Command =>
  (call) =>
    cmd({ ...call, args: [name, ...call.args] });

const service: Command = async ({ args: [verb, name = ''], print }) => {
  if (verb !== 'check') return 1;
  const isThere = Object.hasOwn(SERVICES, name) || SILENT.includes(name);
  await print(`Service ${name}: ${isThere ? 'found' : 'not found'}\n`);
  return 0;
};

const wm: Command = async ({ args: [what], print }) => {
  await print(what === 'size' ? 'Physical size: 1080x2400\n' : 'Physical density: 420\n');
  return 0;
};

/** `monkey -p PACKAGE -c CATEGORY 1`: opens an app. */
const monkey: Command = async ({ android, args, print, complain }) => {
  const name = args[args.indexOf('-p') + 1] ?? '';
  const found = android.packages.get(name);
  if (found === undefined) {
    await complain('** No activities found to run, monkey aborted.\n');
    return 252;
  }
  if (found.isTakenAway === true || found.enabled >= 2 || found.isHidden === true) {
    await complain('** No activities found to run, monkey aborted.\n');
    return 252;
  }
  found.isStopped = false;
  android.inFront = name;
  android.happened.push(`opened ${name}`);
  await print('Events injected: 1\n');
  return 0;
};

/** The phone waits for its owner then. */
const reboot: Command = ({ android }) => {
  lockPhone(android);
  android.happened.push('restarted');
  return 0;
};

/** Commands that talk to services of Android. */
export const SERVICE_COMMANDS: Readonly<Record<string, Command>> = {
  am: toolOf('activity'),
  appops: toolOf('appops'),
  cmd,
  monkey,
  reboot,
  service,
  svc: ({ android, args: [what = '', verb = ''] }) => {
    if (what === 'wifi') setWifi(android, verb === 'enable');
    return 0;
  },
  wm,
};
