/**
 * Every operation of the server's API: its method and its path, `:name` for a part that is filled in. Shapes of what goes in and comes out
 * are in `OPERATIONS`, by the same names, behind the door `@holdfast/contract/api`.
 */
export const ROUTES = {
  session: 'GET /api/session',
  logIn: 'POST /api/session',
  logOut: 'DELETE /api/session',

  home: 'GET /api/home',
  dismissAlert: 'POST /api/alerts/:alert/dismiss',

  devices: 'GET /api/devices',
  device: 'GET /api/devices/:device',
  addFolder: 'POST /api/devices',
  removeDevice: 'DELETE /api/devices/:device',
  setRules: 'PUT /api/devices/:device/rules',
  setBackupOn: 'PUT /api/devices/:device/backup-on',
  deviceFolders: 'GET /api/devices/:device/folders',
  items: 'GET /api/devices/:device/items',
  counts: 'GET /api/devices/:device/counts',
  holdItems: 'POST /api/devices/:device/holds',
  pairable: 'GET /api/pairable',
  pair: 'POST /api/pair',

  runs: 'GET /api/runs',
  run: 'GET /api/runs/:run',
  startRun: 'POST /api/runs',
  pauseRun: 'POST /api/runs/:run/pause',
  resumeRun: 'POST /api/runs/:run/resume',
  stopRun: 'POST /api/runs/:run/stop',
  runItems: 'GET /api/runs/:run/items',

  backups: 'GET /api/backups',
  backup: 'GET /api/backups/:backup',
  contents: 'GET /api/backups/:backup/contents',
  days: 'GET /api/backups/:backup/days',
  media: 'GET /api/backups/:backup/media',
  about: 'GET /api/backups/:backup/media/:entry',
  files: 'GET /api/backups/:backup/files',
  threads: 'GET /api/backups/:backup/threads',
  messages: 'GET /api/backups/:backup/threads/:thread/messages',
  records: 'GET /api/backups/:backup/records',
  record: 'GET /api/backups/:backup/records/:entry',
  search: 'GET /api/backups/:backup/search',
  compare: 'GET /api/backups/:backup/compare',
  download: 'POST /api/backups/:backup/downloads',

  planRestore: 'POST /api/restores/plans',
  plannedItems: 'GET /api/restores/plans/:plan/items',

  doctor: 'GET /api/devices/:device/doctor',
  planFix: 'POST /api/devices/:device/doctor/plans',
  applyFix: 'POST /api/devices/:device/doctor/fixes',
  fixRecords: 'GET /api/devices/:device/doctor/fixes',
  undoFix: 'POST /api/devices/:device/doctor/fixes/:fix/undo',
  ownDoctor: 'GET /api/doctor',

  repository: 'GET /api/repository',
  planForget: 'POST /api/repository/forget-plan',
  changePassword: 'POST /api/repository/password',
  recoveryKit: 'POST /api/repository/recovery-kit',

  settings: 'GET /api/settings',
  setSettings: 'PUT /api/settings',
  setAccessPassword: 'PUT /api/settings/access-password',
  testNotification: 'POST /api/settings/test-notification',
  diagnostics: 'GET /api/diagnostics',
} as const satisfies Readonly<Record<string, `${'GET' | 'POST' | 'PUT' | 'DELETE'} /api/${string}`>>;

/** The name of an operation. */
export type OperationName = keyof typeof ROUTES;

/**
 * The header by which every answer of the API says which event came last before it: what the answer shows is as of that event, or newer. Ids of events are
 * `<start>-<number>`, where the number counts them from that start of the server on.
 */
export const AS_OF_HEADER = 'holdfast-as-of';

/**
 * Addresses of the server that give no JSON: bytes, pictures, events. `:backup` is an id, `:entry` a number of the contents of that backup.
 */
export const BYTE_ROUTES = {
  /** Server-sent events; takes `Last-Event-ID`. Each `data` is a `ServerEvent`. */
  events: '/api/events',
  /** A small picture of a photo or video, WebP or JPEG, its longer side at most 250 pixels; 404 where there can be none. */
  thumbnail: '/api/backups/:backup/thumbnails/:entry',
  /** What a browser can show of it: the file itself, or a JPEG made of a HEIC. Takes `Range`. */
  view: '/api/backups/:backup/views/:entry',
  /** The file itself, to be saved. Takes `Range`. */
  original: '/api/backups/:backup/originals/:entry',
  /** One zip of a selection, by the id that `download` gives. */
  download: '/api/downloads/:download',
} as const;
