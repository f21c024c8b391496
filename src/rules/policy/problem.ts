import { NOT_APPLICABLE, PASS, type Path, type RelatedSpot, type Verdict } from '../../model/index.js';
import { isOpenTruth, type Truth } from './truth.js';

/** A place where a problem is, may be, or is not; `words` fill the placeholders of the rule's message. */
export interface Problem {
  readonly truth: Truth;
  readonly path: Path;
  readonly words?: Readonly<Record<string, string>>;
  readonly secret?: boolean;
  readonly related?: readonly RelatedSpot[];
  /** How it came about, or what it takes for granted. */
  readonly steps?: readonly string[];
}

/** One verdict for each place with a problem, sure or possible; else `pass`, or `not-applicable` where nothing was looked at. */
export function verdictsOf(problems: Iterable<Problem>, nothing: 'pass' | 'not-applicable' = 'pass'): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  let looked = false;
  for (const { truth, path, words, secret, related, steps } of problems) {
    looked = true;
    if (truth === false) continue;
    const shown = { spot: { path }, ...(words === undefined ? {} : { words }), ...(secret === undefined ? {} : { secret }) };
    if (isOpenTruth(truth)) verdicts.push({ kind: 'undecided', because: truth.because, ...shown });
    else
      verdicts.push({ kind: 'fail', ...shown, ...(related === undefined ? {} : { related }), ...(steps === undefined ? {} : { steps }) });
  }
  if (verdicts.length > 0) return verdicts;
  return [looked || nothing === 'pass' ? PASS : NOT_APPLICABLE];
}
