/** Name and version, as snapshots say who made them. */
export const VERSION = '0.1.0';

/** As in a snapshot's `program_version`. */
export const PROGRAM = `holdfast ${VERSION}`;
