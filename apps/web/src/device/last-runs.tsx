import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { runHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Answered } from '#design/answered.tsx';
import { Card } from '#design/card.tsx';
import { showText } from '#design/format.ts';
import { Soft } from '#design/layout.tsx';
import { List, ListRow } from '#design/list-row.tsx';
import { RunBadge } from '#design/state-badge.tsx';
import { runTitle } from '#run/run-progress.ts';

/** The last runs, of one device or of all. */
export function LastRuns({ device }: { readonly device?: string }): ReactNode {
  const runs = useAnswer('runs', { query: device === undefined ? {} : { device } });
  return (
    <Card title="What was done" isFlush={(runs.data?.runs.length ?? 0) > 0}>
      <Answered of={runs} words="Reading what was done…">
        {({ runs: list }) =>
          list.length === 0 ? (
            <Soft>Nothing yet.</Soft>
          ) : (
            <List label="Runs, the newest first">
              {list.slice(0, 8).map((run) => (
                <li key={run.id}>
                  <ListRow
                    title={showText(runTitle(run))}
                    more={
                      <>
                        <Ago time={run.began} />
                        {run.startedBy === 'rule' ? ', by itself' : ', by you'}
                      </>
                    }
                    end={<RunBadge state={run.state.kind} />}
                    href={runHref(run.id)}
                  />
                </li>
              ))}
            </List>
          )
        }
      </Answered>
    </Card>
  );
}
