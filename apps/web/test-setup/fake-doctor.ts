import type { OperationName } from '@holdfast/contract';
import type { FixPlan, FixRecord, ServerEvent } from '@holdfast/contract/api';
import { ago, DAY } from './fake-answers.ts';
import { fixesWith, ownReportOf, reportOf } from './fake-doctor-report.ts';
import { Refused } from './fake-refused.ts';

/** What the fake phone is like for the doctor. */
export type DoctorScenario =
  | 'doctor-healthy'
  | 'doctor-blocking'
  | 'doctor-many'
  | 'doctor-cannot-tell'
  | 'doctor-asking'
  | 'doctor-gone'
  | 'doctor-refused'
  | 'doctor-pulled-out';

const PHONE = { id: 'phone-1', name: 'Pixel 8', kind: 'android' } as const;
const WAIVER = 'clear it without saving my photos';
const GONE = {
  code: 'adb/gone',
  message: 'The phone is no longer connected.',
  hint: 'Plug it in again and unlock it. What was begun stands in the history, and can be undone.',
};

const BEFORE = [
  { what: 'Working in the background', value: 'ignore' },
  { what: 'How often Android lets it run', value: '40' },
];
const AFTER = [
  { what: 'Working in the background', value: 'allow' },
  { what: 'How often Android lets it run', value: '10' },
];

const oldRecords: readonly FixRecord[] = [
  {
    id: 'fix-0',
    device: PHONE,
    code: 'data-saver-exempt',
    title: 'Exempt it from Data Saver',
    at: ago(2 * DAY),
    state: { kind: 'done', moved: 'no', sentence: 'It is exempt now, and the app still waits.' },
    before: [{ what: 'Data Saver', value: 'not exempt' }],
    after: [{ what: 'Data Saver', value: 'exempt' }],
    canBeUndone: true,
  },
  {
    id: 'fix-00',
    device: PHONE,
    code: 'restart-wifi',
    title: 'Restart Wi-Fi',
    at: ago(3 * DAY),
    state: { kind: 'begun' },
    before: [{ what: 'Wi-Fi', value: 'on' }],
    after: [],
    canBeUndone: true,
  },
];

interface Question {
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface FakeDoctorParts {
  readonly scenario: () => string;
  readonly tell: (event: ServerEvent) => void;
  /** True once a backup was begun and has ended: then there is nothing to be rescued. */
  readonly isRescued: () => boolean;
}

/** Answers of the doctor's operations. It remembers what was done to the phone. */
export function fakeDoctor({
  scenario,
  tell,
  isRescued,
}: FakeDoctorParts): Partial<Record<OperationName, (question: Question) => unknown>> {
  let shown = '';
  let records: FixRecord[] = [];
  let code = '';
  const look = (): string => {
    const now = scenario();
    if (now !== shown) records = now === 'doctor-healthy' ? [] : [...oldRecords];
    shown = now;
    return now;
  };
  return {
    doctor() {
      const now = look();
      if (now === 'doctor-gone') throw new Refused(GONE);
      if (now === 'doctor-asking') {
        const asking = setInterval(
          () =>
            tell({
              kind: 'doctor',
              device: PHONE.id,
              asks: 'How often Android lets it run',
              done: 11,
              total: 24,
            }),
          100,
        ).unref();
        return new Promise(() => setTimeout(() => clearInterval(asking), 3_000).unref());
      }
      if (now === 'doctor-many') return reportOf('many');
      if (now === 'doctor-cannot-tell') return reportOf('cannot-tell');
      const isMended = records.some(
        ({ code, state }) => code === 'allow-background' && state.kind === 'done',
      );
      return reportOf(now === 'doctor-healthy' || now === 'healthy' || isMended ? 'healthy' : 'blocking');
    },
    planFix({ body }) {
      ({ code } = body as { code: string });
      return planOf(code, isRescued());
    },
    applyFix({ body }) {
      const now = look();
      const { waiver } = body as { waiver?: string };
      const plan = planOf(code, isRescued());
      if (plan.rescueFirst !== undefined && waiver !== WAIVER)
        throw new Refused({ code: 'doctor/rescue-first', message: 'Photos are to be saved first.' });
      const record: FixRecord = {
        id: `fix-${records.length + 1}`,
        device: PHONE,
        code,
        title: plan.title,
        at: ago(0),
        state: {
          kind: 'done',
          moved: plan.risk === 'reversible' ? 'yes' : 'unknown',
          sentence:
            plan.risk === 'reversible'
              ? 'Google Photos has begun to back up: 214 left.'
              : 'It is open on the phone. Tap there, and have the phone asked again.',
        },
        before: plan.risk === 'reversible' ? BEFORE : [],
        after: plan.risk === 'reversible' ? AFTER : [],
        canBeUndone: plan.risk === 'reversible',
      };
      if (now === 'doctor-pulled-out') {
        records = [{ ...record, state: { kind: 'begun' }, after: [] }, ...records];
        throw new Refused(GONE);
      }
      if (now === 'doctor-refused')
        record.state = {
          kind: 'refused',
          problem: {
            code: 'doctor/not-permitted',
            message: 'The phone does not let a computer change this.',
            hint: 'On Xiaomi phones, turn on “USB debugging (Security settings)” in the developer options. That needs a Mi account and a SIM card.',
          },
        };
      const made = now === 'doctor-refused' ? { ...record, after: [], canBeUndone: false } : record;
      records = [made, ...records];
      return made;
    },
    fixRecords() {
      look();
      return { records };
    },
    undoFix({ params }) {
      records = records.map((record) =>
        record.id === params.fix
          ? { ...record, state: { kind: 'undone', at: ago(0) }, canBeUndone: false }
          : record,
      );
      return records.find(({ id }) => id === params.fix);
    },
    ownDoctor: () => ownReportOf(scenario() !== 'trouble'),
  };
}

function planOf(code: string, isRescued: boolean): FixPlan {
  const fix = fixesWith([]).find((one) => one.code === code);
  if (fix === undefined) throw new Refused({ code: 'doctor/no-such-fix', message: 'There is no such fix.' });
  const base = { plan: 'plan-1', code, title: fix.title, risk: fix.risk };
  const app = 'com.google.android.apps.photos';
  switch (fix.risk) {
    case 'destructive':
      return {
        ...base,
        steps: [
          { says: 'Google Photos is stopped.', command: `am force-stop ${app}` },
          { says: 'Its data is removed.', command: `pm clear --user 0 ${app}` },
          { says: 'Open it, sign in, and turn backup on again.' },
        ],
        before: [{ what: 'Data of the app', value: '1.8 GB' }],
        ...(!isRescued && { rescueFirst: 12_402, waiverWords: WAIVER }),
      };
    case 'guided':
      return {
        ...base,
        steps: [
          {
            says: 'Google Photos is opened.',
            command: `monkey -p ${app} -c android.intent.category.LAUNCHER 1`,
          },
          { says: 'Tap your picture at the top right.' },
          { says: 'Tap “Turn on backup”, and choose your account.' },
        ],
        before: [],
      };
    default:
      return {
        ...base,
        steps: [
          {
            says: 'Google Photos may work in the background.',
            command: `cmd appops set ${app} RUN_ANY_IN_BACKGROUND allow`,
          },
          {
            says: 'Android counts it among the apps in use.',
            command: `am set-standby-bucket ${app} active`,
          },
        ],
        before: fix.risk === 'none' ? [] : BEFORE,
        ...(fix.risk === 'reversible' && {
          undo: 'Both are set back to what they are now, by one press of “Undo”.',
        }),
      };
  }
}
