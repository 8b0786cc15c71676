import type { DoctorFix } from '@holdfast/contract/api';
import type { FixCode } from '#fix-code.ts';
import type { PhotosFacts } from '#photos-facts.ts';
import type { Extras } from './fix-entry.ts';
import { fixOf, SAFE_ORDER, wayOf } from './fixes.ts';

/** Every fix in safe order, as it is on this phone; those in `advised` are what the complaints ask for. Backing up here always is. */
export function fixesFor(facts: PhotosFacts, advised: ReadonlySet<FixCode>, extras: Extras): DoctorFix[] {
  return SAFE_ORDER.map((code) => {
    const { title, explain, recipe } = fixOf(code);
    const made = recipe(facts, extras);
    const common = { code, way: wayOf(code), title, explain };
    if (made.kind === 'cannot')
      return { ...common, risk: 'none', whyNot: made.why, canBeUndone: false, isAdvised: false };
    return {
      ...common,
      risk: made.risk,
      canBeUndone: made.steps.some(({ kind }) => kind === 'change'),
      isAdvised: advised.has(code) || code === 'back-up-here',
    };
  });
}
