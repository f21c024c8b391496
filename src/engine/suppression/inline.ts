import type { Range } from '../../model/index.js';
import type { Directive } from './directive.js';

/** A suppression written in a scanned file, with what it covers. Plain data. */
export interface InlineSuppression extends Directive {
  readonly by: 'comment' | 'metadata';
  readonly file: string;
  /** Where it is written. */
  readonly line: number;
  readonly covers: Cover;
}

export type Cover =
  | { readonly kind: 'file' }
  /** These lines, first and last. */
  | { readonly kind: 'lines'; readonly from: number; readonly to: number }
  | { readonly kind: 'resource'; readonly id: string };

/** What a suppression is compared with: where a finding stands and whose it is. */
export interface Target {
  readonly resource: string;
  readonly file: string | undefined;
  readonly range: Range | undefined;
  /** The first line of the whole resource, and its file. */
  readonly home: { readonly file: string; readonly line: number } | undefined;
}

/** True where the finding stands in what the suppression covers, or the whole resource it is about does. */
export function covers(suppression: InlineSuppression, target: Target): boolean {
  const { covers: cover, file } = suppression;
  switch (cover.kind) {
    case 'file':
      return target.file === file || target.home?.file === file;
    case 'resource':
      return target.resource === cover.id;
    case 'lines': {
      const at = target.file === file ? target.range?.start.line : undefined;
      const home = target.home?.file === file ? target.home.line : undefined;
      return isWithin(at, cover) || isWithin(home, cover);
    }
  }
}

function isWithin(line: number | undefined, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return line !== undefined && line >= from && line <= to;
}
