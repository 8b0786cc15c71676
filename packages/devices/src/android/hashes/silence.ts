/** What slow storage, without hardware for hashing beside it, gets through. */
const SLOWEST_BYTES_A_MS = 10_000;

/** How long a command that hashes may be silent: a minute, and what these bytes take a slow phone. */
export const hashingSilence = (sizeBytes: number): Temporal.Duration =>
  Temporal.Duration.from({ milliseconds: 35_000 + Math.ceil(sizeBytes / SLOWEST_BYTES_A_MS) });
