/** Every code this package throws. */
export const DOCTOR_FAILURES = {
  refused: 'doctor/refused',
  cannotFix: 'doctor/cannot-fix',
  nothingToFix: 'doctor/nothing-to-fix',
  rescueFirst: 'doctor/rescue-first',
  notUndoable: 'doctor/not-undoable',
  badRecord: 'doctor/bad-record',
} as const;
