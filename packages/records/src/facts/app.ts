import { malformed } from '../failures.ts';
import { isObject } from '../lines/json-lines.ts';
import { formatDocument, optionalText, parseDocument } from './document.ts';

/** One package file of an app. */
export interface Apk {
  /** `base.apk`, `split_config.de.apk`, … */
  readonly name: string;
  readonly sizeBytes: number;
  /** Of its bytes, in hexadecimal digits; absent until it was read. */
  readonly sha256?: string;
}

/** An installed app, as `app.json` beside its package files says. */
export interface AppFacts {
  readonly kind: 'app';
  /** `org.example.app` */
  readonly package: string;
  /** What the phone calls it. */
  readonly label?: string;
  readonly versionName?: string;
  /** Digits: Android's goes up to 2^63-1. */
  readonly versionCode?: string;
  /** Package of the app that installed it. */
  readonly installer?: string;
  /** As the phone prints them, in its own time zone. */
  readonly firstInstallTime?: string;
  readonly lastUpdateTime?: string;
  readonly apks: readonly Apk[];
}

const TEXTS = [
  'label',
  'versionName',
  'versionCode',
  'installer',
  'firstInstallTime',
  'lastUpdateTime',
] as const satisfies readonly (keyof AppFacts)[];

const WHAT = 'app.json';

/** `app.json`: the facts as one JSON object. */
export function formatAppFacts(app: AppFacts): Uint8Array {
  const { kind: _, ...facts } = app;
  return formatDocument(facts);
}

/** The facts of an `app.json`. Throws `records/malformed`. */
export function parseAppFacts(bytes: Uint8Array): AppFacts {
  const document = parseDocument(bytes, WHAT);
  const name = document['package'];
  const apks = document['apks'];
  if (typeof name !== 'string') throw malformed(WHAT, 'the package is missing');
  if (!Array.isArray(apks)) throw malformed(WHAT, 'the list of its files is missing');
  const texts: Partial<Record<(typeof TEXTS)[number], string>> = {};
  for (const key of TEXTS) Object.assign(texts, optionalText(document, key, WHAT));
  return { kind: 'app', package: name, ...texts, apks: apks.map(parseApk) };
}

function parseApk(value: unknown): Apk {
  if (!isObject(value)) throw malformed(WHAT, 'a file is no object');
  const { name, sizeBytes } = value;
  if (typeof name !== 'string') throw malformed(WHAT, 'a file has no name');
  if (typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    throw malformed(WHAT, 'a file has no size');
  }
  return { name, sizeBytes, ...optionalText(value, 'sha256', WHAT) };
}
