import type { Command } from '../call.ts';

/** `getprop`, `getprop NAME`, `getprop NAME DEFAULT`. */
export const getprop: Command = async ({ android: { properties }, args: [name, otherwise = ''], print }) => {
  if (name !== undefined) {
    await print(`${properties.get(name) ?? otherwise}\n`);
    return 0;
  }
  for (const [each, value] of [...properties].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    await print(`[${each}]: [${value}]\n`);
  return 0;
};
