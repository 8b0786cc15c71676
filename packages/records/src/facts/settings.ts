import { malformed } from '../failures.ts';
import { isObject } from '../lines/json-lines.ts';
import { formatDocument, optionalText, parseDocument } from './document.ts';

/** One setting of a phone. */
export interface Setting {
  readonly kind: 'setting';
  /** `system`, `secure`, `global`, … */
  readonly namespace: string;
  readonly key: string;
  readonly value: string;
}

/** A Wi-Fi network the phone knows; its password cannot be read. */
export interface SavedNetwork {
  readonly name: string;
  /** As the phone says it: `wpa2-psk`, … */
  readonly security?: string;
}

/** All settings of a phone, as `settings.json` says. */
export interface Settings {
  /** Each namespace and key once: of two, the later counts. */
  readonly settings: readonly Setting[];
  readonly networks: readonly SavedNetwork[];
}

const WHAT = 'settings.json';

/** `settings.json`: `settings` by namespace and key, `networks` as a list. */
export function formatSettings({ settings, networks }: Settings): Uint8Array {
  const namespaces = new Map<string, [string, string][]>();
  for (const { namespace, key, value } of settings) {
    const entries = namespaces.get(namespace);
    if (entries === undefined) namespaces.set(namespace, [[key, value]]);
    else entries.push([key, value]);
  }
  const byNamespace = [...namespaces].map(([name, entries]) => [name, Object.fromEntries(entries)]);
  return formatDocument({ settings: Object.fromEntries(byNamespace), networks });
}

/** What a `settings.json` says. Throws `records/malformed`. */
export function parseSettings(bytes: Uint8Array): Settings {
  const document = parseDocument(bytes, WHAT);
  const namespaces = document['settings'];
  const networks = document['networks'];
  if (!isObject(namespaces)) throw malformed(WHAT, 'the settings are missing');
  if (!Array.isArray(networks)) throw malformed(WHAT, 'the list of networks is missing');
  const settings: Setting[] = [];
  for (const [namespace, entries] of Object.entries(namespaces)) {
    if (!isObject(entries)) throw malformed(WHAT, 'a namespace is no object');
    for (const [key, value] of Object.entries(entries)) {
      if (typeof value !== 'string') throw malformed(WHAT, 'a setting is no text');
      settings.push({ kind: 'setting', namespace, key, value });
    }
  }
  return { settings, networks: networks.map(parseNetwork) };
}

function parseNetwork(value: unknown): SavedNetwork {
  if (!isObject(value)) throw malformed(WHAT, 'a network is no object');
  const { name } = value;
  if (typeof name !== 'string') throw malformed(WHAT, 'a network has no name');
  return { name, ...optionalText(value, 'security', WHAT) };
}
