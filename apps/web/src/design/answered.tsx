import type { ReactNode } from 'react';
import { isServerGone, problemOf } from '#api/problem.ts';
import { Button } from './button.tsx';
import { ProblemNotice } from './notice.tsx';
import { Skeleton } from './skeleton.tsx';

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => Promise<unknown>;
}

interface AnsweredProps<T> {
  readonly of: Asked<T>;
  /** What is waited for: `Reading the rules…`. */
  readonly words: string;
  readonly lines?: number;
  readonly children: (answer: T) => ReactNode;
}

/** What is made of an answer; until it is there, words that say what is waited for; why there is none, and a button to ask again. */
export function Answered<T>({
  of: { data, error, refetch },
  words,
  lines,
  children,
}: AnsweredProps<T>): ReactNode {
  if (data !== undefined) return children(data);
  // The page itself says that nothing answers, and goes on by itself.
  if (error === null || error === undefined || isServerGone(error))
    return <Skeleton words={words} {...(lines !== undefined && { lines })} />;
  return (
    <ProblemNotice
      problem={problemOf(error)}
      buttons={<Button onClick={() => void refetch()}>Try again</Button>}
    />
  );
}
