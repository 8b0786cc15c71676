import type { AndroidPhone } from '@holdfast/devices/android';

/** What a phone says of itself, for its backups. */
export function factsOf({ facts }: AndroidPhone): Readonly<Record<string, string>> {
  const { manufacturer, model, release, sdk } = facts;
  const told = Object.entries({ manufacturer, model, android: release, sdk });
  return Object.fromEntries(
    told.flatMap(([name, fact]) => (fact.kind === 'value' ? [[name, String(fact.value)]] : [])),
  );
}
