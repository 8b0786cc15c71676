import type { ReadData } from '@holdfast/repository';
import { bad } from '#arguments/values.ts';

/** As many parts as restic takes: packs are told apart by their first byte. */
const MOST_PARTS = 256;

/** The part of all packs that `1/7` or `5%` means. */
export function parseSubset(given: string, option: string): ReadData {
  const [, part, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(given) ?? [];
  if (part !== undefined && isPart(Number(part), Number(of))) return { part: Number(part), of: Number(of) };
  const [, percent] = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(given) ?? [];
  if (percent !== undefined && Number(percent) > 0 && Number(percent) <= 100)
    return { percent: Number(percent) };
  throw bad(option, given, `a part like 1/7 (of at most ${MOST_PARTS}), or a percentage like 5%`);
}

const isPart = (part: number, of: number): boolean => of >= 1 && of <= MOST_PARTS && part >= 1 && part <= of;
