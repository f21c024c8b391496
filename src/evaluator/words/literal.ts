import type { ContextLiteral } from '../../model/index.js';
import type { Elementary } from '../condition/elementary.js';
import type { Meaning } from '../condition/open-context.js';

/** How people say that a key has a value; `%` is the value. A key of no row is said as "`key` …". */
const PHRASES: Readonly<Record<string, { readonly is: string; readonly isNot: string; readonly absent: string }>> = {
  'aws:sourcevpce': {
    is: 'the call comes through the VPC endpoint %',
    isNot: 'the call does not come through the VPC endpoint %',
    absent: 'the call comes through no VPC endpoint',
  },
  'aws:sourcevpc': {
    is: 'the call comes from the VPC %',
    isNot: 'the call does not come from the VPC %',
    absent: 'the call comes from no VPC',
  },
  'aws:sourceip': {
    is: 'the call comes from the address %',
    isNot: 'the call does not come from the address %',
    absent: 'the call comes through a VPC endpoint',
  },
  'kms:viaservice': { is: 'the key is used through %', isNot: 'the key is not used through %', absent: 'the key is used directly' },
  'aws:multifactorauthpresent': { is: 'MFA is %', isNot: 'MFA is not %', absent: 'there is no MFA information (long-term credentials)' },
  'aws:securetransport': { is: 'TLS is %', isNot: 'TLS is not %', absent: 'TLS is unknown' },
};

const RELATION_WORDS = { '=': 'is', '<': 'is below', '<=': 'is at most', '>': 'is above', '>=': 'is at least' } as const;
const DATE_WORDS = { '=': 'is', '<': 'is before', '<=': 'is not after', '>': 'is after', '>=': 'is not before' } as const;

/** A variable of the answer, or its negation, as a test on the request's context. */
export function literalOf(meaning: Meaning, positive: boolean): ContextLiteral {
  switch (meaning.kind) {
    case 'present':
      return {
        key: meaning.key,
        test: 'present',
        values: [],
        negated: !positive,
        words: positive
          ? `\`${meaning.key}\` is in the request`
          : (PHRASES[meaning.key]?.absent ?? `\`${meaning.key}\` is not in the request`),
      };
    case 'class': {
      const fits = meaning.tests.filter((_, index) => meaning.textClass.matched.has(index)).map((test) => test.shown);
      const which = fits.length === 0 ? 'anything else' : fits.join(' and ');
      return {
        key: meaning.key,
        test: 'some',
        values: fits,
        negated: !positive,
        words: `${positive ? 'some' : 'no'} value of \`${meaning.key}\` is ${which}`,
      };
    }
    case 'free':
      return { key: meaning.id, test: 'free', values: [], negated: !positive, words: `${positive ? '' : 'not '}${meaning.cause.words}` };
    case 'test': {
      const { key, test } = meaning;
      const phrase = PHRASES[key];
      const value = test.shown;
      const name = `\`${key}\``;
      const test_ = testName(test);
      if (test.family === 'text' && phrase !== undefined) {
        return { key, test: test_, values: [value], negated: !positive, words: (positive ? phrase.is : phrase.isNot).replace('%', value) };
      }
      const verb = verbOf(test);
      return {
        key,
        test: test_,
        values: [value],
        negated: !positive,
        words: positive ? `${name} ${verb} ${value}` : `not: ${name} ${verb} ${value}`,
      };
    }
  }
}

function testName({ family, glob, relation }: Elementary): string {
  if (family === 'ip') return 'in';
  if (family !== 'text') return `${family} ${relation ?? '='}`;
  const kind = glob?.kind === 'arn' && glob.literal === undefined ? 'arn like' : glob?.literal === undefined ? 'like' : 'equals';
  return glob?.kind === 'folded' ? 'equals ignoring case' : kind;
}

function verbOf({ family, glob, relation }: Elementary): string {
  if (family === 'ip') return 'is within';
  if (family !== 'text') return (family === 'date' ? DATE_WORDS : RELATION_WORDS)[relation ?? '='];
  if (glob?.kind === 'folded') return 'is, in any letter case,';
  return glob?.literal === undefined ? 'matches' : 'is';
}
