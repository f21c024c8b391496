import type { Span } from '../model/index.js';
import type { SecretHit } from './hit.js';
import type { CredentialNoun } from './name.js';

const WORDS: Readonly<Record<CredentialNoun, string>> = {
  password: 'a password',
  secret: 'a secret',
  token: 'a token',
  'api-key': 'an API key',
  'secret-key': 'a secret key',
  'private-key': 'a private key',
  'connection-string': 'a connection string with a credential',
  credential: 'a credential',
};

export const RANDOM_VALUE = { kind: 'random-value', words: 'a value that looks like a generated key', confidence: 'entropy' } as const;

/** Makers whose keys have no prefix to know them by: the name tells whose it is, the shape that it is one. */
const SHAPED: readonly { readonly name: RegExp; readonly value: RegExp; readonly kind: string; readonly words: string }[] = [
  {
    name: /aws.*secret|secret.?access.?key/i,
    value: /^[A-Za-z0-9/+]{40}$/,
    kind: 'aws-secret-access-key',
    words: 'an AWS secret access key',
  },
  { name: /datadog|(?:^|[^a-z])dd[^a-z]/i, value: /^(?:[0-9a-f]{32}|[0-9a-f]{40})$/, kind: 'datadog-key', words: 'a Datadog key' },
  { name: /twilio/i, value: /^[0-9a-f]{32}$/, kind: 'twilio-auth-token', words: 'a Twilio auth token' },
  { name: /new.?relic/i, value: /^[0-9a-f]{36}NRAL$|^[0-9a-f]{40}$/, kind: 'newrelic-key', words: 'a New Relic license key' },
];

/** The hit for a value whose name gave it away; `span` is where the value stands. */
export function hitOfName(name: string, noun: CredentialNoun, value: string, span: Span): SecretHit {
  const shaped = SHAPED.find((shape) => shape.name.test(name) && shape.value.test(value));
  const { start, end } = span;
  if (shaped !== undefined) return { start, end, kind: shaped.kind, words: shaped.words, confidence: 'format' };
  return { start, end, kind: noun, words: WORDS[noun], confidence: 'name' };
}
