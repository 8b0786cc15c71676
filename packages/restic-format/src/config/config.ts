import { Failure } from '@holdfast/kernel';

import { malformed, RESTIC_FORMAT_FAILURES } from '#failures.ts';
import type { Id } from '#id.ts';
import { asCount, asId, asString, parseJsonObject } from '#json.ts';
import { isIrreducible } from './polynomial.ts';

/** Version 2 has compression. */
export type RepositoryVersion = 1 | 2;

/** What a repository is: the file `config`, which is sealed, never compressed, and named `config` instead of by its id. */
export interface Config {
  readonly version: RepositoryVersion;
  /** Random, and the same for the repository's whole life. */
  readonly id: Id;
  /** Irreducible over GF(2), bit i the coefficient of x^i: restic's secret for cutting files. */
  readonly chunkerPolynomial: bigint;
}

const WHAT = 'the repository’s config';
const NEWEST = 2;

/** The config that opened bytes spell. Throws `restic-format/newer-version` or `restic-format/malformed`. */
export function parseConfig(bytes: Uint8Array): Config {
  const json = parseJsonObject(bytes, WHAT);
  const version = asCount(json['version'], WHAT);
  if (version > NEWEST) {
    throw new Failure(
      RESTIC_FORMAT_FAILURES.newerVersion,
      `the repository has format version ${version}, we know 1 and 2`,
      {
        hint: 'Update Holdfast, then try again.',
        details: { version },
      },
    );
  }
  if (version !== 1 && version !== 2) throw malformed(WHAT, 'its version is not 1 or 2');
  return {
    version,
    id: asId(json['id'], WHAT),
    chunkerPolynomial: parsePolynomial(asString(json['chunker_polynomial'], WHAT)),
  };
}

/** The config's bytes, as restic writes them. */
export function formatConfig(config: Config): Uint8Array {
  const polynomial = config.chunkerPolynomial.toString(16);
  return Buffer.from(
    `{"version":${config.version},"id":"${config.id}","chunker_polynomial":"${polynomial}"}`,
  );
}

function parsePolynomial(hex: string): bigint {
  if (!/^[0-9a-fA-F]{1,16}$/.test(hex))
    throw malformed(WHAT, 'its chunker polynomial is not a number of 64 bits');
  const polynomial = BigInt(`0x${hex}`);
  if (!isIrreducible(polynomial)) throw malformed(WHAT, 'its chunker polynomial is reducible');
  return polynomial;
}
