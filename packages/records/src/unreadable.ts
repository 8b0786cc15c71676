/** What a parser yields in place of a record it cannot read; what follows is read on. */
export interface Unreadable {
  readonly kind: 'unreadable';
  /** The line it begins in, from 1. */
  readonly line: number;
  /** Why, in words that quote nothing of the content. */
  readonly detail: string;
}
