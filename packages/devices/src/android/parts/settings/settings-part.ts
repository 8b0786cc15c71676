import type { ByteSource } from '@holdfast/kernel';
import { formatSettings, type SavedNetwork, type Setting } from '@holdfast/records';
import { numberRows } from '../../content/number-rows.ts';
import { outputOf } from '../../facts/output.ts';
import { valueOf } from '../../facts/told.ts';
import { oneFilePart } from '../one-file-part.ts';
import { type PartOptions, type SourcePart, type Tell, toldRecord } from '../part.ts';
import { parseNetworks } from './networks.ts';
import { NAMESPACES, readSettings, tableOf } from './read-settings.ts';

const BYTES_EACH = 60;

/** From Android 11 on a computer may ask which Wi-Fi networks are saved. */
const FIRST_WITH_NETWORKS = 30;

/** Settings, and the names of saved Wi-Fi networks: `settings.json`. Passwords of networks are not to be had. */
export function settingsPart(options: PartOptions): SourcePart {
  const { phone, link, clock } = options;

  async function count(signal: AbortSignal | undefined): Promise<number> {
    let items = 0;
    for (const namespace of NAMESPACES)
      items += (await numberRows(link, { uri: tableOf(namespace), columns: ['_id'] }, signal)).length;
    return items;
  }

  async function* bytes(tell: Tell, signal: AbortSignal | undefined): ByteSource {
    const settings: Setting[] = [];
    for (const namespace of NAMESPACES) settings.push(...(await readSettings(link, namespace, signal)));
    for (const setting of settings) tell(toldRecord(setting, 'setting'));
    yield formatSettings({ settings, networks: await networks(tell, signal) });
  }

  async function networks(tell: Tell, signal: AbortSignal | undefined): Promise<readonly SavedNetwork[]> {
    if ((valueOf(phone.facts.sdk) ?? 0) < FIRST_WITH_NETWORKS) return [];
    const words = ['cmd', 'wifi', 'list-networks'];
    const shell = clock === undefined ? {} : { clock };
    const { stdout, stderr } = await outputOf(phone.transport, words, shell, signal);
    const saved = valueOf(parseNetworks(stdout));
    if (saved !== undefined) return saved;
    const detail = (stderr === '' ? stdout : stderr).slice(0, 500);
    const isRefused = /SecurityException|Permission Denial/.test(detail);
    const reason = isRefused ? 'phone-refuses' : 'read-error';
    tell({ key: 'saved-networks', kind: 'setting', title: 'Saved Wi-Fi networks', reason, detail });
    return [];
  }

  return oneFilePart(options, {
    name: 'settings',
    file: 'settings.json',
    bytesEach: BYTES_EACH,
    count,
    bytes,
  });
}
