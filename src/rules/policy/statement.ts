import { type Cause, isList, isMap, isOpen, type Path, Text, type TextPart, textOf, type Value, type ValueMap } from '../../model/index.js';
import { someCauseOf } from './cause.js';
import { partsOf, patternCovers } from './text.js';
import { all, any, not, open, type Truth } from './truth.js';

/** One statement of a policy document, with its place below the resource's properties. */
export interface Statement {
  readonly path: Path;
  readonly body: ValueMap;
  /** The document's `Version`; policy variables work under `2012-10-17` only. */
  readonly version: Value | undefined;
}

/** A policy document as far as it can be read. */
export interface PolicyDocument {
  readonly path: Path;
  readonly statements: readonly Statement[];
  /** Why parts of it can't be read: whole statements, or all of them, are unknown. */
  readonly unread: readonly Cause[];
}

/** Reads a document written as an object or as JSON text, whose text may have open parts. */
export function readPolicy(value: Value | undefined, path: Path): PolicyDocument {
  if (value === undefined) return { path, statements: [], unread: [] };
  const document = isMap(value) ? value : parsePolicy(value);
  if (!isMap(document)) return { path, statements: [], unread: unreadable(value) };
  const written = document.Statement;
  if (written === undefined) return { path, statements: [], unread: [] };
  if (isMap(written)) return { path, statements: [{ path: [...path, 'Statement'], body: written, version: document.Version }], unread: [] };
  if (!isList(written)) return { path, statements: [], unread: isOpen(written) ? someCauseOf(written) : [] };
  const statements: Statement[] = [];
  const unread: Cause[] = [];
  written.forEach((body, index) => {
    if (isMap(body)) statements.push({ path: [...path, 'Statement', index], body, version: document.Version });
    else if (isOpen(body)) unread.push(...someCauseOf(body));
  });
  return { path, statements, unread };
}

function unreadable(value: Value): readonly Cause[] {
  return isOpen(value) ? someCauseOf(value) : [{ words: 'a policy that is no JSON object', kind: 'unresolved' }];
}

/** Private-use characters stand for open parts while the JSON around them is read. */
const OPEN_MARK = /\uE000(\d+)\uE001/;

function parsePolicy(value: Value): Value | undefined {
  const parts = typeof value === 'string' || value instanceof Text ? partsOf(value) : undefined;
  if (parts === undefined) return undefined;
  const text = parts.map((part, index) => (typeof part === 'string' ? part : `\uE000${index}\uE001`)).join('');
  try {
    // JSON.parse gives JSON values only, and every Value but the open ones is such.
    return refill(JSON.parse(text) as Value, parts);
  } catch {
    return undefined;
  }
}

function refill(value: Value, parts: readonly TextPart[]): Value {
  if (typeof value === 'string') {
    return textOf(value.split(OPEN_MARK).map((piece, index): TextPart => (index % 2 === 0 ? piece : (parts[Number(piece)] ?? ''))));
  }
  if (isList(value)) return value.map((item) => refill(item, parts));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, refill(item, parts)]));
  return value;
}

/** `Effect` is case-sensitive; a statement without it, or without a resource, has no effect on a key. */
export function hasEffect(statement: Statement, effect: 'Allow' | 'Deny'): Truth {
  const value = statement.body.Effect;
  if (value === undefined) return false;
  return typeof value === 'string' ? value === effect : isOpen(value) ? open(someCauseOf(value)) : false;
}

/** A key policy statement without `Resource` applies to no key [KMS guide: Creating a key policy]. */
export function namesResource(statement: Statement): boolean {
  return statement.body.Resource !== undefined || statement.body.NotResource !== undefined;
}

/** The entries of an element that may be one value or a list of them, each with its place. */
export function entriesOf(statement: Statement, element: string): readonly { readonly value: Value; readonly path: Path }[] {
  const value = statement.body[element];
  return value === undefined ? [] : listed(value, [...statement.path, element]);
}

export function listed(value: Value, path: Path): readonly { readonly value: Value; readonly path: Path }[] {
  return isList(value) ? value.map((item, index) => ({ value: item, path: [...path, index] })) : [{ value, path }];
}

/** Whether `Action`, or `NotAction`, covers an action such as `kms:Decrypt`. Letters count in neither case. */
export function coversAction(statement: Statement, action: string): Truth {
  if (statement.body.Action !== undefined) {
    return any(entriesOf(statement, 'Action').map(({ value }) => patternCovers(value, action, 'any-case')));
  }
  if (statement.body.NotAction === undefined) return false;
  return all(entriesOf(statement, 'NotAction').map(({ value }) => not(patternCovers(value, action, 'any-case'))));
}
