/** Why Google Photos would not take a file. */
export type SkipReason =
  | 'empty'
  | 'too-large'
  /** Texts disagree. */
  | 'may-be-too-large'
  | 'too-many-pixels'
  | 'too-small'
  | 'type'
  | 'broken'
  | 'pending'
  | 'trashed'
  | 'folder-off'
  /** The phone's index of media has never heard of it. */
  | 'unseen'
  /** The same, and no wonder: of a type that phones do not count as photos or videos, or Google Photos does not take. */
  | 'unlisted';

/** What Google Photos takes, as of a time. */
export interface LimitTable {
  /** `2026-03` */
  readonly version: string;
  /** Where it stands. */
  readonly source: string;
  readonly photo: { readonly mostBytes: number; readonly mostPixels: number };
  /** Beyond `warnBytes` texts disagree; beyond `mostBytes` none takes it. */
  readonly video: { readonly warnBytes: number; readonly mostBytes: number };
  /** Both sides of a photo are to be larger than this. */
  readonly leastSide: number;
  /** Extensions, in small letters. */
  readonly photoTypes: ReadonlySet<string>;
  readonly videoTypes: ReadonlySet<string>;
}
