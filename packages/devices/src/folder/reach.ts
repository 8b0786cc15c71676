export { hasProc, isShort, LONGEST_NAME, LONGEST_PATH, reach } from '@holdfast/local-files';
