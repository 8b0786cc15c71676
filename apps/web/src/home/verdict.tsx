import type { Home } from '@holdfast/contract/api';
import { RefreshCw, ShieldAlert, ShieldCheck, Sprout } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { deviceHref } from '#app/addresses.ts';
import { LinkButton } from '#design/button.tsx';
import { VerdictBanner } from '#design/verdict-banner.tsx';
import { alertPlace, type Place } from './alert-place.ts';

const LOOKS = {
  safe: { Icon: ShieldCheck, tone: 'good', word: 'You are safe' },
  busy: { Icon: RefreshCw, tone: 'busy', word: 'Backing up' },
  attention: { Icon: ShieldAlert, tone: 'wait', word: 'Something needs a look' },
  empty: { Icon: Sprout, tone: 'idle', word: 'Nothing is backed up yet' },
} as const satisfies Record<Home['verdict']['kind'], unknown>;

/** Is everything safe? In two words, a colour and a sentence. */
export function Verdict({ verdict }: { readonly verdict: Home['verdict'] }): ReactNode {
  const { Icon, tone, word } = LOOKS[verdict.kind];
  useEffect(() => {
    document.title = `${word} · Holdfast`;
  }, [word]);
  const place = placeOf(verdict.about);
  return (
    <VerdictBanner
      isFirst
      tone={tone}
      icon={<Icon size={34} />}
      word={word}
      sentence={verdict.sentence}
      button={place && <LinkButton href={place.href}>{place.label}</LinkButton>}
    />
  );
}

/** Where something can be done about what needs a person. */
function placeOf(about: Home['verdict']['about']): Place | undefined {
  switch (about?.kind) {
    case 'device':
      return { label: 'To the device', href: deviceHref(about.device) };
    case 'alert':
      return alertPlace(about.alert) ?? { label: 'What helps', href: '/doctor/holdfast' };
    case undefined:
      return undefined;
  }
}
