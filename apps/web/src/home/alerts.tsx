import type { Alert } from '@holdfast/contract/api';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useOperation } from '#api/hooks.ts';
import { deviceHref } from '#app/addresses.ts';
import { Ago } from '#design/ago.tsx';
import { Button } from '#design/button.tsx';
import { showText } from '#design/format.ts';
import { Soft, Stack } from '#design/layout.tsx';
import { Notice } from '#design/notice.tsx';
import { useToast } from '#design/toast.tsx';
import { RebuildButton } from '#settings/rebuild-button.tsx';
import { alertPlace, isAboutLedger } from './alert-place.ts';

/** What a person should be told, until they say that they know. */
export function Alerts({ alerts }: { readonly alerts: readonly Alert[] }): ReactNode {
  const dismiss = useOperation('dismissAlert', ['home']);
  const toast = useToast();
  if (alerts.length === 0) return null;
  return (
    <section aria-label="What you should know">
      <Stack gap="tight">
        {alerts.map((alert) => (
          <Notice
            key={alert.id}
            tone={alert.severity === 'error' ? 'bad' : 'wait'}
            title={alert.sentence}
            buttons={
              <>
                {isAboutLedger(alert.id) && <RebuildButton />}
                <Button
                  look="quiet"
                  onClick={() => dismiss.mutate({ params: { alert: alert.id } }, { onError: toast.complain })}
                  working={dismiss.isPending && dismiss.variables.params.alert === alert.id && 'One moment…'}
                  aria-label={`I know: ${alert.sentence}`}
                >
                  I know
                </Button>
              </>
            }
          >
            {alert.remedy !== undefined && <p>{alert.remedy}</p>}
            <Soft isSmall>
              Since <Ago time={alert.since} />
              {alert.device !== undefined && (
                <>
                  {' · '}
                  <Link href={deviceHref(alert.device.id)}>
                    <bdi>{showText(alert.device.name)}</bdi>
                  </Link>
                </>
              )}
              <PlaceOf alert={alert} />
            </Soft>
          </Notice>
        ))}
        <Soft isSmall>
          <Link href="/doctor/holdfast">What is wrong, and what helps</Link>
        </Soft>
      </Stack>
    </section>
  );
}

function PlaceOf({ alert }: { readonly alert: Alert }): ReactNode {
  const place = alertPlace(alert.id);
  return (
    place !== undefined && (
      <>
        {' · '}
        <Link href={place.href}>{place.label}</Link>
      </>
    )
  );
}
