/** Every failure code of a home folder and what is at hand in it. */
export const HOME_FAILURES = {
  /** The home folder, or a file in it, cannot be made, read or written. */
  folder: 'home/folder',
  /** Nothing says what the password is. */
  noPassword: 'home/no-password',
  /** A password file that cannot be read, or is empty. */
  passwordFile: 'home/password-file',
  /** A kind of place where no repository can be. */
  badPlace: 'home/bad-place',
  /** A variable, or a word, that should be an address and is none. */
  badAddress: 'home/bad-address',
  /** Another run is giving a backup back to the phone, or mends it. */
  phoneBusy: 'home/phone-busy',
} as const;
