import type { ReactNode } from 'react';
import { useAnswer } from '#api/hooks.ts';
import { Answered } from '#design/answered.tsx';
import { PageHeader } from '#design/page-header.tsx';

/** The first screen: is everything safe, and how is each device? */
export function HomeScreen(): ReactNode {
  const home = useAnswer('home');
  return (
    <Answered of={home} words="Looking how your devices are…">
      {({ verdict }) => <PageHeader title={verdict.sentence} />}
    </Answered>
  );
}
