import type { CommandTable, NoOptions } from '#arguments/table.ts';

/** `holdfast completion`. */
export const completion: CommandTable<NoOptions> = {
  name: 'completion',
  group: 'Set up',
  purpose: 'Print a script that completes commands and options in your shell.',
  positionals: [{ metavar: 'SHELL', help: 'bash, zsh or fish.', completion: ['bash', 'zsh', 'fish'] }],
  options: {},
  examples: [
    {
      line: 'holdfast completion bash > ~/.local/share/bash-completion/completions/holdfast',
      does: 'For bash, from its next start on.',
    },
    {
      line: 'holdfast completion fish > ~/.config/fish/completions/holdfast.fish',
      does: 'For fish. For zsh write it as "_holdfast" into a folder of its fpath.',
    },
  ],
  exits: { 0: undefined, 2: undefined },
  load: () => import('./run.ts'),
};
