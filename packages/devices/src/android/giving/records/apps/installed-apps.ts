import type { AdbTransport } from '@holdfast/adb';
import { type Clock, systemClock } from '@holdfast/kernel';
import { outputOf } from '../../../facts/output.ts';

/** How to reach the phone. */
export interface AppsLink {
  readonly transport: AdbTransport;
  readonly clock?: Clock;
}

/**
 * Version codes of the apps that are installed, by package; `undefined` where the phone does not say, or prints something else. One
 * whose version is not said has an empty one.
 */
async function installedVersions(
  link: AppsLink,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string> | undefined> {
  const words = ['pm', 'list', 'packages', '--user', '0', '--show-versioncode'];
  const first = parseVersions((await outputOf(link.transport, words, link, signal)).stdout);
  // Before Android 8 it does not know that option.
  return first ?? parseVersions((await outputOf(link.transport, words.slice(0, -1), link, signal)).stdout);
}

/** Asked again after this: a plan asks for each app it has. */
const GOOD_FOR = Temporal.Duration.from({ seconds: 30 });

/** The same, not asked for each app anew. */
export class InstalledApps {
  readonly #link: AppsLink;
  readonly #clock: Clock;
  #known:
    | { readonly until: Temporal.Instant; readonly versions: ReadonlyMap<string, string> | undefined }
    | undefined;

  constructor(link: AppsLink) {
    this.#link = link;
    this.#clock = link.clock ?? systemClock;
  }

  async versions(signal?: AbortSignal): Promise<ReadonlyMap<string, string> | undefined> {
    const now = this.#clock.now();
    if (this.#known === undefined || Temporal.Instant.compare(now, this.#known.until) > 0)
      this.#known = { until: now.add(GOOD_FOR), versions: await installedVersions(this.#link, signal) };
    return this.#known.versions;
  }

  /** Something was installed. */
  forget(): void {
    this.#known = undefined;
  }
}

/** The lines `package:NAME versionCode:CODE`. */
export function parseVersions(output: string): ReadonlyMap<string, string> | undefined {
  const versions = new Map<string, string>();
  for (const line of output.split(/\r?\n/).slice(0, -1)) {
    const [, name, version = ''] = /^package:([\w.]+)(?: versionCode:(\d+))?$/.exec(line) ?? [];
    if (name === undefined) return undefined;
    versions.set(name, version);
  }
  // A phone has hundreds: none at all is no answer.
  return versions.size === 0 ? undefined : versions;
}
