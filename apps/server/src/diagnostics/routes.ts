import type { FastifyInstance } from 'fastify';
import { operation } from '../operation.ts';
import { diagnosticsText } from './diagnostics-text.ts';
import type { DiagnosticsFacts } from './facts.ts';

/** What the route of diagnostics uses. */
export interface DiagnosticsRoutes {
  readonly facts: () => Promise<DiagnosticsFacts>;
}

/** Registers diagnostics. */
export function diagnosticsRoutes(app: FastifyInstance, { facts }: DiagnosticsRoutes): void {
  operation(app, 'diagnostics', async () => ({ text: diagnosticsText(await facts()) }));
}
