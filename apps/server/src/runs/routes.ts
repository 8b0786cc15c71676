import type { FastifyInstance } from 'fastify';
import { operation } from '../operation.ts';
import type { Runs } from './runs.ts';

/** Registers what a person can ask of runs. */
export function runRoutes(app: FastifyInstance, { runs }: { readonly runs: Runs }): void {
  operation(app, 'runs', ({ query }) => ({ runs: runs.list(query.device) }));
  operation(app, 'run', ({ params }) => runs.get(params.run));
  operation(app, 'startRun', ({ body }) => runs.start(body, 'person'));
  operation(app, 'pauseRun', ({ params }) => runs.pause(params.run));
  operation(app, 'resumeRun', ({ params }) => runs.resume(params.run));
  operation(app, 'stopRun', ({ params }) => runs.stop(params.run));
  operation(app, 'runItems', ({ params, query: { states, reason, after, limit } }) =>
    runs.items(params.run, { states, reason }, { after, limit }),
  );
}
