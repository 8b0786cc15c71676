import type { Call } from '../../call.ts';
import { serviceCommand } from '../../java.ts';
import { CHANGES } from './change.ts';
import { install, installAbandon, installCommit, installCreate, installWrite } from './install.ts';
import { list, path } from './list.ts';

const VERBS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  list,
  path,
  install,
  'install-create': installCreate,
  'install-write': installWrite,
  'install-commit': installCommit,
  'install-abandon': installAbandon,
  ...CHANGES,
};

/** `pm VERB …`, which is `cmd package VERB …` too. */
export function pm(call: Call): Promise<number> {
  const [verb = ''] = call.args;
  return serviceCommand(call, verb, async () => {
    const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (run !== undefined) return run(call);
    await call.print(`Unknown command: ${verb}\n`);
    return 255;
  });
}
