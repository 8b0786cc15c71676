import type { Clock } from '@holdfast/kernel';
import { systemClock } from '@holdfast/kernel';
import type { IndexState } from '#device-sink.ts';
import { fileKindOf } from '#item-kind.ts';
import { outputOf } from '../../facts/output.ts';
import { valueOf } from '../../facts/told.ts';
import type { AndroidPhone } from '../../phone.ts';
import { quotedSql } from '../script/bind.ts';
import { runSteps } from '../script/run-steps.ts';

/** Android 10: from here on a whole volume can be asked for, and single files no more. */
const SCANS_VOLUMES = 29;

/** How often, and how long apart, the index is asked whether it knows the last file. */
const LOOKS = 15;
const BETWEEN = Temporal.Duration.from({ seconds: 2 });

/** What of a phone's storage the index of media knows, and what of it was given. */
export class MediaScan {
  readonly #phone: AndroidPhone;
  readonly #clock: Clock;
  readonly #given: { readonly volume: string; readonly path: string }[] = [];

  constructor(phone: AndroidPhone, clock: Clock = systemClock) {
    this.#phone = phone;
    this.#clock = clock;
  }

  /** A file was given. Only those that the index takes count. */
  given([volume = '', ...names]: readonly string[], path: string): void {
    const kind = fileKindOf(names.at(-1) ?? '');
    const isMedia = kind === 'photo' || kind === 'video' || kind === 'audio';
    const isHidden =
      names.some((name) => name.startsWith('.')) || /^Android\/(data|obb)\//.test(names.join('/'));
    if (isMedia && !isHidden) this.#given.push({ volume, path });
  }

  /** Has the phone look at what was given, and waits until it has, for half a minute at most. */
  async run(signal?: AbortSignal): Promise<IndexState> {
    const given = this.#given.splice(0);
    const last = given.at(-1);
    if (last === undefined) return 'nothing-to-index';
    const { facts } = this.#phone;
    if ((valueOf(facts.sdk) ?? SCANS_VOLUMES) >= SCANS_VOLUMES) {
      for (const volume of new Set(given.map((each) => each.volume))) {
        const name = volume === 'internal' ? 'external_primary' : volume.toLowerCase();
        await this.#run(
          ['content', 'call', '--uri', 'content://media', '--method', 'scan_volume', '--arg', name],
          signal,
        );
      }
    } else {
      const action = 'android.intent.action.MEDIA_SCANNER_SCAN_FILE';
      const steps = given.map(({ path }, number) => ({
        number,
        words: ['am', 'broadcast', '-a', action, '-d', `file://${encodePath(path)}`],
      }));
      await runSteps({ transport: this.#phone.transport, clock: this.#clock }, [steps], signal);
    }
    for (let looks = 0; looks < LOOKS; looks++) {
      if (looks > 0) await this.#clock.sleep(BETWEEN, signal);
      if (await this.#knows(last.path, signal)) return 'indexed';
    }
    return 'late';
  }

  async #knows(path: string, signal: AbortSignal | undefined): Promise<boolean> {
    const uri = 'content://media/external/file';
    const words = [
      'content',
      'query',
      '--uri',
      uri,
      '--projection',
      '_id',
      '--where',
      `_data=${quotedSql(path)}`,
    ];
    return (await this.#run(words, signal)).startsWith('Row: 0 ');
  }

  async #run(words: readonly string[], signal: AbortSignal | undefined): Promise<string> {
    const { stdout } = await outputOf(this.#phone.transport, words, { clock: this.#clock }, signal);
    return stdout;
  }
}

const encodePath = (path: string): string =>
  encodeURI(path.toWellFormed()).replaceAll('#', '%23').replaceAll('?', '%3F');
