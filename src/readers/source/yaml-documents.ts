import { createRequire } from 'node:module';
import type { CST, Node, Pair, Scalar, YAMLMap, YAMLParseError, YAMLSeq } from 'yaml';
import { Refusal, tooDeep } from './refusal.js';
import { isOpeningBracket, type Properties, type YamlBuilder } from './yaml-builder.js';
import { skipBlank } from './yaml-gap.js';

type Yaml = typeof import('yaml');

/** The parts of the lexer that its relaxed form overrides; the package's types call them private. */
type LexerClass = new () => {
  indentNext: number;
  parseQuotedScalar(): Generator<string, unknown>;
  parseFlowCollection(): Generator<string, unknown>;
};

/** Loaded when the quick way has failed on a file, which is rare: loading takes 20 ms. */
let loaded: { readonly yaml: Yaml; readonly RelaxedLexer: LexerClass } | undefined;

function load(): { readonly yaml: Yaml; readonly RelaxedLexer: LexerClass } {
  if (loaded !== undefined) return loaded;
  // `require` is untyped; the package's own types say what it returns.
  const yaml = createRequire(import.meta.url)('yaml') as Yaml;
  loaded = { yaml, RelaxedLexer: relaxed(yaml.Lexer as unknown as LexerClass) };
  return loaded;
}

/**
 * CloudFormation takes the lines of a quoted text or of a `{…}` at any indentation, as YAML 1.1 parsers do; YAML 1.2 wants
 * them deeper than their parent. Read strictly, the rest of such a file turns into other keys and resources are lost.
 */
function relaxed(Lexer: LexerClass): LexerClass {
  return class RelaxedLexer extends Lexer {
    override *parseQuotedScalar(): Generator<string, unknown> {
      const kept = this.indentNext;
      this.indentNext = 0;
      const next = yield* super.parseQuotedScalar();
      this.indentNext = kept;
      return next;
    }
    override *parseFlowCollection(): Generator<string, unknown> {
      const kept = this.indentNext;
      this.indentNext = -1;
      const next = yield* super.parseFlowCollection();
      this.indentNext = kept;
      return next;
    }
  };
}

/**
 * The thorough way: feeds the first document of `text` to `builder` from the tree of the `yaml` package. Throws a `Refusal`
 * that says what is wrong in the text. Returns where a second document begins, if one does.
 */
export function buildFromDocuments(text: string, builder: YamlBuilder, depth: number): number | undefined {
  refuseControlCharacters(text);
  const { yaml, RelaxedLexer } = load();
  const parser = new yaml.Parser();
  // The lexer is a private field of the parser, and the only way to give it another one.
  (parser as unknown as { lexer: unknown }).lexer = new RelaxedLexer();
  // Its own check for duplicate keys is quadratic (5.4 s for 20,000 keys); the builder has a linear one.
  const composer = new yaml.Composer({ uniqueKeys: false, schema: 'failsafe', prettyErrors: false });
  const tokens: CST.Token[] = [];
  const documents = composer.compose(kept(parser.parse(text), tokens), false, text.length);
  const first = documents.next();
  if (first.done === true) return undefined;
  const fault = first.value.errors.reduce<YAMLParseError | undefined>(
    (least, error) => (least === undefined || error.pos[0] < least.pos[0] ? error : least),
    undefined,
  );
  if (fault !== undefined) throw refusalOf(fault, text, tokens, depth);
  if (first.value.contents !== null) addNode(yaml, first.value.contents, text, builder);
  return documents.next().done === true ? undefined : skipBlank(text, builder.cursor);
}

/** No YAML may hold them, and this parser does not mind. */
function refuseControlCharacters(text: string): void {
  const at = text.search(/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/);
  if (at === -1) return;
  const code = text.charCodeAt(at).toString(16).padStart(4, '0');
  throw new Refusal(
    'yaml-syntax',
    `The control character U+${code} is not allowed in YAML.`,
    'Remove it, or write it as an escape in double quotes.',
    at,
  );
}

function* kept(tokens: Iterable<CST.Token>, into: CST.Token[]): Generator<CST.Token> {
  for (const token of tokens) {
    into.push(token);
    yield token;
  }
}

function addNode(yaml: Yaml, node: Node, text: string, builder: YamlBuilder): void {
  const [start, end] = node.range ?? [0, 0];
  if (yaml.isAlias(node)) {
    builder.alias(node.source, { start, end: start + 1 + node.source.length });
    return;
  }
  // What is no alias is one of these three.
  const { tag, anchor } = node as Scalar | YAMLMap | YAMLSeq;
  const properties: Properties = { tag, anchor };
  if (yaml.isScalar(node)) {
    addScalar(node, start, end, properties, builder);
    return;
  }
  builder.open(yaml.isMap(node) ? 'map' : 'list', start, properties);
  if (yaml.isMap(node)) addPairs(yaml, node, text, builder);
  // A parsed list holds nodes only.
  else for (const item of (node as YAMLSeq<Node>).items) addNode(yaml, item, text, builder);
  const bracketed = (node as YAMLMap | YAMLSeq).flow === true && isOpeningBracket(text.charCodeAt(start));
  builder.close(bracketed ? end : undefined);
}

function addPairs(yaml: Yaml, map: YAMLMap, text: string, builder: YamlBuilder): void {
  // A parsed map holds nodes only; a value that is not written and has no colon is null.
  for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
    addNode(yaml, key, text, builder);
    if (value === null) builder.empty({ tag: undefined, anchor: undefined });
    else addNode(yaml, value, text, builder);
  }
}

