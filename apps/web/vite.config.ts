import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite` alone finds the server of the app, while it is worked on. */
const SERVER = 'http://127.0.0.1:4747';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'es2023',
    // The policy of the page allows no `data:` pictures and no code in the page itself: everything is a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What screens share comes with the first of them: else each of a dozen small files is asked for when a screen is opened.
        codeSplitting: {
          groups: [
            { name: 'shared', test: /[/\\]apps[/\\]web[/\\]src[/\\]design[/\\]|[/\\]lucide-react[/\\]/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': SERVER } },
});
