import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { noSuch } from './failures.ts';

/** Serves the built web app. Its screens have addresses of their own, all of which are its one page. */
export async function webRoutes(app: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder === undefined) {
    app.setNotFoundHandler(() => {
      throw noSuch('address');
    });
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Names of what is in assets/ change with their contents.
      const isAsset = /[/\\]assets[/\\]/.test(path.slice(folder.length));
      reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || /^\/(assets|enter)(\/|$)/.test(request.url)) throw noSuch('address');
    return reply.sendFile('index.html');
  });
}
