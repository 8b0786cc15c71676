import { deepEqual, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { refused } from '@holdfast/doctor';
import { fixOf, SAFE_ORDER } from '#fixes/fixes.ts';
import { factsOf } from '#probes/probe-all.ts';
import { PHONES } from '../../test-setup/matrix.ts';
import { ON_A_HEALTHY_PHONE, requireSevenWays } from '../../test-setup/ways.ts';

for (const phone of PHONES)
  test(`it does, guides or explains each fix of the seven ways on Android ${phone.release} of ${phone.vendor}`, () =>
    requireSevenWays(phone));

test('it knows of each fix what it comes to', () =>
  deepEqual(Object.keys(ON_A_HEALTHY_PHONE).toSorted(), [...SAFE_ORDER].toSorted()));

for (const code of SAFE_ORDER)
  test(`it sets nothing by ${code} on a phone that says nothing, unless what is set can be read before`, () => {
    const facts = { ...factsOf([]), app: refused('It would not say.') };
    const recipe = fixOf(code).recipe(facts, { isOverNetwork: false });
    if (recipe.kind === 'cannot') match(recipe.why, /^[A-Z].{15,}\.$/s);
    else {
      ok(recipe.risk !== 'destructive');
      for (const { says } of recipe.steps) match(says, /^[A-Z].{5,}/s);
    }
  });
