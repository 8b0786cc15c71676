/**
 * One stream of a phone: a service that was opened.
 *
 * Nothing is read ahead beyond a bounded window, so not reading holds the phone back.
 */
export interface AdbStream {
  /**
   * The next bytes, at least one; the caller's to keep. `undefined` once the phone ended the stream. Fails with
   * `adb/gone` when the connection was lost, and after `close` with its reason. One call at a time.
   */
  read(): Promise<Uint8Array | undefined>;
  /** Resolves when the link can take more. Fails as `read` does. The bytes may be kept until then. One call at a time. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the stream at once, on both sides; what is under way fails with `reason` (default: `adb/gone`). Again does no harm. */
  close(reason?: unknown): void;
}

/** What a phone said of itself when the link was made; empty where it did not. */
export interface Banner {
  /** `device`, `recovery`, `sideload`, … */
  readonly state: string;
  readonly product: string;
  readonly model: string;
  readonly device: string;
}

/** A way to one phone, over which services are opened; the same for every kind of link. */
export interface AdbTransport extends AsyncDisposable {
  /** What names the phone on this link: its serial number, or its address. */
  readonly serial: string;
  readonly banner: Banner;
  /** What its adb daemon offers: `shell_v2`, `ls_v2`, … Ask; never assume. */
  readonly features: ReadonlySet<string>;
  /**
   * Opens a service (`sync:`, `shell,v2,raw:…`). An abort of `signal`, now or later, ends the stream with its reason.
   *
   * Fails with `adb/refused-service`, `adb/gone`, `adb/stalled`, `adb/command-too-long` and, through an adb server, with the
   * codes of device states (`describeState`).
   */
  openStream(service: Uint8Array, signal?: AbortSignal): Promise<AdbStream>;
}
