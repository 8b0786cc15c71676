import type { DoctorFix } from '@holdfast/contract/api';
import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '#design/badge.tsx';
import { Button } from '#design/button.tsx';
import { Card } from '#design/card.tsx';
import { formatCount, plural } from '#design/format.ts';
import { joinClasses } from '#design/join-classes.ts';
import styles from './fix-list.module.css';
import { adviceOf, fixesByWay, WAYS } from './fix-view.ts';
import { Fold } from './fold.tsx';
import { RiskBadge } from './risk-badge.tsx';

interface FixListProps {
  readonly fixes: readonly DoctorFix[];
  /** Code of the fix to try next. */
  readonly next: string | undefined;
  readonly onFix: (fix: DoctorFix) => void;
}

/** All fixes in safe order, by the seven ways; those that the complaints ask for stand open. */
export function FixList({ fixes, next, onFix }: FixListProps): ReactNode {
  const ways = fixesByWay(fixes);
  if (ways.length === 0) return null;
  return (
    <Card
      title="What can be done, safest first"
      hint="Each shows its plan before it does anything. Stop at the first that helps."
      isFlush
    >
      <ol className={styles.ways}>
        {ways.map(({ way, advised, others }) => (
          <li key={way} className={joinClasses(styles.way, advised.length > 0 && styles.open)}>
            <span className={styles.number} aria-hidden="true">
              {way}
            </span>
            <div className={styles.inside}>
              {advised.length === 0 ? (
                <Fold
                  look="plain"
                  label={
                    <span className={styles.heading}>
                      <Heading way={way} />
                      <span className={styles.count}>{formatCount(others.length)}</span>
                    </span>
                  }
                >
                  <Fixes fixes={others} next={next} onFix={onFix} />
                </Fold>
              ) : (
                <>
                  <div className={styles.words}>
                    <Heading way={way} />
                  </div>
                  <Fixes fixes={advised} next={next} onFix={onFix} />
                  {others.length > 0 && (
                    <Fold label={plural(others.length, 'other', 'others')}>
                      <Fixes fixes={others} next={next} onFix={onFix} />
                    </Fold>
                  )}
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Heading({ way }: { readonly way: number }): ReactNode {
  const { title, more } = WAYS[way] ?? { title: 'Others', more: '' };
  return (
    <span className={styles.what}>
      <strong>{title}</strong>
      <span className={styles.more}>{more}</span>
    </span>
  );
}

function Fixes({ fixes, next, onFix }: FixListProps): ReactNode {
  return (
    <ul className={styles.fixes}>
      {fixes.map((fix) => (
        <li key={fix.code} className={styles.fix}>
          <div className={styles.words}>
            <p className={styles.title}>{fix.title}</p>
            <p className={styles.more}>{fix.explain}</p>
            {fix.whyNot !== undefined && (
              <p className={styles.not}>
                <strong>Not on this phone.</strong> {fix.whyNot}
              </p>
            )}
            <p className={styles.badges}>
              {fix.isAdvised && (
                <Badge tone="busy" icon={<Star size={14} aria-hidden="true" />}>
                  {adviceOf(fix, next)}
                </Badge>
              )}
              <RiskBadge code={fix.code} risk={fix.risk} />
            </p>
          </div>
          {fix.whyNot === undefined && (
            <Button onClick={() => onFix(fix)} aria-label={`See the plan: ${fix.title}`}>
              See the plan
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
