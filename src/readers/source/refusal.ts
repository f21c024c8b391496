import type { LineIndex } from './line-index.js';
import type { Problem } from './problem.js';

/** Thrown inside the parsers where a text can't be read; every public function turns it into one error. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly help: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

export function problemOf(refusal: Refusal, lines: LineIndex): Problem {
  return { level: 'error', code: refusal.code, message: refusal.message, help: refusal.help, at: lines.position(refusal.offset) };
}

export function tooDeep(limit: number, offset: number): Refusal {
  return new Refusal(
    'too-deep',
    `Values are nested more than ${limit} levels deep here.`,
    'Flatten the structure; no template needs this depth.',
    offset,
  );
}

export function emptyFile(): Refusal {
  return new Refusal('empty-file', 'The file is empty: it holds no value.', 'Write a template into it or leave it out of the scan.', 0);
}
