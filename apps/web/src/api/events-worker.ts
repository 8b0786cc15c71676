/**
 * The worker that all pages of a browser share: it holds their one stream of events. A browser opens six connections to a server and no more; with a
 * stream for each of six windows nothing would be answered any more.
 */
import { followAlone } from './follow-alone.ts';
import { type Asked, SharedEvents, type Tell } from './shared-events.ts';

const events = new SharedEvents(followAlone);

addEventListener('connect', (connecting) => {
  for (const port of (connecting as MessageEvent).ports) {
    const tell: Tell = (told) => port.postMessage(told);
    port.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
      if (data.kind === 'join') events.join(tell, data.last);
      else events.leave(tell);
    });
    // A page that crashed says nothing.
    port.addEventListener('close', () => events.leave(tell));
    port.start();
  }
});
