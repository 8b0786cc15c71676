import { type Choices, type CompletedCommand, type CompletedOption, firstWords } from './lines.ts';

/** The script for fish 3 and later. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const first = [...firstWords(commands)].map(
    ([word, purpose]) => `complete -c holdfast -n __fish_use_subcommand -a ${word} -d ${quoted(purpose)}`,
  );
  const groups = [...Map.groupBy(commands, ({ words }) => words[0])].filter(([, group]) => group.length > 1);
  const seconds = groups.flatMap(([word, group]) => {
    const names = group.map(({ words }) => words[1]).join(' ');
    const isOpen = `__fish_seen_subcommand_from ${word}; and not __fish_seen_subcommand_from ${names}`;
    return group.map(
      ({ words, purpose }) =>
        `complete -c holdfast -n ${quoted(isOpen)} -a ${words[1]} -d ${quoted(purpose)}`,
    );
  });
  const lines = ['complete -c holdfast -f', ...first, ...seconds, ...commands.flatMap(commandLines)];
  return `# Completion of holdfast for fish; made by "holdfast completion fish".\n${lines.join('\n')}\n`;
}

function commandLines({ words, options, choices }: CompletedCommand): string[] {
  const condition = quoted(words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and '));
  const start = `complete -c holdfast -n ${condition}`;
  const own = choices === undefined ? [] : [`${start}${choicesText(choices)}`];
  return [...own, ...options.map((option) => `${start} ${optionWords(option)}`)];
}

function optionWords({ long, short, help, takesValue, choices }: CompletedOption): string {
  const letter = short === undefined ? '' : ` -s ${short}`;
  const value = takesValue ? ` -r${choicesText(choices)}` : '';
  return `-l ${long.slice(2)}${letter}${value} -d ${quoted(help)}`;
}

function choicesText(choices: Choices): string {
  if (choices === undefined) return '';
  if (choices === 'file') return ' -F';
  return choices === 'folder' ? ` -a '(__fish_complete_directories)'` : ` -a '${choices.join(' ')}'`;
}

/** Within single quotes fish knows two escapes. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
