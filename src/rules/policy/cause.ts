import { type Cause, type Formula, isList, isMap, isOpen, type Open, type Value } from '../../model/index.js';

/** What keeps a value open, as causes of an undecided verdict. A closed value has none. */
export function causesOf(value: Value): readonly Cause[] {
  if (!isOpen(value)) return [];
  const open: Open = value;
  switch (open.kind) {
    case 'unknown':
      return [
        { words: open.reason.words, kind: open.reason.kind, ...(open.reason.settle === undefined ? {} : { settle: open.reason.settle }) },
      ];
    case 'text':
      return open.parts.flatMap((part) => (typeof part === 'string' ? [] : causesOf(part)));
    case 'choice':
      return [{ words: wordsOf(open.when), kind: 'condition' }];
    case 'reference':
      return [{ words: `attribute ${open.attribute} of another resource, which exists only after deployment`, kind: 'attribute' }];
    case 'dynamic-reference':
      return [{ words: `the dynamic reference to ${open.service}, which is resolved at deployment`, kind: 'dynamic-reference' }];
    case 'absent':
      return [];
  }
}

/** What keeps any part of a value open. */
export function causesWithin(value: Value): readonly Cause[] {
  if (isList(value)) return value.flatMap(causesWithin);
  return isMap(value) ? Object.values(value).flatMap(causesWithin) : causesOf(value);
}

/** What keeps a value open, never empty: for a place that is known to be open. */
export function someCauseOf(value: Value): readonly Cause[] {
  const causes = causesOf(value);
  return causes.length > 0 ? causes : [{ words: 'a value that the source does not say', kind: 'unresolved' }];
}

function wordsOf(formula: Formula): string {
  switch (formula.op) {
    case 'named':
      return `condition ${formula.name}`;
    case 'free':
      return formula.words;
    case 'not':
      return wordsOf(formula.of);
    default:
      return 'a condition that can only be known at deployment';
  }
}
