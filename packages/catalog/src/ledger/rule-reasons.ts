import type { ReasonCode } from '@holdfast/contract';

/**
 * Reasons that a person chose. Such an item is on the device as it was, though nobody looked: what is stored of it, and its receipt, stay
 * known for when it is let in again, and a folder is left out with all that is in it.
 */
export const RULE_REASONS: ReadonlySet<ReasonCode> = new Set([
  'rule-folder',
  'rule-size',
  'rule-age',
  'rule-item',
  'held',
]);
