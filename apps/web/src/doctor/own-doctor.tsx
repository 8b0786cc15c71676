import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { deviceHref } from '#app/addresses.ts';
import { Answered } from '#design/answered.tsx';
import { LinkButton } from '#design/button.tsx';
import { showText } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { ComplaintCard } from './complaint-card.tsx';
import { Verdict } from './verdict.tsx';
import { OWN_SEVERITY_WORDS, placeOf } from './words.ts';

/** What is wrong with Holdfast's own work: runs, repository, drive, devices. */
export function OwnDoctor(): ReactNode {
  const asked = useAnswer('ownDoctor');
  return (
    <Answered of={asked} words="Looking at the runs, the repository and the drive…" lines={5}>
      {({ at, verdict, complaints }) => (
        <Stack>
          <Verdict
            word={verdict.kind === 'healthy' ? 'Holdfast is well' : 'Holdfast needs you'}
            tone={
              verdict.kind === 'healthy'
                ? 'good'
                : complaints.some(({ severity }) => severity === 'blocking')
                  ? 'bad'
                  : 'wait'
            }
            sentence={verdict.sentence}
            at={at}
          />
          {complaints.map((complaint) => {
            const place = placeOf(complaint.code);
            const { device } = complaint;
            return (
              <ComplaintCard
                key={`${complaint.code} ${device?.id ?? ''}`}
                complaint={complaint}
                words={OWN_SEVERITY_WORDS}
                {...((place !== undefined || device !== undefined) && {
                  buttons: (
                    <>
                      {place !== undefined && <LinkButton href={place.href}>{place.label}</LinkButton>}
                      {device !== undefined && (
                        <LinkButton href={deviceHref(device.id)}>
                          <bdi>{showText(device.name)}</bdi>
                        </LinkButton>
                      )}
                    </>
                  ),
                })}
              />
            );
          })}
        </Stack>
      )}
    </Answered>
  );
}
