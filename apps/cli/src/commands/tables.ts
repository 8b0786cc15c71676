import type { CommandTable } from '#arguments/table.ts';
import { backupTable } from './backup/table.ts';
import { restoreTable } from './restore/table.ts';

/** Every command, in the order of the overview. */
export const TABLES = [backupTable, restoreTable] as unknown as readonly CommandTable[];
