import { type Cause, isMap, isOpen, type Path, type Value } from '../../model/index.js';
import { someCauseOf } from './cause.js';
import { type Test, testsOf } from './condition.js';
import { coversAction, entriesOf, hasEffect, listed, type PolicyDocument, type Statement } from './statement.js';
import { written } from './text.js';
import { all, any, isOpenTruth, open, type Truth } from './truth.js';

/** What a policy has to refuse, to everyone. */
export interface Demand {
  /** The action, or the pattern of all actions, that has to be denied: `s3:*`. */
  readonly action: string;
  readonly targets: readonly { readonly words: string; covers(resource: Value | undefined): Truth }[];
  /** Whether a test of the condition holds for every request that has to be refused; undefined for a test of something else. */
  holds(test: Test): Truth | undefined;
}

export type Refusal =
  | { readonly kind: 'complete' }
  /** A statement tries and leaves a gap: what is missing, and where the statement stands. */
  | { readonly kind: 'partial'; readonly missing: string; readonly path: Path }
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly because: readonly Cause[] };

/** How far a resource policy refuses the requests that `demand` describes. */
export function refusalOf(document: PolicyDocument, demand: Demand): Refusal {
  const reaches = document.statements.map((statement) => reachOf(statement, demand));
  const covered = demand.targets.map((target) =>
    any(reaches.map((reach) => all([reach.refuses, target.covers(reach.statement.body.Resource)]))),
  );
  const complete = all(covered);
  if (complete === true) return { kind: 'complete' };
  if (document.unread.length > 0) return { kind: 'open', because: document.unread };
  if (isOpenTruth(complete)) return { kind: 'open', because: complete.because };
  const attempt = reaches.find((reach) => reach.asks !== false);
  if (attempt === undefined) return { kind: 'none' };
  const left = demand.targets.filter((_, index) => covered[index] === false).map((target) => `does not cover ${target.words}`);
  return { kind: 'partial', missing: (attempt.gaps.length > 0 ? attempt.gaps : left).join(' and '), path: attempt.statement.path };
}

/** What one statement refuses, leaving its resource aside. */
interface Reach {
  readonly statement: Statement;
  /** It is a Deny that asks for the right thing, whoever and whatever it reaches. */
  readonly asks: Truth;
  readonly refuses: Truth;
  readonly gaps: readonly string[];
}

function reachOf(statement: Statement, demand: Demand): Reach {
  const tests = testsOf(statement);
  const asks = all([hasEffect(statement, 'Deny'), 'because' in tests ? open(tests.because) : asksFor(tests, demand)]);
  const alone = 'because' in tests ? open(tests.because) : all(tests.filter((test) => demand.holds(test) === undefined).map(isHarmless));
  const everyone = reachesEveryone(statement);
  const action = coversAll(statement, demand.action);
  const gaps = [
    ...(everyone === false ? ['does not reach every principal'] : []),
    ...(action === false
      ? [`does not cover ${demand.action === 's3:*' || demand.action === 'sqs:*' ? 'every action' : demand.action}`]
      : []),
    ...(alone === false ? ['has a further condition that lets requests through'] : []),
  ];
  return { statement, asks, refuses: all([asks, alone, everyone, action]), gaps };
}

function asksFor(tests: readonly Test[], demand: Demand): Truth {
  return any(tests.map((test) => demand.holds(test) ?? false));
}

/** Requests that AWS services make use TLS anyway, so leaving them out leaves no gap. */
const SERVICE_REQUEST: ReadonlySet<string> = new Set(['aws:principalisawsservice', 'aws:viaawsservice']);

function isHarmless(test: Test): Truth {
  return SERVICE_REQUEST.has(test.key) && test.operator === 'bool' ? hasValue(test, 'false') : false;
}

/** `"*"` and `{ AWS: "*" }` are everyone; services alone are not. */
function reachesEveryone(statement: Statement): Truth {
  const principal = statement.body.Principal;
  const named = isMap(principal) ? principal.AWS : principal;
  return named === undefined ? false : any(listed(named, []).map(({ value }) => isStar(value)));
}

function isStar(value: Value): Truth {
  // A text with a literal part is never the star alone.
  return isOpen(value) && value.kind !== 'text' ? open(someCauseOf(value)) : value === '*';
}

/** A `NotAction` covers a whole service where it leaves out nothing of it. */
function coversAll(statement: Statement, action: string): Truth {
  if (statement.body.NotAction === undefined) return coversAction(statement, action);
  const service = action.slice(0, action.indexOf(':') + 1);
  return all(
    entriesOf(statement, 'NotAction').map(({ value }) => (isOpen(value) ? open(someCauseOf(value)) : isOutside(written(value), service))),
  );
}

function isOutside(pattern: string, service: string): boolean {
  return !pattern.startsWith('*') && !pattern.toLowerCase().startsWith(service);
}

function hasValue(test: Test, wanted: string): Truth {
  return any(test.values.map(({ value }) => (isOpen(value) ? open(someCauseOf(value)) : String(value).toLowerCase() === wanted)));
}

/** Holds for requests without TLS [IAM guide: AWS global condition context keys, aws:SecureTransport]. */
export function asksForTls(test: Test): Truth | undefined {
  if (test.key === 'aws:securetransport' && test.operator === 'bool') return hasValue(test, 'false');
  // A plain request has no s3:TlsVersion, so such a test holds for it only with IfExists.
  if (test.key === 's3:tlsversion' && test.operator === 'numericlessthan' && test.ifExists) return true;
  return undefined;
}

/** Holds for requests below TLS 1.2 [S3 guide: Bucket policy examples using condition keys, s3:TlsVersion]. */
export function asksForTls12(test: Test): Truth | undefined {
  if (test.key !== 's3:tlsversion' || !test.operator.startsWith('numericlessthan')) return undefined;
  const least = test.operator === 'numericlessthanequals' ? 1.1 : 1.2;
  return any(test.values.map(({ value }) => (isOpen(value) ? open(someCauseOf(value)) : Number(value) >= least)));
}
