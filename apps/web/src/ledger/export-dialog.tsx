import { type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '#api/call.ts';
import { saveAs } from '#app/save-as.ts';
import { FormDialog } from '#design/form-dialog.tsx';
import { plural } from '#design/format.ts';
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
  const [error, setError] = useState<Error | undefined>();
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => controller.abort();
  }, []);

  const save = async (): Promise<void> => {
    const { signal } = stop.current;
    setError(undefined);
    setRead(0);
    try {
      const lines: string[] = [CSV_HEAD];
      for await (const line of allLines(device, filter, signal)) {
        lines.push(line);
        if (lines.length % 1000 === 1) setRead(lines.length - 1);
      }
      saveAs(new Blob(lines, { type: 'text/csv;charset=utf-8' }), `${name} items.csv`);
      onClose();
    } catch (caught) {
      if (!signal.aborted) setError(caught instanceof Error ? caught : new Error(String(caught)));
      setRead(undefined);
    }
  };
  return (
    <FormDialog
      title="Export the list"
      action="Save as CSV"
      working={read !== undefined && 'Reading…'}
      error={error}
      onSubmit={() => void save()}
      onClose={onClose}
    >
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
    </FormDialog>
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
