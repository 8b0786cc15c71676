import type { OperationName } from '@holdfast/contract';
import type { Answer, Card, Run, ServerEvent } from '@holdfast/contract/api';
import type { QueryClient } from '@tanstack/react-query';
import { asksKeyOf, keyOf } from './keys.ts';

/** What is asked for again when the server says that something is no longer as it was. */
export const STALE_AFTER: Readonly<
  Record<Extract<ServerEvent, { kind: 'changed' }>['what'] | 'run-ended', readonly OperationName[]>
> = {
  backups: ['backups', 'repository'],
  items: ['items', 'counts', 'device'],
  settings: ['settings'],
  repository: ['repository', 'backups'],
  'run-ended': ['runs', 'items', 'counts', 'device', 'runItems', 'repository', 'backups'],
};

/** Puts an event into the answers that are kept, and gives the operations whose answers must be asked for again. */
export function applyEvent(client: QueryClient, event: ServerEvent): readonly OperationName[] | 'all' {
  switch (event.kind) {
    case 'home':
      putHome(client, event.home);
      return [];
    case 'run':
      return putRun(client, event);
    case 'doctor':
      client.setQueryData(asksKeyOf(event.device), event);
      return [];
    case 'changed':
      return STALE_AFTER[event.what];
    case 'reset':
      return 'all';
  }
}

type RunEvent = Extract<ServerEvent, { kind: 'run' }>;

function putHome(client: QueryClient, home: Answer<'home'>): void {
  // What was asked for before may be answered after, and older.
  for (const name of ['home', 'devices'] as const) void client.cancelQueries({ queryKey: keyOf(name) });
  client.setQueryData(keyOf('home'), home);
  client.setQueryData(keyOf('devices'), { cards: home.cards, strangers: home.strangers });
  for (const card of home.cards) putCard(client, card);
}

function putCard(client: QueryClient, card: Card): void {
  client.setQueryData<Answer<'device'>>(
    keyOf('device', { params: { device: card.device.id } }),
    (old) => old && { ...old, card },
  );
}

function putRun(client: QueryClient, { run, says }: RunEvent): readonly OperationName[] {
  const before = client.getQueryData<Run>(keyOf('run', { params: { run: run.id } }));
  client.setQueryData(keyOf('run', { params: { run: run.id } }), run);
  client.setQueriesData<Answer<'runs'>>(
    { queryKey: ['runs'] },
    (old) => old && { runs: withRun(old.runs, run) },
  );
  client.setQueryData<Answer<'home'>>(
    keyOf('home'),
    (old) => old && { ...old, cards: old.cards.map((card) => cardWithRun(card, run, says)) },
  );
  return run.ended !== undefined && before?.ended === undefined ? STALE_AFTER['run-ended'] : [];
}

const withRun = (runs: readonly Run[], run: Run): Run[] =>
  runs.map((other) => (other.id === run.id ? run : other));

/** A card that shows this run already, and says what it does now; which run a card shows is for the server to say. */
function cardWithRun(card: Card, run: Run, says: RunEvent['says']): Card {
  if (card.run?.id !== run.id) return card;
  const { remedy: _before, ...rest } = card;
  return says === undefined ? { ...card, run } : { ...rest, ...says, run };
}
