import type { DoctorComplaint, DoctorReport, Evidence } from '@holdfast/contract/api';

type Hidden = DoctorReport['hidden'][number];

/** What stands out, with all that is only there because of it, and what follows from nothing that stands out. */
export interface StandingOut {
  readonly causes: readonly { readonly complaint: DoctorComplaint; readonly followers: readonly Hidden[] }[];
  readonly others: readonly Hidden[];
}

/** Complaints in their order, each with those hidden behind it, directly or behind one another. */
export function standingOut({
  complaints,
  hidden,
}: Pick<DoctorReport, 'complaints' | 'hidden'>): StandingOut {
  const causes = new Set(complaints.map(({ code }) => code));
  const behind = new Map(hidden.map(({ code, behind: cause }) => [code, cause]));
  const causeOf = (follower: Hidden): string | undefined => {
    let code: string | undefined = follower.behind;
    for (let steps = 0; steps <= hidden.length && code !== undefined; steps++) {
      if (causes.has(code)) return code;
      code = behind.get(code);
    }
    return undefined;
  };
  const followers = Map.groupBy(hidden, causeOf);
  return {
    causes: complaints.map((complaint) => ({ complaint, followers: followers.get(complaint.code) ?? [] })),
    others: followers.get(undefined) ?? [],
  };
}

/** Files that Google Photos would leave, a group a reason. */
export interface LeftFiles {
  readonly code: string;
  readonly title: string;
  /** The first of them. */
  readonly files: readonly { readonly path: string; readonly why: string }[];
  readonly count: number;
}

/** All complaints that are about files, hidden ones too; the most files first. */
export function leftFiles({ complaints, hidden }: Pick<DoctorReport, 'complaints' | 'hidden'>): LeftFiles[] {
  return [...complaints, ...hidden]
    .flatMap(({ code, title, files = [], fileCount }) => {
      const count = Math.max(fileCount ?? 0, files.length);
      return count === 0 ? [] : [{ code, title, files, count }];
    })
    .toSorted((a, b) => b.count - a.count);
}

/** How many of the answers were of which kind. */
export function tallyOf(evidence: readonly Evidence[]): Readonly<Record<Evidence['told']['kind'], number>> {
  const tally = { value: 0, absent: 0, unrecognised: 0, refused: 0 };
  for (const { told } of evidence) tally[told.kind] += 1;
  return tally;
}

/** Raw output as it can be shown: its lines and tabs are kept, everything else that does not print is not. At most so many characters. */
export function showRaw(raw: string, most: number): { readonly text: string; readonly left: number } {
  const text = raw
    .slice(0, most)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  return { text, left: Math.max(0, raw.length - most) };
}
