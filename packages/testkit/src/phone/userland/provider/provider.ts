import type { SQLInputValue } from 'node:sqlite';
import type { Android } from '../android.ts';

/** A `content:` address. */
export interface ContentUri {
  readonly text: string;
  readonly authority: string;
  readonly path: readonly string[];
  readonly parameters: URLSearchParams;
}

/** What a query asks for, as the command's options say it. */
export interface Question {
  readonly projection: readonly string[] | undefined;
  readonly where: string | undefined;
  readonly sort: string | undefined;
}

/** Values of a new or changed row. */
export type Values = Map<string, string | bigint | number | null>;

/** Rows with the names of their columns, which may be there more than once. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** As node:sqlite gives them when integers are `bigint`. */
export type Cell = string | bigint | number | null | Uint8Array;

/** One provider of content. What it throws are `JavaException`s; a verb that is not there does nothing. */
export interface Provider {
  /** Class name, as exceptions say it. */
  readonly className: string;
  /** Permissions without which nothing is read or written. */
  readonly readPermission?: string;
  readonly writePermission?: string;
  /** `undefined`: no cursor at all. */
  readonly query?: (android: Android, uri: ContentUri, question: Question) => Rows | undefined;
  readonly insert?: (android: Android, uri: ContentUri, values: Values) => void;
  readonly update?: (android: Android, uri: ContentUri, values: Values, where: string | undefined) => void;
  readonly delete?: (android: Android, uri: ContentUri, where: string | undefined) => void;
  /** The bytes behind an address. */
  readonly read?: (android: Android, uri: ContentUri) => Uint8Array;
  readonly write?: (android: Android, uri: ContentUri, bytes: Uint8Array) => void;
  /** Its answer, as a `Bundle` prints; `undefined` for none. */
  readonly call?: (android: Android, method: string, argument: string | undefined) => string | undefined;
}

/** A `content:` address in its parts; names in its path are decoded. */
export function parseUri(text: string): ContentUri {
  const [, authority = '', path = '', query = ''] = /^content:\/\/([^/?]*)([^?]*)\??(.*)$/s.exec(text) ?? [];
  return {
    text,
    authority,
    path: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    parameters: new URLSearchParams(query),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A row as an object, for inserting it. */
export type Row = Readonly<Record<string, SQLInputValue>>;
