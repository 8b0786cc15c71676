import type { FixCode } from '#fix-code.ts';
import type { PhotosFacts } from '#photos-facts.ts';
import type { Recipe } from './step.ts';

/** What only some fixes have to know, and what is a person's. */
export interface Extras {
  /** The name of the Wi-Fi in use. */
  readonly ssid?: string;
  /** The link to the phone is over that Wi-Fi. */
  readonly isOverNetwork: boolean;
}

/** What the catalogue knows of a fix. */
export interface FixEntry {
  readonly code: FixCode;
  /** One line. */
  readonly title: string;
  /** What it does and what may happen. */
  readonly explain: string;
  /** What it does on this phone, or why it cannot be done there. Pure. */
  readonly recipe: (facts: PhotosFacts, extras: Extras) => Recipe;
  /** The screen tells more: what is to be asked before, besides the facts. */
  readonly asks?: 'ssid';
}
