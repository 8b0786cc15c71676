import type { Balance, CapabilityReport } from '@holdfast/contract';
import type { Device } from '@holdfast/devices';
import type { SetAside } from './events.ts';

/** Version of the layout of snapshots and of `holdfast.json`; see docs/repository.md. */
export const LAYOUT_VERSION = 1;

/** A file of this name in a snapshot's root says what the snapshot holds and what it does not. */
export const MANIFEST_NAME = 'holdfast.json';

/** What `holdfast.json` says. */
export interface Manifest {
  readonly layout: typeof LAYOUT_VERSION;
  /** RFC 3339: when the backup began. */
  readonly began: string;
  readonly device: Device;
  /** What the device says of itself. */
  readonly facts?: Readonly<Record<string, string>>;
  /** What it gives and takes. */
  readonly capabilities?: CapabilityReport;
  /** What was asked of this backup. */
  readonly asked: {
    readonly excludes: readonly string[];
    readonly verify: string;
    /** Absent when everything was asked for. */
    readonly types?: readonly string[];
    /** What else rules of the device left out, in words; absent when there were none. */
    readonly rules?: readonly string[];
  };
  /** Items by state. */
  readonly counts: Balance;
  readonly totalBytes: number;
  /** Every item that was set aside, in order of path. */
  readonly setAside: readonly SetAside[];
}

/** The manifest's bytes: JSON for people too, one set-aside item a line's width does not matter to. */
export function formatManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** The manifest that bytes spell, as far as a later backup needs it; `undefined` when they are no manifest we know. */
export function parseManifest(
  bytes: Uint8Array,
): Pick<Manifest, 'asked' | 'counts' | 'setAside'> | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isObject(json) || json['layout'] !== LAYOUT_VERSION || !isObject(json['counts'])) return undefined;
    const asked = isObject(json['asked']) ? json['asked'] : {};
    const excludes = Array.isArray(asked['excludes']) ? asked['excludes'].map(String) : [];
    const types = Array.isArray(asked['types']) ? asked['types'].map(String) : undefined;
    const rules = Array.isArray(asked['rules']) ? asked['rules'].map(String) : undefined;
    if (!Array.isArray(json['setAside']) || !json['setAside'].every(isSetAside)) return undefined;
    const { found, verified, waiting, skipped, failed } = json['counts'];
    const counts = [found, verified, waiting, skipped, failed];
    if (!counts.every((count) => typeof count === 'number')) return undefined;
    return {
      asked: { excludes, verify: String(asked['verify']), ...(types && { types }), ...(rules && { rules }) },
      counts: json['counts'] as unknown as Balance,
      setAside: json['setAside'],
    };
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isSetAside = (value: unknown): value is SetAside =>
  isObject(value) &&
  typeof value['path'] === 'string' &&
  typeof value['reason'] === 'string' &&
  typeof value['since'] === 'string' &&
  (value['state'] === 'waiting' || value['state'] === 'skipped' || value['state'] === 'failed');
