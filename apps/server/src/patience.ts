import type { FastifyReply } from 'fastify';

/**
 * So long a client may take nothing of an answer that is ready for it. A browser that was paused asks for the rest of a file when it goes on; what is
 * half asleep would keep the repository locked for good. The buffers of both ends are megabytes, which a slow client takes before more can be sent.
 */
export const PATIENCE = Temporal.Duration.from({ minutes: 5 });

/** Closes the connection of an answer once its client took nothing of what waits for it for so long; one that takes a little now and then keeps it. */
export function endWhenNothingIsTaken({ raw }: FastifyReply, patience: Temporal.Duration): void {
  // Node asks the system how much is still to be sent, and begins anew while that gets less: it may be twice as long.
  raw.setTimeout(patience.total({ unit: 'milliseconds' }), () => {
    // Where nothing waits, it is us who are slow.
    if (raw.writableLength > 0) raw.destroy();
  });
}
