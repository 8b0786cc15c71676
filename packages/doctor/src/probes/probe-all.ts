import { quoteLine } from '@holdfast/adb';
import type { AndroidPhone } from '@holdfast/devices/android';
import { decodeName, isFailure, mapOrdered } from '@holdfast/kernel';
import { type Asked, refused } from '../asked.ts';
import type { FactOf, PhotosFacts, ProbeName } from '../photos-facts.ts';
import { PROBES } from './all-probes.ts';
import { maskEvidence } from './mask-evidence.ts';
import type { Answer, Evidence, Probe, ProbeOptions } from './probe.ts';

/** Each starts a program on the phone. */
const ASKED_AT_ONCE = 3;

/** Longer than any answer takes but those about all photos, of which there may be a hundred thousand. */
const PATIENCE = Temporal.Duration.from({ seconds: 25 });
const PATIENCE_FOR_MEDIA = Temporal.Duration.from({ minutes: 4 });

/** How a phone is asked. */
export interface ProbeAllOptions extends ProbeOptions {
  /** Only these. Default: all. */
  readonly names?: readonly ProbeName[];
  /** Told of each question before it is asked. */
  readonly onAsk?: (asking: Asking) => void;
}

/** What a phone is about to be asked. */
export interface Asking {
  /** The title of the probe. */
  readonly asks: string;
  /** How many probes have answered. */
  readonly done: number;
  readonly total: number;
}

/**
 * What each probe was told, in the order of the catalogue, as it comes. One that hangs, is refused or finds the phone gone is evidence
 * too, and the others go on; only the abort of `signal` ends them, with its reason.
 */
export async function* probeAll(
  phone: AndroidPhone,
  { names, onAsk, signal, ...options }: ProbeAllOptions,
): AsyncGenerator<Evidence, void, undefined> {
  const all = Object.values(PROBES) as readonly Probe[];
  const wanted = all.filter(({ name }) => names?.includes(name) ?? true);
  let done = 0;
  const ask = async (probe: Probe, asking: AbortSignal): Promise<Evidence> => {
    onAsk?.({ asks: probe.title, done, total: wanted.length });
    const evidence = await evidenceOf(probe, phone, { ...options, signal: asking });
    done += 1;
    return evidence;
  };
  yield* mapOrdered(wanted, ASKED_AT_ONCE, ask, signal);
}

type Asks = ProbeOptions & { readonly signal: AbortSignal };

async function evidenceOf(probe: Probe, phone: AndroidPhone, options: Asks): Promise<Evidence> {
  const { name, title } = probe;
  const { told, raw } = await inTime(probe, phone, options);
  const lines = probe
    .asked(phone)
    .map((words) => decodeName(quoteLine(words)).replaceAll(/'([\w./:+=@%-]+)'/g, '$1'));
  const shown = told.kind === 'unrecognised' ? { ...told, raw: maskEvidence(told.raw) } : told;
  return { probe: name, title, told: shown, asked: lines.join('\n'), raw: maskEvidence(raw) };
}

async function inTime(probe: Probe, phone: AndroidPhone, options: Asks): Promise<Answer<FactOf<ProbeName>>> {
  const { clock, signal } = options;
  const patience = probe.name === 'media' || probe.name === 'unseen' ? PATIENCE_FOR_MEDIA : PATIENCE;
  const late = new AbortController();
  const over = new AbortController();
  const waiting = clock
    .sleep(patience, AbortSignal.any([signal, over.signal]))
    .then(() => late.abort(new Error('late')))
    .catch(() => undefined);
  try {
    return await probe.ask(phone, { ...options, signal: AbortSignal.any([signal, late.signal]) });
  } catch (error) {
    signal.throwIfAborted();
    if (late.signal.aborted) return { told: refused('The phone did not answer in time.'), raw: '' };
    if (!isFailure(error)) throw error;
    return { told: refused(`${error.message}. ${error.hint}`), raw: '' };
  } finally {
    over.abort();
    await waiting;
  }
}

const NOT_ASKED: Asked<never> = refused('It was not asked.');

/** What evidence comes to: a fact for every probe. */
export function factsOf(evidence: Iterable<Evidence>): PhotosFacts {
  const facts: Record<string, Asked<unknown>> = {};
  for (const name of Object.keys(PROBES)) facts[name] = NOT_ASKED;
  for (const { probe, told } of evidence) facts[probe] = told;
  return facts as unknown as PhotosFacts;
}
