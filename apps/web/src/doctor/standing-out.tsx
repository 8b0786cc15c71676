import type { DoctorFix, DoctorReport } from '@holdfast/contract/api';
import { Wrench } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Button } from '#design/button.tsx';
import { plural } from '#design/format.ts';
import { Soft, Stack } from '#design/layout.tsx';
import { ComplaintCard } from './complaint-card.tsx';
import { Answers } from './evidence-list.tsx';
import { fixesOf } from './fix-view.ts';
import { Fold } from './fold.tsx';
import styles from './report.module.css';
import { standingOut } from './report-view.ts';

type Hidden = readonly DoctorReport['hidden'][number][];

interface StandingOutProps {
  readonly report: DoctorReport;
  readonly onFix: (fix: DoctorFix) => void;
}

/** What stands out: causes, each with what to press and with what is only there because of it. */
export function StandingOut({ report, onFix }: StandingOutProps): ReactNode {
  const id = useId();
  const { causes, others } = standingOut(report);
  if (causes.length === 0 && others.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <Stack>
        <h2 id={id} className={styles.heading}>
          What stands out
        </h2>
        {causes.map(({ complaint, followers }, at) => {
          const fixes = fixesOf(complaint, report.fixes);
          const seenIn = report.evidence.filter(({ probe }) => complaint.probes.includes(probe));
          return (
            <ComplaintCard
              key={complaint.code}
              complaint={complaint}
              {...(fixes.length > 0 && {
                buttons: fixes.map((fix, nth) => (
                  <Button
                    key={fix.code}
                    look={at === 0 && nth === 0 ? 'main' : 'plain'}
                    {...(nth === 0 && { icon: <Wrench size={18} aria-hidden="true" /> })}
                    onClick={() => onFix(fix)}
                  >
                    {fix.title}
                  </Button>
                )),
              })}
            >
              {(followers.length > 0 || seenIn.length > 0) && (
                <div>
                  {followers.length > 0 && (
                    <Fold label={`${plural(followers.length, 'more follows', 'more follow')} from this`}>
                      <Followers of={followers} />
                    </Fold>
                  )}
                  {seenIn.length > 0 && (
                    <Fold label="What the phone said">
                      <Answers evidence={seenIn} />
                    </Fold>
                  )}
                </div>
              )}
            </ComplaintCard>
          );
        })}
        {others.length > 0 && (
          <Fold label={`${plural(others.length, 'more thing')} seen`}>
            <Followers of={others} />
          </Fold>
        )}
      </Stack>
    </section>
  );
}

function Followers({ of: followers }: { readonly of: Hidden }): ReactNode {
  return (
    <ul className={styles.followers}>
      {followers.map(({ code, title, explain }) => (
        <li key={code}>
          <p>
            <strong>{title}</strong>
          </p>
          <Soft>{explain}</Soft>
        </li>
      ))}
    </ul>
  );
}
