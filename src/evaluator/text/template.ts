import { UNSURE, type Unsure } from '../condition/context-truth.js';
import type { Piece } from './glob.js';

/** A text with policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`. */
export interface Template {
  readonly source: string;
  readonly parts: readonly (string | { readonly variable: string; readonly fallback?: string })[];
}

const VARIABLE = /\$\{([A-Za-z0-9_-]+:[^,}]+?)(?:\s*,\s*'([^']*)')?\}/g;

/** Undefined where the text has no variable [IAM guide: IAM policy elements: Variables and tags]. */
export function readTemplate(source: string): Template | undefined {
  if (!source.includes('${')) return undefined;
  const parts: Template['parts'][number][] = [];
  let at = 0;
  for (const match of source.matchAll(VARIABLE)) {
    if (match.index > at) parts.push(source.slice(at, match.index));
    parts.push({ variable: (match[1] ?? '').trim().toLowerCase(), ...(match[2] === undefined ? {} : { fallback: match[2] }) });
    at = match.index + match[0].length;
  }
  if (at === 0) return undefined;
  if (at < source.length) parts.push(source.slice(at));
  return { source, parts };
}

export type Filled =
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  /** A variable is known to be missing and has no default: the text matches nothing. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'unsure'; readonly variable: string };

/** The text with its variables put in; a substituted value is literal, a `*` in it no wildcard. */
export function piecesOf(template: Template, lookUp: (variable: string) => string | 'absent' | Unsure): Filled {
  const pieces: Piece[] = [];
  for (const part of template.parts) {
    if (typeof part === 'string') {
      pieces.push({ text: part, literal: false });
      continue;
    }
    const value = lookUp(part.variable);
    if (value === UNSURE) return { kind: 'unsure', variable: part.variable };
    if (value !== 'absent') pieces.push({ text: value, literal: true });
    else if (part.fallback !== undefined) pieces.push({ text: part.fallback, literal: true });
    else return { kind: 'missing' };
  }
  return { kind: 'text', pieces };
}
