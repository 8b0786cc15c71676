import type { AndroidPhone } from '@holdfast/devices/android';
import type { Examination } from '@holdfast/doctor';
import { openCatalogHere } from '@holdfast/home';
import { notRescued } from '@holdfast/server';
import type { Context } from '#context.ts';

/** Photos and videos that no backup has, as the ledger in the home folder knows it. */
export async function rescuedSoFar(
  phone: AndroidPhone,
  { facts }: Pick<Examination, 'facts'>,
  { host }: Context,
): Promise<number> {
  using catalog = await openCatalogHere(host);
  return await notRescued(catalog, phone.device.id, facts);
}
