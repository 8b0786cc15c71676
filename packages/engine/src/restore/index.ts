/**
 * The engine's door for giving back into a folder alone: whoever does only that need not load what backs up, audits and rebuilds. All of it is in the
 * engine's main door, too.
 *
 * ```ts
 * const plan = await planRestore(repository, { tree, paths }, sink, signal);
 * for await (const event of restore(repository, plan, sink, signal)) state = stepRestore(state, event);
 * ```
 */
export { isRecordPath } from './device/places.ts';
export { planRestore } from './plan.ts';
export { restore } from './restore.ts';
export { find, namesOf } from './select.ts';
export { RESTORE_BEGINNING, stepRestore } from './state.ts';