function addScalar(node: Scalar, start: number, end: number, properties: Properties, builder: YamlBuilder): void {
  const source = node.source ?? '';
  switch (node.type) {
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE':
      builder.scalar('quoted', source, start, end, properties);
      return;
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      builder.block(source, start, end, properties);
      return;
    default:
      if (start === end) builder.empty(properties);
      else builder.scalar('plain', source, start, end, properties);
  }
}

const KEY_WITHOUT_COLON = {
  message: 'A line without a colon stands among keys, or is indented wrongly.',
  help: 'Write `key: value`, and check the indentation of this line and the one before.',
};

/** What to say for each of the parser's codes; its own message is kept where it names the place well. */
const FAULTS: Readonly<Partial<Record<YAMLParseError['code'], { readonly message?: string; readonly help: string }>>> = {
  TAB_AS_INDENT: { message: 'A tab is used as indentation, which YAML does not allow.', help: 'Indent with spaces only.' },
  BAD_INDENT: { help: 'Give lines of one list or map the same indentation, and deeper ones more.' },
  MULTILINE_IMPLICIT_KEY: KEY_WITHOUT_COLON,
  BLOCK_IN_FLOW: { message: 'Indented lines stand inside { } or [ ].', help: 'Close the bracket before them.' },
  BAD_DQ_ESCAPE: { help: 'Double the backslash, or use single quotes.' },
  BAD_SCALAR_START: { help: 'Put quotes around the value.' },
  BAD_ALIAS: { help: 'Put quotes around text that begins with * or &.' },
  MISSING_CHAR: { help: 'Add the missing character, or put quotes around the value.' },
};

const OTHER_FAULT = { help: 'Correct the syntax here; the cause may be on the line before.' };

function refusalOf(fault: YAMLParseError, text: string, tokens: readonly CST.Token[], depth: number): Refusal {
  const offset = fault.pos[0];
  if (fault.code === 'RESOURCE_EXHAUSTION') return tooDeep(depth, offset);
  const unclosed = unclosedBracket(tokens, text);
  if (unclosed !== undefined && unclosed <= offset) {
    return new Refusal(
      'yaml-syntax',
      `The "${text.charAt(unclosed)}" that opens here is never closed.`,
      'Close the bracket, or put quotes around the value.',
      unclosed,
    );
  }
  const quote = unclosedQuote(fault, text);
  if (quote !== undefined) {
    return new Refusal('yaml-syntax', 'The quoted text that begins here is never closed.', 'Add the closing quote.', quote);
  }
  if (fault.code === 'BLOCK_AS_IMPLICIT_KEY') return keyInValue(offset, text);
  if (fault.message.startsWith('Unexpected scalar at node end')) {
    return new Refusal(
      'yaml-syntax',
      'There is text behind a value that is already complete.',
      'Double a quote inside quoted text, or use the other kind of quotes.',
      offset,
    );
  }
  const { message, help } = { message: undefined, ...(lacksColon(fault) ? KEY_WITHOUT_COLON : (FAULTS[fault.code] ?? OTHER_FAULT)) };
  return new Refusal('yaml-syntax', message ?? sentence(fault.message), help, offset);
}

/** `a: b: c`, or `a: b` with a deeper indented `c:` on the next line, which YAML takes for one value. */
function keyInValue(offset: number, text: string): Refusal {
  const lineEnd = /\r?\n|$/g;
  lineEnd.lastIndex = offset;
  const end = lineEnd.exec(text)?.index ?? text.length;
  if (/:(\s|$)/.test(text.slice(offset, end))) {
    return new Refusal(
      'yaml-syntax',
      'A second `key: value` stands where a value should be.',
      'Put quotes around a value that holds ": ".',
      offset,
    );
  }
  return new Refusal(
    'yaml-syntax',
    'This key is indented deeper than the one before it, which has a value already.',
    'Indent the two alike, or remove the value of the first.',
    skipBlank(text, end),
  );
}

function lacksColon(fault: YAMLParseError): boolean {
  return fault.message.startsWith('Implicit map keys need to be followed by map values');
}

/** Without the piece of text that some messages quote behind a colon: it may be a secret. */
function sentence(message: string): string {
  return `The YAML is malformed: ${message.replace(/: .*$/s, '').replace(/\.$/, '')}.`;
}

/** The outermost bracket without its partner, by offset. */
function unclosedBracket(tokens: readonly CST.Token[], text: string): number | undefined {
  const left: (CST.Token | null | undefined)[] = [...tokens].reverse();
  for (let token = left.pop(); token !== undefined || left.length > 0; token = left.pop()) {
    if (token === null || token === undefined) continue;
    if (token.type === 'document') left.push(token.value);
    if (token.type === 'flow-collection') {
      const partner = token.start.source === '{' ? '}' : ']';
      if (!token.end.some((mark) => mark.source === partner)) return Math.min(token.start.offset, text.length);
    }
    if ('items' in token) for (const item of [...token.items].reverse()) left.push(item.value, item.key);
  }
  return undefined;
}

/** The parser points behind the text it could not close; the opening quote helps more. */
function unclosedQuote(fault: YAMLParseError, text: string): number | undefined {
  const quote = /Missing closing (['"])quote/.exec(fault.message)?.[1];
  if (quote === undefined) return undefined;
  const from = text.lastIndexOf(quote, Math.max(0, fault.pos[0] - 1));
  return from === -1 ? undefined : from;
}
