import type { Alert, Card, RepositoryCare, Rules, Run, Settings } from '@holdfast/contract/api';

/** A device, with everything that is known of it: what of that may be told is chosen later. */
export interface DiagnosedDevice {
  readonly card: Card;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly rules: Rules;
  readonly counts: readonly {
    readonly kind: string;
    readonly state: string;
    readonly reason: string;
    readonly isGone: boolean;
    readonly items: number;
  }[];
  /** What holds its next backup back. */
  readonly heldBy?: string | undefined;
}

/** All that diagnostics are made of. */
export interface DiagnosticsFacts {
  readonly now: Temporal.Instant;
  readonly version: string;
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly release: string;
    readonly architecture: string;
    readonly cores: number;
    readonly memoryBytes: number;
  };
  readonly devices: readonly DiagnosedDevice[];
  /** Codes of phones in sight that cannot be used yet. */
  readonly strangers: readonly { readonly code: string }[];
  readonly runs: readonly Run[];
  /** Or why nothing can be said of it. */
  readonly repository: RepositoryCare | { readonly failure: string };
  readonly alerts: readonly Alert[];
  readonly settings: Settings;
}
