import { type Choices, type CompletedCommand, firstWords } from './lines.ts';

/** The script for bash 3.2 and later. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const first = [...firstWords(commands).keys()].join(' ');
  const seconds = Map.groupBy(
    commands.filter(({ words }) => words.length > 1),
    ({ words }) => words[0],
  );
  return `# Completion of holdfast for bash; made by "holdfast completion bash".
_holdfast() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) case "$command" in
      '') command=$word ;;
${[...seconds].map(([word]) => `      ${word}) command="$command $word" ;;`).join('\n')}
    esac ;; esac
  done
  case "$command $previous" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
    '') COMPREPLY=($(compgen -W '${first}' -- "$current")); return ;;
${[...seconds].map(([word, group]) => `    ${word}) COMPREPLY=($(compgen -W '${group.map(({ words }) => words[1]).join(' ')}' -- "$current")); return ;;`).join('\n')}
  esac
  case "$current" in
    -*) case "$command" in
${commands.map(optionCase).join('\n')}
    esac ;;
    *) case "$command" in
${commands
  .filter(({ choices }) => choices !== undefined)
  .map(({ words, choices }) => `      '${words.join(' ')}') ${complete(choices)} ;;`)
  .join('\n')}
    esac ;;
  esac
}
complete -F _holdfast holdfast
`;
}

function valueCases({ words, options }: CompletedCommand): string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map(({ long, short, choices }) => {
      const command = words.join(' ');
      const names = [long, ...(short === undefined ? [] : [`-${short}`])];
      return `    ${names.map((name) => `'${command} ${name}'`).join('|')}) ${complete(choices)}; return ;;`;
    });
}

function optionCase({ words, options }: CompletedCommand): string {
  const longs = options.map(({ long }) => long).join(' ');
  return `      '${words.join(' ')}') COMPREPLY=($(compgen -W '${longs}' -- "$current")) ;;`;
}

/** File names may hold spaces: one a line. */
function complete(choices: Choices): string {
  if (choices === undefined) return 'COMPREPLY=()';
  if (choices !== 'file' && choices !== 'folder')
    return `COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current"))`;
  const kind = choices === 'folder' ? '-d' : '-f';
  return `compopt -o filenames 2>/dev/null; while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen ${kind} -- "$current")`;
}
