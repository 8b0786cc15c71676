import { deepEqual, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { told } from '@holdfast/devices/android';
import { FIX_CODES_BY_WAY, type Way } from '#fix-code.ts';
import { fixOf } from '#fixes/fixes.ts';
import { healthyFacts } from '../../test-setup/facts.ts';

const SDKS = { 9: 28, 10: 29, 12: 31, 14: 34, 16: 36 } as const;
const MAKERS = ['Google', 'samsung', 'Xiaomi'];
const WAYS = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Way[];

/** What a way comes to: done, with or without something to put back; tapped by the person; or not possible, for a reason. */
const comesTo = (
  way: Way,
  release: keyof typeof SDKS,
  maker: string,
): Readonly<Record<string, readonly string[]>> => {
  const sdk = SDKS[release];
  const facts = healthyFacts({
    android: told({ sdk, release: String(release), maker, isUnlocked: true }),
    tools: told({
      canClearCacheOnly: sdk >= 33,
      canRemoveUpdatesOfOne: sdk >= 30,
      canScanVolumes: sdk >= 29,
    }),
  });
  const made = FIX_CODES_BY_WAY[way].map((code) => ({
    code,
    recipe: fixOf(code).recipe(facts, { isOverNetwork: false, ssid: 'House' }),
  }));
  for (const { code, recipe } of made) {
    if (recipe.kind === 'cannot') {
      match(recipe.why, /^[A-Z].{15,}\.$/s, code);
      continue;
    }
    const kinds = new Set(recipe.steps.map(({ kind }) => kind));
    deepEqual(kinds.has('change'), recipe.risk === 'reversible', `${code}: what is set can be put back`);
    if (recipe.risk === 'guided') ok(kinds.has('tap'), `${code}: somebody is told what to tap`);
    for (const { says } of recipe.steps) match(says, /^[A-Z].{5,}/s, code);
  }
  return Object.groupBy(
    made.map(({ code, recipe }) => ({ code, kind: recipe.kind === 'cannot' ? 'cannot' : recipe.risk })),
    ({ kind }) => kind,
  ) as never;
};

for (const release of [9, 10, 12, 14, 16] as const)
  for (const maker of MAKERS)
    test(`it does, guides or explains each of the seven ways on Android ${release} of ${maker}`, () => {
      for (const way of WAYS) ok(Object.keys(comesTo(way, release, maker)).length > 0);
      const updates = Object.keys(comesTo(5, release, maker));
      deepEqual(updates, [release >= 12 ? 'destructive' : 'guided'], 'never the form that takes no package');
    });
