/** The first line: what this file is, and of which phone it was made first. */
interface Heading {
  readonly type: 'transcript';
  readonly version: 1;
  /** What made it: `holdfast 0.1.0`. */
  readonly program: string;
  /** The day: `2026-03-14`. */
  readonly date: string;
  /** Absent where the phone did not say, or none was asked. */
  readonly model?: string;
  readonly android?: string;
  /** For whoever opens the file. */
  readonly masked: string;
}

/** A phone; those after it are its, by number. */
export interface PhoneLine {
  readonly type: 'phone';
  readonly phone: number;
  readonly serial: string;
  readonly banner: {
    readonly state: string;
    readonly product: string;
    readonly model: string;
    readonly device: string;
  };
  readonly features: readonly string[];
}

/** What all conversations have. */
interface Said {
  readonly phone: number;
  /** Since this phone's line, in milliseconds. */
  readonly atMs: number;
  readonly tookMs: number;
  /** `phone`: the phone ended it, `us`: we did before, `left-open`: nobody until the link was ended; else the code of a failure. */
  readonly ended: string;
}

/** What a command printed: its text, masked, and about how many bytes are left out after it. */
export interface Printed {
  readonly text: string;
  readonly more?: number;
}

/** A command. */
export interface ShellLine extends Said {
  readonly type: 'shell';
  /** Absent where the line is not one of quoted words; then `line` has it, masked. */
  readonly words?: readonly string[];
  readonly line?: string;
  /** `plain`: of an old phone, which has one output and says the exit code behind a mark. */
  readonly framing: 'v2' | 'plain';
  /** About how many bytes it was given. */
  readonly stdinBytes?: number;
  readonly stdout?: Printed;
  readonly stderr?: Printed;
  readonly exit?: number;
}

/** What came of requests of one kind to the file service. */
export interface RequestSummary {
  readonly count: number;
  /** About how many names or bytes came, or went. */
  readonly entries?: number;
  readonly bytes?: number;
  /** How often each errno came with an answer or an entry. */
  readonly errors?: Readonly<Record<string, number>>;
  /** How often the phone said no, by what it said. */
  readonly refusals?: Readonly<Record<string, number>>;
}

/** A name in the folder of volumes. */
export interface VolumeEntry {
  readonly name: string;
  readonly mode: number;
  readonly error: number;
}

/** A conversation with the file service. */
export interface SyncLine extends Said {
  readonly type: 'sync';
  readonly requests: Readonly<Record<string, RequestSummary>>;
  /** What `/storage` holds, where it was listed. */
  readonly volumes?: readonly VolumeEntry[];
  /** True where bytes came that are none of the protocol: from there on nothing was counted. */
  readonly isCutShort?: true;
}

/** Any other service. */
export interface ServiceLine extends Said {
  readonly type: 'service';
  readonly service: string;
}

/** Conversations of which there were so many alike that the others are only counted. */
interface AlikeLine {
  readonly type: 'alike';
  readonly phone: number;
  readonly left: number;
}

/** Columns that this phone's provider has besides Android's, by what stands for them in the rows. */
interface ColumnsLine {
  readonly type: 'columns';
  readonly of: string;
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

/** One line of a transcript. */
export type TranscriptLine =
  | Heading
  | PhoneLine
  | ShellLine
  | SyncLine
  | ServiceLine
  | AlikeLine
  | ColumnsLine;

/** What the first line tells whoever opens the file. */
export const MASKED =
  'Names, numbers, texts, addresses and contents are masked: letters are x, digits 9. Kept are model, Android version, commands, names of columns and the form of what the phone printed. Look through it before you send it.';

/** The line's text, without its end. Bytes that are no UTF-8 are lone surrogates, which JSON escapes. */
export const formatLine = (line: TranscriptLine): string => JSON.stringify(line);

const TYPES: ReadonlySet<unknown> = new Set([
  'transcript',
  'phone',
  'shell',
  'sync',
  'service',
  'alike',
  'columns',
]);

/** The lines of a transcript. Throws a `SyntaxError` where one is not JSON, or of a kind that this version does not know. */
export function parseTranscript(text: string): TranscriptLine[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, at) => {
    const value: unknown = JSON.parse(line);
    const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
    if (!TYPES.has(type) || (at === 0) !== (type === 'transcript'))
      throw new SyntaxError(`line ${at + 1} is none of a transcript`);
    return value as TranscriptLine;
  });
}
