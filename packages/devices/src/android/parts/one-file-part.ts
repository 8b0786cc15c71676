import type { ByteSource } from '@holdfast/kernel';
import { notAFile } from '../reading/failures.ts';
import {
  entriesOr,
  listed,
  madeFile,
  type PartOptions,
  type SourcePart,
  type Tell,
  ToldRecords,
} from './part.ts';

/** A folder with one file made of records. */
export interface OneFile {
  readonly name: string;
  readonly file: string;
  /** About how long a record is in it. */
  readonly bytesEach: number;
  /** How many records there are, without reading them. */
  readonly count: (signal?: AbortSignal) => Promise<number>;
  readonly bytes: (tell: Tell, signal?: AbortSignal) => ByteSource;
}

/** Gives such a folder as a part. */
export function oneFilePart(
  { phone, clock }: PartOptions,
  { name, file, bytesEach, count, bytes }: OneFile,
): SourcePart {
  const told = new ToldRecords();
  const path = `${name}/${file}`;
  return {
    name,
    async *walk(signal) {
      const list = async (): Promise<readonly ReturnType<typeof madeFile>[]> => [
        madeFile(file, await count(signal), bytesEach, clock),
      ];
      yield listed(name, await entriesOr(phone, file, list));
    },
    async *read(asked, signal) {
      if (asked !== path) throw notAFile(asked);
      yield* told.reading(path, (tell) => bytes(tell, signal));
    },
    recordsOf: (asked) => told.of(asked),
    [Symbol.dispose]() {},
  };
}
