import { quoted } from '@holdfast/kernel';
import { type Choices, type CompletedCommand, type CompletedOption, firstWords } from './lines.ts';

/** The script for zsh, a file "_holdfast" in its fpath. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const groups = [...Map.groupBy(commands, ({ words }) => words[0])];
  return `#compdef holdfast
# Completion of holdfast for zsh; made by "holdfast completion zsh".
_holdfast() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${[...firstWords(commands)].map(([word, purpose]) => `    ${quoted(described(word, purpose))}`).join('\n')}
  )
  _arguments -C '1: :->command' '*:: :->rest' && return
  case $state in
    command) _describe -t commands command commands ;;
    rest) case $words[1] in
${groups.map(([word, group]) => groupCase(word, group)).join('\n')}
    esac ;;
  esac
}
_holdfast "$@"
`;
}

function groupCase(word: string, group: readonly CompletedCommand[]): string {
  const [only] = group;
  if (only !== undefined && only.words.length === 1) return `      ${word}) ${argumentsOf(only)} ;;`;
  const seconds = group.map(({ words, purpose }) => `        ${quoted(described(words[1] ?? '', purpose))}`);
  const cases = group.map((command) => `        ${command.words[1]}) ${argumentsOf(command)} ;;`);
  return `      ${word}) if (( CURRENT == 2 )); then
        commands=(
  ${seconds.join('\n  ')}
        )
        _describe -t commands command commands
      else
        shift words; (( CURRENT-- ))
        case $words[1] in
${cases.join('\n')}
        esac
      fi ;;`;
}

function argumentsOf({ options, choices }: CompletedCommand): string {
  const specs = [...options.flatMap(optionSpecs), `*: :${action(choices)}`];
  return `_arguments ${specs.map(quoted).join(' ')}`;
}

/** An option may be given again: the last one counts. */
function optionSpecs({ long, short, help, takesValue, choices }: CompletedOption): string[] {
  const value = takesValue ? `: :${action(choices)}` : '';
  const names = [long, ...(short === undefined ? [] : [`-${short}`])];
  return names.map((name) => `*${name}[${help.replaceAll(/[[\]:\\]/g, '\\$&')}]${value}`);
}

function action(choices: Choices): string {
  if (choices === undefined) return ' ';
  if (choices === 'file') return '_files';
  return choices === 'folder' ? '_files -/' : `(${choices.join(' ')})`;
}

function described(word: string, purpose: string): string {
  return `${word}:${purpose.replaceAll(':', '\\:')}`;
}
