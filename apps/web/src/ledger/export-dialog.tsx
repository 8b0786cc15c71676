import type { Problem } from '@holdfast/contract/api';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '#api/call.ts';
import { problemOf } from '#api/problem.ts';
import { saveAs } from '#app/save-as.ts';
import { Button } from '#design/button.tsx';
import { Dialog } from '#design/dialog.tsx';
import { plural } from '#design/format.ts';
import { Stack } from '#design/layout.tsx';
import { ProblemNotice } from '#design/notice.tsx';
import { Progress } from '#design/progress.tsx';
import { CSV_HEAD, csvLine } from './csv.ts';
import { type LedgerFilter, queryOf } from './filter.ts';

interface ExportDialogProps {
  readonly device: string;
  readonly name: string;
  readonly filter: LedgerFilter;
  readonly count: number | undefined;
  readonly onClose: () => void;
}

/** Saves what the filter shows as a table for a spreadsheet. */
export function ExportDialog({ device, name, filter, count, onClose }: ExportDialogProps): ReactNode {
  const [read, setRead] = useState<number | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => controller.abort();
  }, []);

  const save = async (): Promise<void> => {
    const { signal } = stop.current;
    setProblem(undefined);
    setRead(0);
    try {
      const lines: string[] = [CSV_HEAD];
      for await (const line of allLines(device, filter, signal)) {
        lines.push(line);
        if (lines.length % 1000 === 1) setRead(lines.length - 1);
      }
      saveAs(new Blob(lines, { type: 'text/csv;charset=utf-8' }), `${name} items.csv`);
      onClose();
    } catch (error) {
      if (!signal.aborted) setProblem(problemOf(error));
      setRead(undefined);
    }
  };
  return (
    <Dialog
      title="Export the list"
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="main" working={read !== undefined && 'Reading…'} onClick={() => void save()}>
            Save as CSV
          </Button>
        </>
      }
    >
      <Stack>
        <p>
          {count === undefined ? 'All items that fit' : plural(count, 'item')} as a table that a spreadsheet
          opens: place, kind, size, state, reason and fingerprint of each.
        </p>
        {read !== undefined && (
          <Progress
            label="Reading items"
            share={count === undefined || count === 0 ? undefined : Math.min(1, read / count)}
            words={`${plural(read, 'item')} read`}
          />
        )}
        {problem !== undefined && <ProblemNotice problem={problem} />}
      </Stack>
    </Dialog>
  );
}

async function* allLines(device: string, filter: LedgerFilter, signal: AbortSignal): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const query = { ...queryOf(filter), limit: 1000, ...(after !== undefined && { after }) };
    const page = await call('items', { params: { device }, query }, signal);
    for (const item of page.items) yield csvLine(item);
    after = page.next;
  } while (after !== undefined);
}
