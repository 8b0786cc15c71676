/** Every failure code this package throws. */
export const KERNEL_FAILURES = {
  /** Text that should be hexadecimal digits is not. */
  badHex: 'kernel/bad-hex',
  /** A name holds half a surrogate pair that stands for no byte, so no bytes can be made of it. */
  badName: 'kernel/bad-name',
  /** A source gave more bytes than its reader was prepared to hold. */
  tooLarge: 'kernel/too-large',
} as const;
