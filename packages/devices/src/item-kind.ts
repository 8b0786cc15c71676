import type { ItemKind, ItemType } from '@holdfast/contract';

/** Kinds of item that are files. */
export type FileKind = Extract<ItemKind, 'photo' | 'video' | 'audio' | 'document' | 'file'>;

const EXTENSIONS: Readonly<Record<Exclude<FileKind, 'file'>, string>> = {
  photo:
    'jpg jpeg jpe jfif png gif webp heic heif hif avif bmp tif tiff jxl jp2 dng arw cr2 cr3 crw nef nrw orf pef raf rw2 sr2 srw x3f svg',
  video: 'mp4 m4v mov 3gp 3g2 3gpp mkv webm avi mpg mpeg ts mts m2ts wmv flv ogv insv 360',
  audio: 'mp3 m4a aac ogg oga opus flac wav amr awb wma mid midi xmf imy mka aif aiff ape m4b 3ga',
  document:
    'pdf doc docx odt rtf txt md xls xlsx ods csv tsv ppt pptx odp epub mobi azw3 fb2 djvu html htm xml json key pages numbers vcf ics tex',
};

const KINDS: ReadonlyMap<string, FileKind> = new Map(
  Object.entries(EXTENSIONS).flatMap(([kind, extensions]) =>
    extensions.split(' ').map((extension) => [extension, kind as FileKind] as const),
  ),
);

/** Files lie beside others of their kind: looking the last extension up again would cost more than all else here. */
let lastExtension = '';
let lastKind: FileKind = 'file';

/** What kind of file a name is of, by its extension; `file` for what is none of the others. Its content is not looked at. */
export function fileKindOf(name: string): FileKind {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return 'file';
  const extension = name.slice(dot + 1);
  if (extension !== lastExtension) {
    lastKind = KINDS.get(extension.toLowerCase()) ?? 'file';
    lastExtension = extension;
  }
  return lastKind;
}

/** The type that chooses files of a kind. */
export const TYPE_OF_FILE: Readonly<Record<FileKind, ItemType>> = {
  photo: 'photos',
  video: 'videos',
  audio: 'audio',
  document: 'documents',
  file: 'other',
};
