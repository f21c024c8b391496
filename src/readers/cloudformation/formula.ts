import { ALWAYS, type Formula, NEVER } from '../../model/index.js';

/** Formulas folded as they are built, so that a constant is always visible as one. */
export function not(of: Formula): Formula {
  if (of.op === 'constant') return of.value ? NEVER : ALWAYS;
  return of.op === 'not' ? of.of : { op: 'not', of };
}

export function and(parts: readonly Formula[]): Formula {
  return combine('and', parts);
}

export function or(parts: readonly Formula[]): Formula {
  return combine('or', parts);
}

export function named(name: string, of: Formula): Formula {
  return of.op === 'constant' ? of : { op: 'named', name, of };
}

function combine(op: 'and' | 'or', parts: readonly Formula[]): Formula {
  const settling = op === 'or';
  const open: Formula[] = [];
  for (const part of parts) {
    if (part.op !== 'constant') open.push(part);
    else if (part.value === settling) return part;
  }
  const only = open[0];
  if (only === undefined) return settling ? NEVER : ALWAYS;
  return open.length === 1 ? only : { op, of: open };
}

/** True where an untestable comparison takes part: enumerating many of those costs more than it tells. */
export function hasFree(formula: Formula): boolean {
  switch (formula.op) {
    case 'free':
      return true;
    case 'not':
    case 'named':
      return hasFree(formula.of);
    case 'and':
    case 'or':
      return formula.of.some(hasFree);
    default:
      return false;
  }
}

const sizes = new WeakMap<Formula, number>();

/** How many tests the formula makes when it is written out: conditions that use each other twice double it each time. */
export function sizeOf(formula: Formula): number {
  const known = sizes.get(formula);
  if (known !== undefined) return known;
  const size = sizeOfParts(formula);
  sizes.set(formula, size);
  return size;
}

function sizeOfParts(formula: Formula): number {
  switch (formula.op) {
    case 'not':
    case 'named':
      return sizeOf(formula.of);
    case 'and':
    case 'or':
      return formula.of.reduce((sum, part) => sum + sizeOf(part), 0);
    default:
      return 1;
  }
}
