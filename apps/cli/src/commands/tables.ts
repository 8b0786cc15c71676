import type { CommandTable } from '#arguments/table.ts';
import { audit } from './audit/table.ts';
import { backup } from './backup/table.ts';
import { backups } from './backups/table.ts';
import { check } from './check/table.ts';
import { completion } from './completion/table.ts';
import { devices } from './devices/table.ts';
import { doctor } from './doctor/table.ts';
import { dump } from './dump/table.ts';
import { forget } from './forget/table.ts';
import { help } from './help/table.ts';
import { init } from './init/table.ts';
import { items } from './items/table.ts';
import { keysAdd } from './keys-add/table.ts';
import { keysList } from './keys-list/table.ts';
import { keysPasswd } from './keys-passwd/table.ts';
import { keysRemove } from './keys-remove/table.ts';
import { ls } from './ls/table.ts';
import { pair } from './pair/table.ts';
import { prune } from './prune/table.ts';
import { rebuild } from './rebuild/table.ts';
import { recoveryKit } from './recovery-kit/table.ts';
import { repairConfig } from './repair-config/table.ts';
import { repairIndex } from './repair-index/table.ts';
import { repairPacks } from './repair-packs/table.ts';
import { repairSnapshots } from './repair-snapshots/table.ts';
import { restore } from './restore/table.ts';
import { serve } from './serve/table.ts';
import { stats } from './stats/table.ts';
import { unlock } from './unlock/table.ts';
import { version } from './version/table.ts';

/** Every command, in the order of the overview. */
export const TABLES = [
  serve,
  backup,
  restore,
  devices,
  pair,
  doctor,
  items,
  audit,
  backups,
  ls,
  dump,
  check,
  forget,
  prune,
  stats,
  repairConfig,
  repairIndex,
  repairPacks,
  repairSnapshots,
  rebuild,
  keysList,
  keysAdd,
  keysRemove,
  keysPasswd,
  unlock,
  init,
  recoveryKit,
  completion,
  version,
  help,
] as unknown as readonly CommandTable[];
