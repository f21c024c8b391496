import type { Scalar } from '../../model/index.js';
import { duplicateKey } from './duplicate-key.js';
import { lineIndex } from './line-index.js';
import { type DuplicateKey, mapNode } from './map-node.js';
import type { MapEntry, ScalarNode, SourceNode } from './node.js';
import type { Parsed } from './problem.js';
import { emptyFile, problemOf, Refusal, tooDeep } from './refusal.js';
import type { SourceLimits } from './source-limits.js';

/**
 * A JSON text (RFC 8259) as a tree. Never throws; a text that can't be read gives exactly one error.
 * An own reader because it makes the tree in one pass: twice as fast as converting another parser's tree.
 */
export function parseJson(text: string, limits: SourceLimits): Parsed {
  const reader = new JsonReader(text, limits.depth);
  try {
    const node = reader.document();
    if (reader.duplicates.length === 0) return { node, problems: [] };
    const lines = lineIndex(text);
    return { node, problems: reader.duplicates.map((found) => duplicateKey(found, lines)) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return { problems: [problemOf(cause, lineIndex(text))] };
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;

class JsonReader {
  readonly duplicates: DuplicateKey[] = [];
  private at = 0;
  private readonly report = (duplicate: DuplicateKey): void => {
    this.duplicates.push(duplicate);
  };

  constructor(
    private readonly text: string,
    private readonly depth: number,
  ) {}

  document(): SourceNode {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    if (Number.isNaN(this.next())) throw emptyFile();
    const node = this.value(1);
    if (!Number.isNaN(this.next()))
      throw this.fault('There is text behind the end of the JSON value.', 'Remove it, or put a bracket in its place.');
    return node;
  }

  /** Goes to the next character that is not white space and returns its code, NaN at the end. */
  private next(): number {
    const { text } = this;
    let code = text.charCodeAt(this.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++this.at);
    return code;
  }

  private value(level: number): SourceNode {
    switch (this.next()) {
      case 123:
        return this.map(level);
      case 91:
        return this.list(level);
      case 34: {
        const start = this.at;
        const value = this.string();
        return { kind: 'scalar', start, end: this.at, value, source: value };
      }
      default:
        return this.word();
    }
  }

  private map(level: number): SourceNode {
    const start = this.at;
    if (level > this.depth) throw tooDeep(this.depth, start);
    const written: MapEntry[] = [];
    this.at += 1;
    if (this.next() === 125) this.at += 1;
    else {
      do {
        written.push(this.entry(level, start));
      } while (this.another(125, start));
    }
    return mapNode({ start, end: this.at }, written, undefined, this.report);
  }

  private entry(level: number, opened: number): MapEntry {
    const code = this.next();
    if (code === 125) throw this.fault('A comma stands before the closing bracket.', 'Remove the comma.');
    if (Number.isNaN(code)) throw this.unclosed(opened);
    if (code === 47) throw this.comment();
    if (code !== 34) throw this.fault('A key in double quotes is expected here.', 'Put the key into double quotes.');
    const start = this.at;
    const key = this.string();
    const keySpan = { start, end: this.at };
    if (this.next() !== 58) throw this.fault('A colon is expected behind the key.', 'Write "key": value.');
    this.at += 1;
    return { key, keySpan, value: this.value(level + 1) };
  }

  private list(level: number): SourceNode {
    const start = this.at;
    if (level > this.depth) throw tooDeep(this.depth, start);
    const items: SourceNode[] = [];
    this.at += 1;
    if (this.next() === 93) this.at += 1;
    else {
      do {
        if (this.next() === 93) throw this.fault('A comma stands before the closing bracket.', 'Remove the comma.');
        items.push(this.value(level + 1));
      } while (this.another(93, start));
    }
    return { kind: 'list', start, end: this.at, items };
  }

  /** Takes a comma (true) or the closing bracket (false). */
  private another(closing: number, opened: number): boolean {
    const code = this.next();
    if (Number.isNaN(code)) throw this.unclosed(opened);
    if (code === 47) throw this.comment();
    if (code !== 44 && code !== closing) {
      throw this.fault(
        `A comma or "${String.fromCharCode(closing)}" is expected here.`,
        'Add the comma, or close the bracket before this place.',
      );
    }
    this.at += 1;
    return code === 44;
  }

  private string(): string {
    const start = this.at;
    const { text } = this;
    let at = start + 1;
    let escaped = false;
    for (let code = text.charCodeAt(at); code !== 34; code = text.charCodeAt(++at)) {
      if (code === 92) {
        escaped = true;
        at += 1;
      } else if (Number.isNaN(code) || code === 10 || code === 13) {
        throw new Refusal(
          'json-syntax',
          'The string that begins here is not closed on its line.',
          'Add the closing quote; write a line break as \\n.',
          start,
        );
      } else if (code < 32) {
        throw new Refusal('json-syntax', 'A control character stands inside a string.', 'Write it as an escape such as \\t.', at);
      }
    }
    this.at = at + 1;
    return escaped ? this.unescaped(start) : text.slice(start + 1, at);
  }

  private unescaped(start: number): string {
    const written = this.text.slice(start, this.at);
    try {
      // What stands between two quotes is a string and nothing else.
      return JSON.parse(written) as string;
    } catch {
      const bad = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(written.replace(/\\\\/g, '__'));
      throw new Refusal(
        'json-syntax',
        'The backslash here begins no escape that JSON knows.',
        'Double the backslash.',
        start + (bad?.index ?? 0),
      );
    }
  }

  private word(): ScalarNode {
    const start = this.at;
    const number = this.match(NUMBER);
    if (number !== undefined) return this.scalar(start, number, Number(number));
    const word = this.match(WORD);
    switch (word) {
      case 'true':
      case 'false':
        return this.scalar(start, word, word === 'true');
      case 'null':
        return this.scalar(start, word, null);
      case undefined:
        break;
      default:
        throw this.fault('The word here is no JSON value.', 'Put text into double quotes; the words are true, false and null.');
    }
    const code = this.text.charCodeAt(start);
    if (Number.isNaN(code)) throw this.fault('The text ends where a value should be.', 'Complete the value, and close every bracket.');
    throw code === 47 ? this.comment() : this.fault('A JSON value is expected here.', 'Put text into double quotes.');
  }

  private scalar(start: number, source: string, value: Scalar): ScalarNode {
    this.at = start + source.length;
    return { kind: 'scalar', start, end: this.at, value, source };
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  private fault(message: string, help: string): Refusal {
    return new Refusal('json-syntax', message, help, this.at);
  }

  private comment(): Refusal {
    return this.fault('JSON has no comments.', 'Remove the comment, or write the template in YAML.');
  }

  private unclosed(opened: number): Refusal {
    return new Refusal('json-syntax', `The "${this.text.charAt(opened)}" that opens here is never closed.`, 'Close the bracket.', opened);
  }
}
