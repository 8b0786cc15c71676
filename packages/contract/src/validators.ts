/**
 * Validators of what crosses the wire, for whoever receives it.
 *
 * ```ts
 * const line = jsonLineSchema.parse(JSON.parse(printed)); // { type: 'backup', … }
 * ```
 */
export { jsonLineSchema } from './lines/json-line.ts';
