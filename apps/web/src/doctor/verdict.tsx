import { CircleHelp, SearchCheck, ShieldCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Ago } from '#design/ago.tsx';
import type { Tone } from '#design/tone.ts';
import { VerdictBanner } from '#design/verdict-banner.tsx';

const ICONS = {
  good: ShieldCheck,
  busy: SearchCheck,
  wait: TriangleAlert,
  bad: SearchCheck,
  idle: CircleHelp,
};

interface VerdictProps {
  readonly word: string;
  readonly tone: Tone;
  readonly sentence: string;
  readonly at: string;
  /** At its end: a button. */
  readonly button?: ReactNode;
}

/** What the doctor found, in a few words and one sentence. */
export function Verdict({ at, tone, ...rest }: VerdictProps): ReactNode {
  const Icon = ICONS[tone];
  return (
    <VerdictBanner
      {...rest}
      tone={tone}
      icon={<Icon size={30} />}
      when={
        <>
          Looked <Ago time={at} />
        </>
      }
    />
  );
}
