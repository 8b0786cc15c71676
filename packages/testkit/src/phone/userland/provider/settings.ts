import type { SettingsTable } from '../android.ts';
import { illegalArgument } from '../java.ts';
import type { Provider } from './provider.ts';

/** Settings as rows (AOSP SettingsProvider): `_id`, `name`, `value`. Nothing is filtered but by what the address says. */
export const SETTINGS: Provider = {
  className: 'com.android.providers.settings.SettingsProvider',
  query({ settings }, { path: [name = '', key], text }, { projection }) {
    if (!Object.hasOwn(settings, name)) throw illegalArgument(`Invalid URI:${text}`);
    const all = [...settings[name as SettingsTable]].filter(([each]) => key === undefined || each === key);
    const columns = projection ?? ['_id', 'name', 'value'];
    const rows = all.map(([each, value], at) => {
      const cells: Readonly<Record<string, string>> = { _id: String(at + 1), name: each, value };
      return columns.map((column) => cells[column] ?? null);
    });
    return { columns, rows };
  },
};
