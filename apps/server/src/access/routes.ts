import cookie, { type CookieSerializeOptions } from '@fastify/cookie';
import { ROUTES } from '@holdfast/contract';
import { Failure } from '@holdfast/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { badRequest, SERVER_FAILURES } from '../failures.ts';
import { operation } from '../operation.ts';
import { type Access, sessionOf } from './access.ts';
import { isFromOurselves, isOurHost } from './origin.ts';

const COOKIE = 'holdfast';
const COOKIE_OPTIONS: CookieSerializeOptions = {
  httpOnly: true,
  sameSite: 'strict',
  path: '/',
  maxAge: 30 * 24 * 3600,
};
const SESSION_URL = ROUTES.session.split(' ')[1];

/** The name of the session that a request brings. */
export const sessionName = (request: FastifyRequest): string | undefined => request.cookies[COOKIE];

/** Keeps out who may not come in, before anything else of a request is looked at, and lets in who may. */
export async function accessRoutes(app: FastifyInstance, access: Access): Promise<void> {
  await app.register(cookie);
  app.addHook('onRequest', async (request) => guard(request, access));

  app.get<{ Querystring: { key?: unknown } }>(
    '/enter',
    { exposeHeadRoute: false },
    async (request, reply) => {
      const { key } = request.query;
      if (typeof key !== 'string' || key.length > 200) throw badRequest('This is no link to come in by');
      if (!access.links.spend(key)) {
        // The same link opened twice in one browser comes in too: it is in already.
        if (access.sessions.isOpen(sessionName(request))) return reply.redirect('/', 303);
        throw new Failure(SERVER_FAILURES.badLink, 'This link was used already, or it is too old', {
          hint: 'Take a new one from "holdfast" on the computer that it runs on.',
        });
      }
      giveCookie(reply, await access.sessions.begin());
      return reply.redirect('/', 303);
    },
  );

  operation(app, 'session', ({ request }) => sessionOf(access, access.sessions.isOpen(sessionName(request))));
  operation(app, 'logIn', async ({ body, request, reply }) => {
    giveCookie(reply, await access.logIn(body.password, request.ip));
    return sessionOf(access, true);
  });
  operation(app, 'logOut', async ({ request, reply }) => {
    await access.sessions.end(sessionName(request));
    reply.clearCookie(COOKIE, COOKIE_OPTIONS);
    return { ok: true };
  });
}

function giveCookie(reply: FastifyReply, name: string): void {
  reply.setCookie(COOKIE, name, COOKIE_OPTIONS);
}

function guard(request: FastifyRequest, access: Access): void {
  const { headers } = request;
  if (!isOurHost(headers.host, access.served)) throw foreign('This name does not lead here');
  // The route that was found, however its address was spelled.
  const { url: route } = request.routeOptions;
  if (!isApi(route ?? request.url)) return;
  if (!isFromOurselves(headers)) throw foreign('This was asked by another page');
  if (route === SESSION_URL || access.sessions.isOpen(sessionName(request))) return;
  throw new Failure(SERVER_FAILURES.noSession, 'This browser has not come in yet', {
    hint: access.password.isSet ? 'Log in with the password.' : 'Open the link that "holdfast" prints.',
  });
}

/** True for addresses of the API. */
export const isApi = (url: string): boolean => /^\/api([/?#]|$)/.test(url);

const foreign = (says: string): Failure =>
  new Failure(SERVER_FAILURES.foreign, says, { hint: 'Open Holdfast by the address that it prints.' });
