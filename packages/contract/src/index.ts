/**
 * What crosses the wire, to the browser and to `--json`: states, reasons and result shapes. Data, and how
 * sizes are written; nothing here reads, writes or decides.
 *
 * ```ts
 * const { state, sentence } = reasonEntry('special-file'); // 'skipped', 'It is a pipe, …'
 * ```
 *
 * What validates is behind a door of its own, `@holdfast/contract/validators`: it takes longer to load than a short command to run.
 */
export { AS_OF_HEADER, BYTE_ROUTES, type OperationName, ROUTES } from './api/routes.ts';
export { type Balance, balances } from './balance.ts';
export {
  CAPABILITY_NOTES,
  type Capability,
  type CapabilityCode,
  type CapabilityNote,
  type CapabilityReport,
  capabilityNote,
} from './capabilities.ts';
export { IPHONE_STEPS, IPHONE_UNTOLD, type IphoneStep } from './iphone-guide.ts';
export type { JsonLine, JsonLineOf } from './lines/json-line.ts';
export { REASONS, type ReasonCode, type ReasonEntry, reasonEntry } from './reasons.ts';
export { formatBytes, formatBytesAtLeast } from './sizes.ts';
export {
  DEVICE_KINDS,
  type DeviceKind,
  ITEM_KINDS,
  ITEM_STATES,
  ITEM_TYPES,
  type ItemKind,
  type ItemState,
  type ItemType,
} from './states.ts';
