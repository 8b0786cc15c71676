import type { ItemType } from '@holdfast/contract';
import type { Device } from '@holdfast/devices';
import type { OpenRepository } from '@holdfast/repository';
import type { GivenOptions } from '#arguments/table.ts';
import type { Context } from '#context.ts';
import type { ExitCode } from '#exit-codes.ts';
import { chooseSources } from '#sources/choose-sources.ts';
import type { BackupGiven } from './table.ts';

type Given = GivenOptions<BackupGiven>;

/**
 * Backs phones and folders up, one after another.
 *
 * Only what begins is loaded at first. While other threads look at the folder and derive the key, this one loads the rest.
 */
export async function run(given: Given, words: readonly string[], context: Context): Promise<ExitCode> {
  const typesOf = (device: Device): ReturnType<typeof chosenTypesOf> => chosenTypesOf(device, context);
  await using chosen = await chooseSources(words, { ...given, typesOf, beginsAtOnce: true }, context);
  context.screen.outlive();
  const { repository, trying } = await beginOpening(given, context);
  await trying;
  const { backUpAll } = await import('./back-up.ts');
  return await backUpAll(chosen.sources, repository, given, context);
}

async function chosenTypesOf({ id }: Device, { host }: Context): Promise<readonly ItemType[] | undefined> {
  const { chosenTypes, rulesOf } = await import('@holdfast/home');
  return chosenTypes(await rulesOf(host, id));
}

/** The repository, opening; and when the first password is being tried, or it has failed before. */
async function beginOpening(
  { dryRun }: Given,
  { host }: Context,
): Promise<{ readonly repository: Promise<OpenRepository>; readonly trying: Promise<void> }> {
  // Loaded now, when the folder is being looked at: no other part of the start takes as long.
  const { openOrCreate, openOrPretend } = await import('@holdfast/home/opening');
  const { promise: trying, resolve } = Promise.withResolvers<void>();
  const telling = { ...host, tell: { ...host.tell, trying: resolve } };
  const repository = dryRun
    ? openOrPretend(telling)
    : openOrCreate(telling).then((opened) => opened.repository);
  // Awaited by the first backup; until then its failure is nobody's yet.
  repository.then(
    () => resolve(),
    () => resolve(),
  );
  return { repository, trying };
}
