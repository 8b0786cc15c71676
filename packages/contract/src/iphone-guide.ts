/** Something to look at on an iPhone, and what to do there. */
export interface IphoneStep {
  readonly title: string;
  readonly where: string;
  readonly does: string;
}

/** What to check on an iPhone, the likeliest and quickest first. */
export const IPHONE_STEPS: readonly IphoneStep[] = [
  {
    title: 'See what Google Photos says',
    where: 'Google Photos → your picture at the top right',
    does: 'It tells whether backup is on, waiting or complete. If it is off, turn it on, and look which account it backs up to.',
  },
  {
    title: 'Let it see all photos',
    where: 'Settings → Privacy & Security → Photos → Google Photos',
    does: 'Choose “Full Access”. With “Limited Access” it never learns of the photos that are not ticked.',
  },
  {
    title: 'Keep it open while it prepares',
    where: 'Settings → Display & Brightness → Auto-Lock → Never',
    does: 'Plug the iPhone in, open Google Photos and leave it on the screen for a while. That usually gets a stuck “Preparing backup” going. Set Auto-Lock back afterwards.',
  },
  {
    title: 'Let it work in the background',
    where: 'Settings → General → Background App Refresh',
    does: 'Turn it on, and on for Google Photos too.',
  },
  {
    title: 'End Low Power Mode',
    where: 'Settings → Battery → Low Power Mode',
    does: 'It halts work in the background. Charge the iPhone and turn it off.',
  },
  {
    title: 'Look at the network',
    where: 'Google Photos → Backup settings → Mobile data; Settings → Mobile Data → Google Photos',
    does: 'Without Wi-Fi it waits unless both allow mobile data. A VPN, or a Wi-Fi that asks you to sign in, can hold it up too.',
  },
  {
    title: 'Look at iCloud Photos',
    where: 'Settings → your name → iCloud → Photos',
    does: 'With “Optimise iPhone Storage” the originals are in iCloud: each one must come back to the phone before Google Photos can send it, and that takes free space and time.',
  },
  {
    title: 'Make room on the phone and at Google',
    where: 'Settings → General → iPhone Storage; Google Photos → Account storage',
    does: 'A full phone cannot prepare videos. The 15 GB of a Google account are shared with Gmail and Drive; when they are used up, backup stops.',
  },
  {
    title: 'Update the app, then restart the phone',
    where: 'App Store → your picture → Google Photos',
    does: 'Then restart the iPhone and open Google Photos once.',
  },
  {
    title: 'Look for photos it skips',
    where: 'Google Photos → your picture → Backup',
    does: 'Photos above 200 MB or 200 megapixels and very small ones are not taken. The app tells how many it left out, rarely which.',
  },
];

/** What a computer cannot be told by an iPhone, whatever it asks. */
export const IPHONE_UNTOLD: readonly string[] = [
  'how many photos wait in Google Photos, and which',
  'how full the Google account is',
  'whether its backup is switched on',
];
