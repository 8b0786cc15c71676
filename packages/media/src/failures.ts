/** Every failure code this package throws. */
export const MEDIA_FAILURES = {
  /** Of this file no picture can be made: it is none, it is damaged, or of a kind that nothing here can show. */
  noPicture: 'media/no-picture',
  /** It would take more memory or time than a picture may cost. */
  tooLarge: 'media/too-large',
  /** Pictures are no longer made: the program ends. */
  closed: 'media/closed',
} as const;
