import type { FastifyInstance } from 'fastify';
import { badRequest } from '../failures.ts';
import { operation } from '../operation.ts';
import { planRestore, type RestoreDeps } from './plan-restore.ts';

/** Registers planning what to give back, and looking at plans. */
export function restoreRoutes(app: FastifyInstance, deps: RestoreDeps): void {
  operation(app, 'planRestore', ({ body, signal }) => planRestore(body, deps, signal));
  operation(app, 'plannedItems', ({ params, query: { comesTo, after = '0', limit } }) => {
    if (!/^\d{1,9}$/.test(after)) throw badRequest('There is no such place in the list');
    const list = deps.plans.items(params.plan)[comesTo];
    const from = Number(after);
    const end = from + limit;
    return {
      items: list.slice(from, limit),
      ...(end < list.length && { next: String(end) }),
    };
  });
}
