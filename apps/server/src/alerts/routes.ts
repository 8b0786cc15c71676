import type { FastifyInstance } from 'fastify';
import { operation } from '../operation.ts';
import type { AlertBook } from './alert-book.ts';

/** What the routes of alerts use. */
export interface AlertRoutes {
  readonly book: Pick<AlertBook, 'dismiss'>;
  /** What a person sees is different. */
  readonly onChange: () => void;
}

/** Registers what can be done with an alert. */
export function alertRoutes(app: FastifyInstance, { book, onChange }: AlertRoutes): void {
  operation(app, 'dismissAlert', async ({ params }) => {
    await book.dismiss(params.alert);
    onChange();
    return { ok: true };
  });
}
