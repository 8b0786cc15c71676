import { maskCertainRows, maskUncertainRows } from './content-rows.ts';
import { maskDisk } from './disk.ts';
import { maskText } from './mask-text.ts';
import { Names } from './names.ts';
import { maskProperties, maskProperty, maskPropertyName } from './properties.ts';
import { maskReport, maskUri } from './report.ts';
import { maskSetting, maskSettingName, maskSettings } from './settings.ts';
import { maskColumn, maskSql } from './sql.ts';
import { COMMAND_OPTIONS, COMMAND_WORDS } from './vocabulary.ts';

/** Commands that print what files hold, or a record of what happened on the phone: none of that is kept in any form. */
const CONTENTS =
  /^(?:cat|tar|dd|head|tail|base64|xxd|od|logcat|bugreport|screencap|screenrecord|bu|run-as|strings|grep|sqlite3)$/;

/** Commands that run others. */
const RUNNERS = /^(?:sh|xargs|timeout|toybox|nohup)$/;

/** Commands that print paths, or names in a folder, one a line. */
const LISTS = /^(?:ls|find|readlink|realpath|pwd)$/;

/**
 * Masks what is said between this program and one phone or several: what is kept is what is known to say nothing of a person, all
 * else keeps its form only. It remembers names, so that one has the same stand-in wherever it comes, and the numbers of rows.
 */
export class Mask {
  readonly #names = new Names();
  readonly #rowNumbers = new Set<string>();
  readonly #ownColumns = new Map<string, Set<string>>();

  /** Columns that providers of these phones have and Android has not, by the provider's address and by what stands for them. */
  get ownColumns(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#ownColumns;
  }

  /** A command line, word by word. */
  words(words: readonly string[]): string[] {
    const [command = ''] = words;
    return words.map((word, at) => this.#word(command, word, words[at - 1], at, words));
  }

  /** What a command printed on stdout; `undefined` where nothing of it may be kept. */
  stdout(words: readonly string[], text: string): string | undefined {
    const [command = '', verb = '', table = '', name] = words;
    if (CONTENTS.test(command)) return undefined;
    if (RUNNERS.test(command) && words.some((word) => word.split(/\W+/).some((each) => CONTENTS.test(each))))
      return undefined;
    switch (command) {
      case 'content':
        return verb === 'query' ? this.#rows(words, text) : verb === 'read' ? undefined : this.report(text);
      case 'getprop':
        return verb === '' ? maskProperties(text) : maskProperty(verb, text);
      case 'settings':
        if (verb === 'list') return maskSettings(text);
        return verb === 'get' && table !== '' && name !== undefined
          ? maskSetting(name, text)
          : this.report(text);
      case 'df':
        return maskDisk(text, this.#names);
      default:
        return LISTS.test(command) ? this.#lines(text) : this.report(text);
    }
  }

  /** What a command printed of which no more is known, and every complaint. */
  report(text: string): string {
    return maskReport(text, this.#names);
  }

  path(path: string): string {
    return this.#names.path(path);
  }

  #lines(text: string): string {
    const mask = (line: string): string =>
      this.#names.path(line.replace(/\r$/, '')) + (line.endsWith('\r') ? '\r' : '');
    return text.split('\n').map(mask).join('\n');
  }

  #word(
    command: string,
    word: string,
    before: string | undefined,
    at: number,
    words: readonly string[],
  ): string {
    if (at === 0) return COMMAND_WORDS.has(word) ? word : this.#names.path(word);
    if (command === 'content') {
      if (before === '--uri') return maskUri(word, (digits) => this.#rowNumbers.has(digits));
      if (before === '--projection') return word.split(':').map(maskColumn).join(':');
      if (before === '--where' || before === '--sort')
        return maskSql(word, (digits) => this.#rowNumbers.has(digits));
      if (before === '--user') return /^\d{1,2}$/.test(word) ? word : maskText(word);
      if (before === '--bind' || before === '--extra') return maskBinding(word);
    }
    if (COMMAND_OPTIONS.has(word) || /^-[A-Za-z0-9]{1,3}$/.test(word)) return word;
    if (command === 'getprop') return maskPropertyName(word);
    if (command === 'settings' && at === 3) return maskSettingName(word);
    if (command === 'settings' && at > 3) return maskText(word);
    if (COMMAND_WORDS.has(word) || /^(?:%[A-Za-z]|[ :,])+$/.test(word)) return word;
    if (word.startsWith('/')) return this.#names.path(word);
    return words[0] === 'sh' || !/^[\w.-]+$/.test(word) ? this.report(word) : this.#names.of(word);
  }

  #rows(words: readonly string[], text: string): string {
    if (text.trim() === 'No result found.') return text;
    if (!text.startsWith('Row: 0 ')) return this.report(text);
    const uri = maskUri(valueAfter(words, '--uri'));
    const projection = valueAfter(words, '--projection').split(':');
    const ownColumns = this.#ownColumns.get(uri) ?? new Set();
    const lessons = { rowNumbers: this.#rowNumbers, ownColumns };
    const certain = maskCertainRows(text, projection, lessons);
    if (ownColumns.size > 0) this.#ownColumns.set(uri, ownColumns);
    return certain ?? maskUncertainRows(text, this.#rowNumbers);
  }
}

/** `name:type:value` */
function maskBinding(word: string): string {
  const [, column = '', rest = ''] = /^([A-Za-z_]\w*)(:.*)$/s.exec(word) ?? [];
  const type = /^:[sbilfdn]:/.exec(rest)?.[0] ?? '';
  return column === '' ? maskText(word) : maskColumn(column) + type + maskText(rest.slice(type.length));
}

const valueAfter = (words: readonly string[], option: string): string =>
  words[words.indexOf(option) + 1] ?? '';
