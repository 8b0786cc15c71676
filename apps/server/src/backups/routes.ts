import type { BackupIndex, Contents } from '@holdfast/contents';
import type { OperationName } from '@holdfast/contract';
import type { Answer } from '@holdfast/contract/api';
import { type Clock, isFailure } from '@holdfast/kernel';
import type { Id } from '@holdfast/restic-format';
import type { FastifyInstance } from 'fastify';
import { type OperationInput, operation } from '../operation.ts';
import { problemOf } from '../problem.ts';
import type { Reader } from '../reading/reading-room.ts';
import { BackupList, type DeviceNames } from './backup-list.ts';

/** What the routes of backups use. */
export interface BackupDeps {
  readonly contents: Pick<Contents, 'ready' | 'state' | 'keepOnly'>;
  /** A reader of the repository. */
  readonly enter: (signal: AbortSignal) => Promise<Reader>;
  readonly names: () => Promise<DeviceNames>;
  readonly clock: Clock;
}

/** Small backups are laid out within that: then nobody needs to ask again. */
const A_MOMENT = Temporal.Duration.from({ milliseconds: 300 });

/** Operations that tell of what is in one backup. */
type Inside = Extract<
  OperationName,
  'days' | 'media' | 'files' | 'threads' | 'messages' | 'records' | 'record' | 'search'
>;

/** Registers the operations on backups and what is in them. */
export function backupRoutes(app: FastifyInstance, { contents, enter, names, clock }: BackupDeps): void {
  const list = new BackupList();

  operation(app, 'backups', async ({ query, signal }) => {
    await using reader = await enter(signal);
    const { backups, ids, isWhole } = await list.all(reader, await names(), query.device);
    // What was forgotten is not to be looked at any more.
    if (isWhole) contents.keepOnly(ids);
    return { backups };
  });
  operation(app, 'backup', async ({ params, signal }) => {
    await using reader = await enter(signal);
    return await list.one(reader, await names(), params.backup);
  });
  operation(app, 'contents', ({ params, signal }) => howFar(contents, clock, params.backup, signal));

  const inside = <N extends Inside>(
    name: N,
    tell: (index: BackupIndex, input: OperationInput<N>) => ReturnType<Parameters<typeof operation<N>>[2]>,
  ): void =>
    operation(app, name, async (input) => {
      const { backup } = input.params as { readonly backup: Id };
      return tell(await contents.ready(backup, input.signal), input);
    });
  inside('days', (index, { query }) => index.days(query.kinds));
  inside('media', (index, { query }) => index.media(query.kinds, query.from, query.limit));
  inside('files', (index, { query: { folder, after, limit } }) => index.files(folder, { after, limit }));
  inside('threads', (index, { query }) => index.threads(query));
  inside('messages', (index, { params, query }) => index.messages(params.thread, query));
  inside('records', (index, { query }) => index.records(query));
  inside('record', (index, { params }) => index.record(params.entry));
  inside('search', (index, { query }) => index.search(query));

  operation(app, 'compare', async ({ params, query, signal }) => {
    const newer = await contents.ready(params.backup, signal);
    using _newer = newer.hold();
    const older = await contents.ready(query.with, signal);
    using _older = older.hold();
    return await newer.compare(older, query);
  });
}

/** How far a backup is laid out, after a moment in which it may become so. */
async function howFar(
  contents: BackupDeps['contents'],
  clock: Clock,
  backup: Id,
  signal: AbortSignal,
): Promise<Answer<'contents'>> {
  if (contents.state(backup).kind === 'opening') {
    const waiting = new AbortController();
    const stop = AbortSignal.any([signal, waiting.signal]);
    const nothing = (): void => {};
    await Promise.race([
      contents.ready(backup, stop).then(nothing, nothing),
      clock.sleep(A_MOMENT, stop).catch(nothing),
    ]);
    waiting.abort();
    signal.throwIfAborted();
  }
  const state = contents.state(backup);
  switch (state.kind) {
    case 'opening':
      return { kind: 'opening', entries: state.entries };
    case 'failed': {
      if (isFailure(state.failure, 'repository/no-snapshot')) throw state.failure;
      const { message, hint } = problemOf(state.failure);
      return { kind: 'failed', message, ...(hint !== undefined && { hint }) };
    }
    case 'ready':
      return state.index.contents();
    default:
      return state satisfies never;
  }
}
