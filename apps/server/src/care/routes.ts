import type { RepositoryCare } from '@holdfast/contract/api';
import { savedDevice } from '@holdfast/engine';
import { changePasswordHere, type Host, makeRecoveryKit } from '@holdfast/home';
import { Failure } from '@holdfast/kernel';
import type { ForgetPlan, SnapshotEntry } from '@holdfast/repository';
import type { FastifyInstance } from 'fastify';
import { SERVER_FAILURES } from '../failures.ts';
import { operation } from '../operation.ts';
import type { ForgetPlans } from './plans.ts';
import type { RepositoryLook } from './repository-look.ts';
import type { RetentionAsked } from './retention.ts';

/** What the routes of the repository use. */
export interface CareRoutes {
  readonly host: Host;
  readonly look: RepositoryLook;
  readonly view: () => Promise<RepositoryCare>;
  readonly plans: ForgetPlans;
  /** What retention would let go now. */
  readonly planForget: (asked: RetentionAsked, signal: AbortSignal) => Promise<ForgetPlan>;
  /** The repository is not as it was. */
  readonly onChange: () => void;
  /** Lets go of the repository, as far as nobody waits for what is read there, until the answer is disposed of. */
  readonly makeWay: () => Promise<Disposable>;
}

/** Registers how the repository is, what retention would let go, and its password. */
export function careRoutes(app: FastifyInstance, deps: CareRoutes): void {
  const { host, look, view, plans, planForget, onChange, makeWay } = deps;
  operation(app, 'repository', view);
  operation(app, 'planForget', async ({ body, signal }) => {
    const plan = await planForget(body, signal);
    return { plan: plans.keep(plan), ...shown(plan) };
  });
  operation(app, 'changePassword', async ({ body }) => {
    using _way = await makeWay();
    await changePasswordHere(host, body.next, (current) => {
      if (current !== body.current) throw wrongPassword();
    });
    look.reopen();
    onChange();
    return { ok: true };
  });
  operation(app, 'recoveryKit', async () => {
    const { text } = await makeRecoveryKit(host);
    look.stale();
    onChange();
    return { text };
  });
}

const wrongPassword = (): Failure =>
  new Failure(SERVER_FAILURES.wrongPassword, 'That is not the password of the repository', {
    hint: 'The recovery kit has it. Nothing was changed.',
  });

function entryOf(entry: SnapshotEntry) {
  const device = savedDevice(entry);
  const time = Temporal.Instant.fromEpochNanoseconds(entry.timeNs).toString();
  return { id: entry.id, time, ...(device && { device }) };
}

function shown({ groups }: ForgetPlan) {
  const keep = groups.flatMap((group) =>
    group.keep.map(({ entry, reasons }) => ({ ...entryOf(entry), reasons: [...reasons] })),
  );
  const remove = groups.flatMap((group) => group.remove.map(entryOf));
  return { keep, remove };
}
