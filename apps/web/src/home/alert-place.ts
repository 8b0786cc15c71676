/** A page of the app, and what a link to it says. */
export interface Place {
  readonly label: string;
  readonly href: string;
}

const REPOSITORY: Place = { label: 'To the repository', href: '/repository' };

const LEDGER: Place = { label: 'To the ledger', href: '/repository' };

/** Where an alert sends a person, by its id. */
const PLACES: Readonly<Record<string, Place>> = {
  'no-recovery-kit': { label: 'To the recovery kit', href: '/repository' },
  'store-full': REPOSITORY,
  'store-nearly-full': REPOSITORY,
  'store-full-soon': REPOSITORY,
  'files-missed': REPOSITORY,
  damage: REPOSITORY,
  'drill-failed': REPOSITORY,
  'ledger-gone': LEDGER,
  'ledger-damaged': LEDGER,
  'ledger-empty': LEDGER,
  'settings-damaged': { label: 'To the settings', href: '/settings' },
};

/** True for an alert that making the ledger again ends. */
export const isAboutLedger = (id: string): boolean => PLACES[id] === LEDGER;

/** Gives the page on which something can be done about an alert; `undefined` where that is not a page of the app. */
export const alertPlace = (id: string): Place | undefined =>
  Object.hasOwn(PLACES, id) ? PLACES[id] : undefined;
