import { ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { Rules } from '@holdfast/contract/api';
import type { Device } from '@holdfast/devices';
import { ruledSource, rulesInWords } from '@holdfast/engine/backup';
import type { BackUpOptions } from '#runs/back-up.ts';

/**
 * How the rules of a device shape a backup of it; `asked` are the types that somebody named for this one. A phone's source is to be made for the same
 * types.
 */
export function ruling(
  { kind }: Pick<Device, 'kind'>,
  rules: Rules,
  asked: readonly ItemType[] | undefined,
  timeZone: string,
): Pick<BackUpOptions, 'types' | 'rules' | 'decorate'> {
  const types = chosenTypes(rules, asked);
  const isFolder = kind === 'folder';
  const words = rulesInWords(rules);
  return {
    // A folder has files alone, and all of them are listed whatever types are chosen.
    ...(types !== undefined && !isFolder && { types }),
    rules: types !== undefined && isFolder ? [...words, `only ${types.join(', ')}`] : words,
    decorate: (source) => ruledSource(source, { ...rules, types }, timeZone),
  };
}

/** The types that are backed up; `undefined`: all. */
export function chosenTypes(
  rules: Pick<Rules, 'types'>,
  asked?: readonly ItemType[],
): readonly ItemType[] | undefined {
  const types = asked ?? rules.types;
  return ITEM_TYPES.every((type) => types.includes(type)) ? undefined : types;
}
