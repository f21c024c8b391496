import { type Node, TRUE } from './bdd.js';
import type { Elementary } from './condition/elementary.js';
import type { Meaning, Variables } from './condition/open-context.js';

/**
 * Keys whose value someone outside can't choose: a fixed value keeps strangers out [S3 guide: Blocking public access,
 * The meaning of "public"; by the same reasoning the organisation of the resource a service acts for, and paths inside an
 * organisation]. What counts as fixed differs a little by key.
 */
const PINNING: Readonly<Record<string, (test: Elementary) => boolean>> = {
  'aws:sourcearn': isLiteral,
  'aws:sourcevpc': isLiteral,
  'aws:sourcevpce': isLiteral,
  'aws:sourceowner': isLiteral,
  'aws:sourceaccount': isLiteral,
  'aws:sourceorgid': isLiteral,
  'aws:sourceorgpaths': hasFixedOrganization,
  'aws:principalorgid': isLiteral,
  'aws:principalorgpaths': hasFixedOrganization,
  'aws:userid': isLiteral,
  'aws:sourceip': isNarrow,
  's3:x-amz-server-side-encryption-aws-kms-key-id': isLiteral,
  's3:dataaccesspointaccount': isLiteral,
  's3:dataaccesspointarn': hasFixedAccount,
};

/** The user an identity provider vouches for; a pool of Amazon Cognito is known by its `aud`. */
const IDENTITY = /:sub$|^cognito-identity\.amazonaws\.com:aud$/;

/** What no stranger's request shows: a fixed value of a pinning key, among the tests that the formula hangs on. */
export function strangersLack(variables: Variables, formula: Node): Node {
  return without(variables, formula, isPinned);
}

/** The requests in which none of the variables that `out` picks, of those the formula hangs on, is true. */
export function without(variables: Variables, formula: Node, out: (meaning: Meaning) => boolean): Node {
  const { bdd } = variables;
  return bdd
    .support(formula)
    .filter((variable) => out(variables.meaning(variable)))
    .reduce((rest, variable) => bdd.and(rest, bdd.not(bdd.variable(variable))), TRUE);
}

function isPinned(meaning: Meaning): boolean {
  if (meaning.kind === 'test') return isFixed(meaning.key, meaning.test);
  return (
    meaning.kind === 'class' && meaning.tests.some((test, index) => meaning.textClass.matched.has(index) && isFixed(meaning.key, test))
  );
}

function isFixed(key: string, test: Elementary): boolean {
  return (Object.hasOwn(PINNING, key) && PINNING[key]?.(test) === true) || (IDENTITY.test(key) && hasFixedOwner(test));
}

function isLiteral({ glob }: Elementary): boolean {
  return glob?.literal !== undefined;
}

/** `repo:my-company/*`: what stands before the first wildcard says whose it is. */
function hasFixedOwner(test: Elementary): boolean {
  return isLiteral(test) || /^[a-z_]+:[^:/]+[:/]/.test(beforeWildcards(test));
}

function hasFixedOrganization(test: Elementary): boolean {
  return isLiteral(test) || /^o-[a-z0-9]+\//.test(beforeWildcards(test));
}

/** A wildcard after a fixed account still names the account's access points. */
function hasFixedAccount(test: Elementary): boolean {
  return isLiteral(test) || /^\d{12}$/.test(test.glob?.source.split(':')[4] ?? '');
}

function beforeWildcards({ glob }: Elementary): string {
  const tokens = glob?.tokens ?? [];
  const end = tokens.findIndex((token) => token.kind !== 'char');
  return tokens
    .slice(0, end < 0 ? tokens.length : end)
    .map((token) => (token.kind === 'char' ? token.char : ''))
    .join('');
}

/** Ranges of at least /8 (IPv4) or /32 (IPv6), and private ones, are not the whole world. */
function isNarrow({ block }: Elementary): boolean {
  if (block === undefined) return false;
  const most = block.bits === 32 ? 24n : 96n;
  if (block.last - block.first + 1n <= 1n << most) return true;
  return PRIVATE.some(({ bits, first, last }) => bits === block.bits && first <= block.first && block.last <= last);
}

/** RFC 1918 and RFC 4193. */
const PRIVATE = [
  { bits: 32, first: 0x0a000000n, last: 0x0affffffn },
  { bits: 32, first: 0xac100000n, last: 0xac1fffffn },
  { bits: 32, first: 0xc0a80000n, last: 0xc0a8ffffn },
  { bits: 128, first: 0xfcn << 120n, last: (0xfen << 120n) - 1n },
] as const;
