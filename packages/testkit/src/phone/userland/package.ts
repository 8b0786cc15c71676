/** An app. Its APK files are in the phone's tree, under `codePath`. */
export interface AndroidPackage {
  readonly name: string;
  readonly appId: number;
  versionCode: number;
  versionName: string;
  readonly targetSdk: number;
  installer: string | undefined;
  readonly isSystem: boolean;
  /** A system app that got a newer version: its older one is still there. */
  isUpdated?: boolean;
  /** Folder of the APK files. */
  codePath: string;
  /** Names of the APK files there, `base.apk` first. */
  files: string[];
  /** 0 default, 1 enabled, 2 disabled, 3 disabled by the person, 4 until it is used. */
  enabled: number;
  isStopped: boolean;
  /** Of an app that is on the phone and not there for its owner, who can have it back. */
  isTakenAway?: boolean;
  isHidden?: boolean;
  isSuspended?: boolean;
  readonly permissions: Map<string, boolean>;
  firstInstall: number;
  lastUpdate: number;
}

/** An installation under way. */
export interface InstallSession {
  readonly totalBytes: number | undefined;
  readonly installer: string | undefined;
  readonly isReplacing: boolean;
  readonly files: Map<string, Uint8Array>;
}
