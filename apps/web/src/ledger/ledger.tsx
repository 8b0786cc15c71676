import { ITEM_KINDS, ITEM_STATES } from '@holdfast/contract';
import type { LedgerItem } from '@holdfast/contract/api';
import { Download, Search } from 'lucide-react';
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useAnswer } from '#api/hooks.ts';
import { Button } from '#design/button.tsx';
import { Field, Select } from '#design/field.tsx';
import { formatCount, plural } from '#design/format.ts';
import { Soft, Stack } from '#design/layout.tsx';
import { capital, KIND_WORDS, STATE_WORDS } from '#design/words.ts';
import { ExportDialog } from './export-dialog.tsx';
import { countOf, type LedgerFilter, readFilter, reasonsOf, writeFilter } from './filter.ts';
import { ItemDetail } from './item-detail.tsx';
import { ItemList } from './item-list.tsx';
import styles from './ledger.module.css';
import { ReasonList } from './reason-list.tsx';

interface LedgerProps {
  readonly device: string;
  readonly name: string;
}

/** Every item of a device with its one state: filtered by state, reason, kind and text, which all stand in the address. */
export function Ledger({ device, name }: LedgerProps): ReactNode {
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const counts = useAnswer('counts', { params: { device } });
  const [open, setOpen] = useState<LedgerItem | undefined>();
  const [isExporting, setExporting] = useState(false);
  const change = (part: LedgerFilter): void =>
    setSearch(writeFilter({ ...filter, ...part }), { replace: true });
  const count = counts.data && countOf(counts.data, filter);
  const states = [undefined, ...ITEM_STATES] as const;
  return (
    <Stack>
      <div className={styles.states} role="group" aria-label="State">
        {states.map((state) => {
          const items =
            counts.data && countOf(counts.data, { ...filter, state, reason: undefined, text: undefined });
          return (
            <button
              key={state ?? 'all'}
              type="button"
              className={styles.state}
              aria-pressed={filter.state === state}
              onClick={() => change({ state, reason: undefined })}
            >
              {state === undefined ? 'All' : STATE_WORDS[state].word}
              <span className={styles.count}>{items === undefined ? '' : formatCount(items)}</span>
            </button>
          );
        })}
      </div>
      <div className={styles.filters}>
        <SearchField text={filter.text ?? ''} onChange={(text) => change({ text })} />
        <Select
          label="Kind"
          isLabelHidden
          value={filter.kind ?? ''}
          options={[
            { value: '', label: 'All kinds' },
            ...ITEM_KINDS.map((kind) => ({ value: kind, label: capital(KIND_WORDS[kind][1]) })),
          ]}
          onChange={(event) => change({ kind: ITEM_KINDS.find((kind) => kind === event.target.value) })}
        />
        <Select
          label="Where"
          isLabelHidden
          value={filter.gone ?? ''}
          options={[
            { value: '', label: 'On the device' },
            { value: 'only', label: 'No longer on it' },
          ]}
          onChange={(event) => change({ gone: event.target.value === 'only' ? 'only' : undefined })}
        />
        <Button icon={<Download size={18} />} disabled={count === 0} onClick={() => setExporting(true)}>
          Export
        </Button>
      </div>
      {counts.data !== undefined && filter.state !== undefined && filter.state !== 'verified' && (
        <ReasonList
          reasons={reasonsOf(counts.data, filter)}
          chosen={filter.reason}
          onChoose={(reason) => change({ reason })}
        />
      )}
      <Soft isSmall>
        <span role="status">{count === undefined ? 'Items that fit' : plural(count, 'item')}</span>, by name
        of their folder
      </Soft>
      <ItemList device={device} filter={filter} open={open?.path} onOpen={setOpen} />
      {open !== undefined && <ItemDetail device={device} item={open} onClose={() => setOpen(undefined)} />}
      {isExporting && (
        <ExportDialog
          device={device}
          name={name}
          filter={filter}
          count={count}
          onClose={() => setExporting(false)}
        />
      )}
    </Stack>
  );
}

/** What is written is looked for when there is time: writing stays quick. */
function SearchField({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string | undefined) => void;
}): ReactNode {
  const [written, setWritten] = useState(text);
  const settled = useDeferredValue(written);
  useEffect(() => {
    if (settled === text) return undefined;
    const timer = setTimeout(() => onChange(settled === '' ? undefined : settled), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [settled, text, onChange]);
  return (
    <div className={styles.search}>
      <Search size={18} aria-hidden="true" />
      <Field
        label=""
        type="search"
        aria-label="Look for a name or folder"
        placeholder="Look for a name or folder"
        maxLength={200}
        value={written}
        onChange={(event) => setWritten(event.target.value)}
      />
    </div>
  );
}

const SETTLES_MS = 200;
