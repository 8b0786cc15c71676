import type { ItemKind, ReasonCode } from '@holdfast/contract';

/** Why something that was listed cannot be an ordinary item of a backup: it could not be looked at, or a rule leaves it out. */
export interface Problem {
  readonly reason: ReasonCode;
  /** What the system said. */
  readonly detail?: string;
}

/** What a listing says of one name. */
export interface ListedEntry {
  /** One part of a path, as sources spell it. */
  readonly name: string;
  /** `folder` for a subfolder: what is in it comes with its own listing. */
  readonly kind: ItemKind | 'folder';
  /** An estimate for a made file. Absent where there is a problem. */
  readonly sizeBytes?: number;
  /** Nanoseconds since 1970. */
  readonly mtimeNs?: bigint;
  /** A file made of records: they are the items, each of its own kind, and told with {@link Ledger.records}. */
  readonly isMade?: boolean;
  /** A made file that is no item and has none inside: the picture of a message. */
  readonly isPart?: boolean;
  readonly problem?: Problem;
}

/** What a listing is, beside its entries. */
export interface ListedOptions {
  /**
   * Set when there may be more than is listed: it stopped before its end, or leaves out what nobody asked for. Then what is
   * not listed is not gone.
   */
  readonly isPartial?: boolean;
}

/** A record of a made file. */
export interface ListedRecord {
  /** The same from run to run and on every device: made of what the record says. */
  readonly key: string;
  readonly kind: ItemKind;
  /** One line for a person. */
  readonly title: string;
  /** Set when it could not be read. */
  readonly reason?: ReasonCode;
  readonly detail?: string;
}

/** Content that is stored or on its way. */
export interface SavedContent {
  /** Ids of its blobs in order, in hexadecimal; none for an empty file or a link. */
  readonly content: readonly string[];
  readonly sizeBytes: number;
  /** As it was while it was read, where that may differ from the listing. */
  readonly mtimeNs?: bigint;
  /** Of the whole content, in hexadecimal, where it is known. */
  readonly sha256?: string;
  /** Of a made file: then they are the items, and the file is not. */
  readonly records?: Iterable<ListedRecord>;
}

/** What is known of an item that is not in the backup. */
export interface SettledOptions {
  readonly detail?: string;
  /** Since when it is set aside for this reason; default: since this run began, or as the ledger has it for the same reason. */
  readonly since?: Temporal.Instant;
}
