import type { RestorePlan } from '@holdfast/contract/api';
import { ListChecks } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useParams } from 'wouter';
import { useAnswer } from '#api/hooks.ts';
import { isNothing, weigh } from '#backup/selection/selection.ts';
import { useExactWeight } from '#backup/selection/selection-bar.tsx';
import { useTicked } from '#backup/selection/use-ticked.ts';
import { LinkButton } from '#design/button.tsx';
import { EmptyState } from '#design/empty-state.tsx';
import { formatBytes, formatTime, plural, showText } from '#design/format.ts';
import { PageHeader } from '#design/page-header.tsx';
import { ChooseTarget } from './choose-target.tsx';
import { PlanView } from './plan-view.tsx';
import { planHeading } from './words.ts';

/** Gives the way to give back what is ticked: where to, then what that would do, then the word to begin. */
export function RestoreScreens(): ReactNode {
  const { backup } = useParams<{ backup: string }>();
  const about = useAnswer('backup', { params: { backup } });
  const ticked = useTicked(backup);
  const weight = useExactWeight(backup, ticked) ?? weigh(ticked);
  const [planned, setPlanned] = useState<RestorePlan>();
  const of = about.data;
  const from = of === undefined ? '' : `${showText(of.device?.name ?? of.name)}, ${formatTime(of.time)}`;
  // Records have no size of their own.
  const size = (weight.bytes ?? 0) === 0 ? '' : ` (${formatBytes(weight.bytes ?? 0)})`;
  return (
    <>
      <PageHeader
        title={planned === undefined ? 'Give back what is ticked' : planHeading(planned)}
        more={isNothing(ticked) ? from : `${plural(weight.items, 'item')}${size} from the backup of ${from}`}
        back={{ href: `/backups/${backup}`, label: 'Back to the backup' }}
      />
      {isNothing(ticked) ? (
        <EmptyState
          icon={<ListChecks size={40} />}
          title="Nothing is ticked"
          buttons={
            <LinkButton look="main" href={`/backups/${backup}`}>
              Tick items in the backup
            </LinkButton>
          }
        >
          Tick photos, messages, folders or whole tabs, then come back.
        </EmptyState>
      ) : planned === undefined ? (
        <ChooseTarget backup={backup} ticked={ticked} onPlan={setPlanned} />
      ) : (
        <PlanView plan={planned} onBack={() => setPlanned(undefined)} />
      )}
    </>
  );
}
