import { wordsIn } from './known-names.ts';

/** Words of a phone's own that stay wherever they are: each by itself says nothing of a person. */
export const KEPT_WORDS: ReadonlySet<string> = wordsIn(`
  true false null NULL none None unknown yes no enabled disabled allow ignore deny default foreground granted
  Exception Error SecurityException IllegalArgumentException IllegalStateException SQLiteException NullPointerException
  FileNotFoundException UnsupportedOperationException RuntimeException RemoteException
  NetworkAgentInfo WIFI CELLULAR VPN ETHERNET BLUETOOTH CONNECTED NOT_METERED NOT_RESTRICTED NOT_VPN NOT_ROAMING NOT_SUSPENDED
  NOT_CONGESTED INTERNET TRUSTED VALIDATED FOREGROUND TEMPORARILY_NOT_METERED
  SYSTEM UPDATED_SYSTEM_APP HAS_CODE ALLOW_BACKUP USER_SET USER_SENSITIVE_WHEN_GRANTED RUNNING_UNLOCKED RUNNING_LOCKED`);

/** Words that stay in front of `=`, `:`, or a bracket that opens. */
export const LABELS: ReadonlySet<string> = wordsIn(`
  AC USB Wireless Dock powered Max charging current voltage Charge counter status health present level scale temperature
  technology plugged
  package Package pkg codePath resourcePath legacyNativeLibraryDir primaryCpuAbi secondaryCpuAbi versionCode versionName minSdk
  targetSdk splits apkSigningVersion flags timeStamp firstInstallTime lastUpdateTime installerPackageName userId appId User
  ceDataInode installed hidden suspended distractionFlags stopped notLaunched enabled instant virtual gids granted permissions
  Packages Queries Account AccountId Accounts UserInfo name type State Type serialNo isPrimary
  SSID BSSID MAC IP RSSI Frequency score isUsable id state mode uid gid groups context size
  Row Result Auto sync Failure Success network ni lp nc Transports Capabilities InterfaceName LinkAddresses DnsAddresses MTU`);

/** Labels behind which a short number stays: how the phone is, not whose. */
export const NUMBER_LABELS: ReadonlySet<string> = wordsIn(`
  status health level scale temperature voltage enabled stopped flags minSdk targetSdk apkSigningVersion Accounts mode score`);

/** Phrases of a phone's own programs that stay, and after which what is theirs to fill in is masked. */
const PHRASES: readonly string[] = [
  'No such file or directory',
  'Permission denied',
  'Permission Denial',
  'Permission denial',
  'Operation not permitted',
  'Not a directory',
  'Is a directory',
  'File name too long',
  'No space left on device',
  'Read-only file system',
  'Input/output error',
  'Function not implemented',
  'Unknown option',
  'inaccessible or not found',
  'open failed',
  'No result found.',
  'Error while accessing provider',
  'Could not find provider',
  'Failed to find provider',
  'Unknown authority',
  'No files supported by provider',
  'Neither user',
  'nor current process has',
  'requires',
  'grantUriPermission()',
  'reading',
  'writing',
  'no such column',
  'no such table',
  'Invalid column',
  'Invalid token',
  'while compiling',
  'Row too big',
  'CursorWindow',
  'Unable to find package',
  'Failure calling service',
  'Failed transaction',
  'Unknown command',
  'Unknown package',
  'Invalid namespace',
  'No operations.',
  'Default mode',
  'Uid mode',
  'No networks',
  'Network Id',
  'Security type',
  'Wifi is enabled',
  'Wifi is disabled',
  'Wifi is connected to',
  'Wifi is not connected',
  'Metered hint',
  'Restrict background status',
  'Restrict background whitelisted UIDs',
  'Restrict background blacklisted UIDs',
  'AC powered',
  'USB powered',
  'Wireless powered',
  'Dock powered',
  'Max charging current',
  'Max charging voltage',
  'Charge counter',
  'Current Battery Service state',
  'Active default network: none',
  'Active default network',
  'User 0',
  'requested permissions',
  'install permissions',
  'runtime permissions',
  'Hidden system packages',
  'Auto sync: u0',
  'auto sync: u0',
];

/** Finds one of the phrases, as whole words. */
export const PHRASE: RegExp = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:${PHRASES.map((phrase) => RegExp.escape(phrase)).join('|')})(?![\\p{L}\\p{N}_])`,
  'u',
);

/** Commands that this program gives, and words of theirs that stay as they are given. */
export const COMMAND_WORDS: ReadonlySet<string> = wordsIn(`
  am appops bu cat chmod cmd content cp date df dumpsys du echo find getprop id input ls md5sum mkdir mv monkey pm printf ps
  readlink reboot rm rmdir run-as sed settings sh sha256sum sleep stat svc sync tar test timeout toybox touch true uname
  wc wm xargs
  query insert update delete read write call gettype get put list set add remove path packages package
  install-create install-write install-commit install-abandon install-existing uninstall clear grant revoke enable force-stop start
  broadcast get-standby-bucket get-current-user
  system secure global battery account connectivity diskstats deviceidle jobscheduler user users window power wifi netpolicy
  status list-networks restrict-background restrict-background-whitelist restrict-background-blacklist whitelist role
  media_session notification package_native statusbar activity`);

/** Long options of those commands. */
export const COMMAND_OPTIONS: ReadonlySet<string> = wordsIn(`
  -- --uri --projection --where --sort --bind --user --method --arg --extra --probe --null --show-versioncode --full`);
