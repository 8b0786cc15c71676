import { Readable } from 'node:stream';
import { AS_OF_HEADER } from '@holdfast/contract';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Access } from './access/access.ts';
import { accessRoutes, isApi } from './access/routes.ts';
import { noSuch } from './failures.ts';
import { openApiOf } from './open-api.ts';
import { endWhenNothingIsTaken, PATIENCE } from './patience.ts';
import { BUG, refusalOf } from './problem.ts';
import { refuseUnreadable } from './unreadable-request.ts';
import { webRoutes } from './web.ts';

/** What the app is made of. */
export interface AppOptions {
  readonly access: Access;
  /** Registers the operations. */
  readonly routes: (app: FastifyInstance) => void | Promise<void>;
  /** The folder of the built web app; absent: none is served. */
  readonly webFolder?: string;
  readonly version: string;
  /** The id of the last event. */
  readonly asOf: () => string;
  /** Told of errors that nobody foresaw, with their stack traces: they are not sent. */
  readonly onBug: (error: unknown) => void;
  /** Check answers against the contract: in tests. Default false. */
  readonly checksAnswers?: boolean;
  /** How long a client may take nothing of a long answer; in tests less. */
  readonly patience?: Temporal.Duration;
}

const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

/** A page may load from us alone, and run nothing that is written into it. */
const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Bytes of a phone, opened as a page of their own, do nothing at all: they are hostile. */
const API_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/**
 * The app, not yet listening: every route behind the check who may come in, failures answered as problems, the web app for everything that
 * is not the API.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { patience = PATIENCE } = options;
  const app = Fastify({
    bodyLimit: 1_000_000,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // Of the head of a request: an address may carry a long path of a phone.
    http: { maxHeaderSize: 65_536 },
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 1000 },
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error, _request, reply) => {
      const refusal = refusalOf(error) ?? BUG;
      void (reply as FastifyReply).code(refusal.status).send(refusal.problem);
    },
  });
  app.decorate('checksAnswers', options.checksAnswers ?? false);
  takeJsonAlone(app);
  app.addHook('onRequest', async (request, reply) => {
    const isOfApi = isApi(request.routeOptions.url ?? request.url);
    reply.headers({ ...COMMON_HEADERS, 'content-security-policy': isOfApi ? API_POLICY : PAGE_POLICY });
    // Before anything is read for the answer.
    if (isOfApi) reply.headers({ 'cache-control': 'no-store', [AS_OF_HEADER]: options.asOf() });
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (payload instanceof Readable) endWhenNothingIsTaken(reply, patience);
  });
  app.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error);
    if (refusal === undefined && !isAbort(error)) options.onBug(error);
    const { status, problem } = refusal ?? BUG;
    return reply.code(status).type('application/json; charset=utf-8').send(problem);
  });
  await accessRoutes(app, options.access);
  const document = openApiOf(options.version);
  app.get('/api/openapi.json', () => document);
  await options.routes(app);
  app.all('/api/*', () => {
    throw noSuch('address');
  });
  await webRoutes(app, options.webFolder);
  return app;
}

/** Bodies are JSON: forms and plain text are what pages of others can send without asking. None at all is fine where none is wanted. */
function takeJsonAlone(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body as string, done);
  });
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
