import {
  ABSENT,
  type AndroidPhone,
  type Output,
  outputOf,
  type Told,
  unrecognised,
} from '@holdfast/devices/android';
import { plainText } from '@holdfast/kernel';
import { type Asked, refused } from '../asked.ts';
import type { FactOf, ProbeName } from '../photos-facts.ts';
import type { Answer, Probe, ProbeOptions } from './probe.ts';

/** Words of Android that say no. */
const FORBIDDEN = /SecurityException|Permission Denial|requires android\.permission|does not have android\./;

/** Words of Android for what it has not. */
const UNKNOWN =
  /^(?:cmd: )?(?:Can't find service|Unknown command|Failure calling service|Error: unknown command)|: (?:not found|inaccessible or not found)$/m;

/** Words of `cmd appops` for an app that is not there. */
const NO_APP = /^Error: No UID for /m;

/** Ended from outside: what it printed may not be all. */
const KILLED = 128;

/** A probe that runs commands and reads what they print. `parse` gets the outputs in the commands' order and never throws. */
export function commandProbe<Name extends ProbeName>(probe: {
  readonly name: Name;
  readonly title: string;
  readonly commands: (phone: AndroidPhone) => readonly (readonly string[])[];
  /** Why this phone cannot be asked. */
  readonly whyNot?: (phone: AndroidPhone) => string | undefined;
  readonly parse: (outputs: readonly string[], phone: AndroidPhone) => Told<FactOf<Name>>;
  /** What is worth showing of the outputs; default all of it. */
  readonly worth?: (output: string) => string;
}): Probe<Name> {
  const { name, title, commands, whyNot, parse, worth = (output) => output } = probe;
  return {
    name,
    title,
    asked: commands,
    async ask(phone, options): Promise<Answer<FactOf<Name>>> {
      const reason = whyNot?.(phone);
      if (reason !== undefined) return { told: refused(reason), raw: '' };
      const outputs = await allOf(phone, commands(phone), options);
      const texts = outputs.map(({ stdout }) => stdout);
      const raw = outputs.map(({ stdout, stderr }) => `${worth(stdout)}${stderr}`).join('');
      return { told: refusalIn(outputs) ?? parse(texts, phone), raw };
    },
  };
}

async function allOf(
  phone: AndroidPhone,
  commands: readonly (readonly string[])[],
  { clock, signal }: ProbeOptions,
): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const words of commands) outputs.push(await outputOf(phone.transport, words, { clock }, signal));
  return outputs;
}

/** What the phone said instead of answering. */
export function refusalIn(outputs: readonly Output[]): Asked<never> | undefined {
  for (const { stdout, stderr, exitCode } of outputs) {
    const said = `${stderr}\n${stdout.length < 4096 ? stdout : ''}`;
    if (FORBIDDEN.test(stderr) || (FORBIDDEN.test(said) && stdout.length < 4096))
      return refused(`The phone does not let a computer ask: ${plainText(firstLine(said, FORBIDDEN), 200)}`);
    if (NO_APP.test(stderr) && stdout.trim() === '') return ABSENT;
    // 255 is what Android's own tools give for a failure.
    if ((exitCode ?? 0) >= KILLED && exitCode !== 255) return unrecognised(stdout);
    if (UNKNOWN.test(said) && (stdout.trim() === '' || UNKNOWN.test(stdout.trim().split('\n')[0] ?? '')))
      return refused(`This phone does not know the question: ${plainText(firstLine(said, UNKNOWN), 200)}`);
  }
  return undefined;
}

const firstLine = (text: string, pattern: RegExp): string =>
  text
    .split(/\r?\n/)
    .find((line) => pattern.test(line))
    ?.trim() ?? text.trim();
