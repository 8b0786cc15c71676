/** One thing of a phone that can be read, set, and set back: plain data, as it is kept for undoing. */
export type Change =
  | { readonly kind: 'setting'; readonly key: string }
  /** A package's own mode of an operation, not that of all packages of its user id. */
  | { readonly kind: 'app-op'; readonly op: string }
  | { readonly kind: 'permission'; readonly name: string }
  | { readonly kind: 'enabled' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'installed' }
  | { readonly kind: 'standby-bucket' }
  | { readonly kind: 'idle-exemption' }
  /** Lists of data saver hold user ids of apps. */
  | { readonly kind: 'data-saver-list'; readonly list: 'whitelist' | 'blacklist'; readonly uid: number }
  /** `power`: by the command of Android 10 and later; else by the setting. */
  | { readonly kind: 'battery-saver'; readonly by: 'power' | 'setting' }
  | { readonly kind: 'airplane-mode' }
  | { readonly kind: 'wifi' }
  /** Whether a saved Wi-Fi counts as metered. Its name is a person's: it is kept, and not shown. */
  | { readonly kind: 'metered-wifi'; readonly ssid: string };

/** One kind of change. */
export type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;
