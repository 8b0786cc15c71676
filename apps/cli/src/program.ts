/** This program's version, as in its package.json. */
export const VERSION = '0.1.0';

/** How this program names itself in snapshots. */
export const PROGRAM = `holdfast ${VERSION}`;
