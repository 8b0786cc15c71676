/** About so many: its first digit, and noughts. */
export function rounded(number: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, number))));
  return Math.round(number / unit) * unit;
}
