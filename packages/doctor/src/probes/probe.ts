import type { AndroidPhone } from '@holdfast/devices/android';
import type { Clock } from '@holdfast/kernel';
import type { Asked } from '../asked.ts';
import type { FactOf, ProbeName } from '../photos-facts.ts';

/** What a probe brings: what it was told, and what of that may be shown. */
export interface Answer<T> {
  readonly told: Asked<T>;
  /** What the phone said, as it came. */
  readonly raw: string;
}

/** What a probe may use. */
export interface ProbeOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** The screen is read although that stops accessibility services for a moment. Default: it is not. */
  readonly mayInterrupt?: boolean;
}

/** One thing that is asked of a phone. It changes nothing. */
export interface Probe<Name extends ProbeName = ProbeName> {
  readonly name: Name;
  /** A few words for a person. */
  readonly title: string;
  /** The commands, for this phone. */
  readonly asked: (phone: AndroidPhone) => readonly (readonly string[])[];
  /** Asks. Fails with `adb/…` only, or with the signal's reason. */
  readonly ask: (phone: AndroidPhone, options: ProbeOptions) => Promise<Answer<FactOf<Name>>>;
}

/** A probe's answer, ready to be shown: names and numbers that are a person's are masked. */
export interface Evidence<Name extends ProbeName = ProbeName> {
  readonly probe: Name;
  readonly title: string;
  readonly told: Asked<FactOf<Name>>;
  /** What was run. */
  readonly asked: string;
  readonly raw: string;
}
