import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// Imported by a process or thread before all else: whatever it loads from then on is written down, a URL a line, in the file LOADS names.
const path = process.env['LOADS'] ?? '';
registerHooks({
  load(url, context, next) {
    appendFileSync(path, `${url}\n`);
    return next(url, context);
  },
});
