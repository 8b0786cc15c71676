import { Broken } from './expect.ts';
import { play } from './play.ts';
import { type Story, storyOf, tell } from './story.ts';

/** The seed in `HOLDFAST_TEST_SEED` alone, to play one story again; otherwise so many, from `first` on. */
export function seedsFrom(first: number, count: number): readonly number[] {
  const given = process.env['HOLDFAST_TEST_SEED'];
  if (given === undefined || given === '') return Array.from({ length: count }, (_, at) => first + at);
  const seed = Number(given);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new Error(`HOLDFAST_TEST_SEED is no seed: ${given}`);
  return [seed];
}

/** Plays the story of a seed. Where it goes wrong, fails with what is left of it when all is left out that does not matter. */
export async function playSeed(seed: number): Promise<void> {
  const story = storyOf(seed);
  const broken = await failureOf(story);
  if (broken === undefined) return;
  const short = broken instanceof Broken ? await shortened(story, kindOf(broken)) : story;
  const told = `${broken.message}\n\nto play it again: HOLDFAST_TEST_SEED=${seed}\nor as a row of past failures:\n${tell(short)}`;
  throw new Error(`seed ${seed}: ${told}`, { cause: broken });
}

async function failureOf(story: Story): Promise<Error | undefined> {
  try {
    await play(story);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** What went wrong, without what differs from story to story. */
const kindOf = ({ message }: Error): string => message.replace(/["\d].*/s, '');

/** The story without the steps and faults that it goes wrong without in the same way. */
async function shortened(story: Story, kind: string): Promise<Story> {
  for (const shorter of shorterOnes(story)) {
    const broken = await failureOf(shorter);
    if (broken instanceof Broken && kindOf(broken) === kind) return shortened(shorter, kind);
  }
  return story;
}

/** The story with one thing left out, in every way. */
function* shorterOnes({ phone, steps }: Story): Generator<Story, void, undefined> {
  for (const at of steps.keys()) yield { phone, steps: steps.toSpliced(at, 1) };
  for (const [at, step] of steps.entries()) {
    if (!('faults' in step)) continue;
    for (const fault of step.faults.keys())
      yield {
        phone,
        steps: steps.with(at, { ...step, faults: step.faults.toSpliced(fault, 1) } as typeof step),
      };
  }
  for (const files of [2, Math.floor(phone.files / 2), phone.files - 1])
    if (files >= 2 && files < phone.files) yield { phone: { ...phone, files }, steps };
  if (phone.hasRecords) yield { phone: { ...phone, hasRecords: false }, steps };
  for (const what of ['messages', 'multimedia'] as const)
    if (phone[what] > 0) yield { phone: { ...phone, [what]: 0 }, steps };
}
