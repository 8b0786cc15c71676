/** What both sides agreed on when the link was made. */
export interface LinkTerms {
  readonly mostPayloadBytes: number;
  /** Older protocols want checksums. */
  readonly hasChecksums: boolean;
  /** Acknowledgements count bytes, so that many writes may be on their way; else one per stream. */
  readonly isAckDelayed: boolean;
}

/** Bytes the other side may send of a stream before we acknowledge any (AOSP `INITIAL_DELAYED_ACK_BYTES`). */
export const WINDOW_BYTES: number = 32 * 1024 * 1024;
