/** What a name says its value is. `hint` names (SIGNING_KEY, AUTH, SEED) may hold a secret or a reference: the value has to decide. */
export type NameMeaning =
  | { readonly kind: 'credential'; readonly noun: CredentialNoun }
  | { readonly kind: 'hint' }
  | { readonly kind: 'other' };

export type CredentialNoun =
  | 'password'
  | 'secret'
  | 'token'
  | 'api-key'
  | 'secret-key'
  | 'private-key'
  | 'connection-string'
  | 'credential';

const OTHER: NameMeaning = { kind: 'other' };
const HINT: NameMeaning = { kind: 'hint' };

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}

const PASSWORDS = set('password passwords passwd passphrase passcode pwd pswd userpass dbpass');
const SECRETS = set('secret secrets clientsecret');
const TOKENS = set('token authtoken accesstoken pat');
const CREDENTIALS = set('credential credentials creds');

/** `<word> key` that is always a secret; of other keys (partition, object, signing, encryption) the value must tell. */
const KEY_OWNERS: Readonly<Record<string, CredentialNoun>> = {
  api: 'api-key',
  app: 'api-key',
  application: 'api-key',
  consumer: 'api-key',
  subscription: 'api-key',
  integration: 'api-key',
  deploy: 'api-key',
  secret: 'secret-key',
  secrets: 'secret-key',
  access: 'secret-key',
  shared: 'secret-key',
  auth: 'secret-key',
  hmac: 'secret-key',
  jwt: 'secret-key',
  account: 'secret-key',
  storage: 'secret-key',
  session: 'secret-key',
  preshared: 'secret-key',
  token: 'secret-key',
  private: 'private-key',
};

/** Endings that a lower-case or run-together name has: `pgpassword`, `dbapikey`. */
const JOINED: readonly (readonly [string, CredentialNoun])[] = [
  ['password', 'password'],
  ['passwd', 'password'],
  ['passphrase', 'password'],
  ['apikey', 'api-key'],
  ['secretkey', 'secret-key'],
  ['accesskey', 'secret-key'],
  ['sharedkey', 'secret-key'],
  ['presharedkey', 'secret-key'],
  ['privatekey', 'private-key'],
  ['authtoken', 'token'],
  ['accesstoken', 'token'],
  ['refreshtoken', 'token'],
  ['hectoken', 'token'],
  ['clientsecret', 'secret'],
  ['connectionstring', 'connection-string'],
];

/** A name that goes on with one of these is about a credential and does not hold it: SECRET_ARN, TOKEN_URL, PasswordLength, API_KEY_HEADER. */
const ABOUT = set(`
  arn arns name names url uri urls endpoint endpoints path paths file files filename dir directory folder location parameter parameters param
  params id ids identifier alias aliases kid fingerprint thumbprint length size ttl age lifetime expiry expires expiration expire timeout
  days hours seconds minutes period interval duration policy policies enabled enable disabled required require rotation rotate version
  versions stage stages type types prefix suffix format region account role roles field fields column header headers count limit max min
  ref reference references store manager provider service host port issuer audience scope scopes algorithm algo alg method mode status
  state description label hint regex pattern constraint constraints characters character exclude charset change changed reset recovery
  protection encryption encrypted validity validation validator verify auth authentication authorizer resolver source handler lambda function cache table
  bucket topic queue template generator generated template spec schema rule rules set group list map mapping property attribute env
  resource resources condition usage user username owner email date time timestamp created updated at on by for from
  operator driver controller class agent helper lookup page link expected attempts retries replica replicas
`);

/** Words after a credential's name that change nothing. */
const NEUTRAL = set(`
  value values string text plain plaintext literal data default old new current previous primary secondary raw decoded encoded base64 b64
  prod production stage staging dev development test testing qa uat local live hash 1 2 3 4 5
`);

/** A first word that makes a switch or a number of it: EnablePassword, MAX_TOKENS, ManageMasterUserPassword. */
const SWITCHES = set(
  'use uses enable disable manage validate encrypt return get create add remove generate rotate require requires allow has is should show with without no skip max min num number',
);

/** `<word> token` that is made up to page or to repeat a call, and `<word> key` that names a place: nothing secret about them. */
const HARMLESS_TOKENS = set(
  'next continuation pagination page idempotency creation request client cancellation csrf xsrf task design syntax',
);
const HARMLESS_KEYS = set(`
  public partition sort primary hash range foreign object s3 bucket kms cmk cmek cache routing tag tags condition context map index row record
  group unique natural composite dedup deduplication idempotency message event json yaml config registry ssm parameter param lock state
  host known ec2 instance pair cross row file item data lookup translation i18n order placeholder parent stream
`);
const KEY_HINTS = set(
  'auth authkey salt pass seed cookie jwt webhook dsn licence license signature hmac pin key psk otp totp connection conn sas',
);

/** `DBPassword_v2` to `db password v 2`; digits stay with their word where they are a part of it (`b64`, `s3`). */
export function wordsOfName(name: string): string[] {
  return name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Property names come again with every resource: what they mean is worked out once. Only names are kept, and not without bound. */
const known = new Map<string, NameMeaning>();
const MOST_KNOWN = 5000;

/** What a variable's, parameter's or path's name says of its value. */
export function meaningOfName(name: string): NameMeaning {
  let meaning = known.get(name);
  if (meaning === undefined) {
    meaning = workOutMeaning(name);
    if (known.size >= MOST_KNOWN) known.clear();
    if (name.length <= 100) known.set(name, meaning);
  }
  return meaning;
}

function workOutMeaning(name: string): NameMeaning {
  // Custom resources name the function that serves them by this property; CloudFormation requires an ARN there.
  if (name === 'ServiceToken') return OTHER;
  const words = wordsOfName(name);
  const first = words[0];
  if (first === undefined) return OTHER;
  if (words.length > 1 && SWITCHES.has(first)) return OTHER;
  for (;;) {
    const noun = nounAtEnd(words);
    if (noun !== undefined) return { kind: 'credential', noun };
    if (words.length < 2 || !isNeutral(words.at(-1) ?? '')) break;
    words.pop();
  }
  if (passwordWithin(words)) return { kind: 'credential', noun: 'password' };
  return hintAtEnd(words) ? HINT : OTHER;
}

/** True where the name alone says that its value is a credential: `DB_PASSWORD`, `apiKey`, `/prod/db/password`; not `SECRET_ARN`. */
export function isCredentialName(name: string): boolean {
  return meaningOfName(name).kind === 'credential';
}

function isNeutral(word: string): boolean {
  return NEUTRAL.has(word) || /^v?\d{1,4}$/.test(word);
}

function nounAtEnd(words: readonly string[]): CredentialNoun | undefined {
  const last = (words.at(-1) ?? '').replace(/\d{1,3}$/, '');
  const before = words.at(-2) ?? '';
  if (PASSWORDS.has(last)) return 'password';
  if (last === 'pass' && words.length > 1 && before !== 'by') return 'password';
  if (last === 'word' && before === 'pass') return 'password';
  if (last === 'phrase' && before === 'pass') return 'password';
  if (SECRETS.has(last)) return 'secret';
  if (TOKENS.has(last)) return HARMLESS_TOKENS.has(before) ? undefined : 'token';
  if (CREDENTIALS.has(last)) return before === 'allow' ? undefined : 'credential';
  if (last === 'psk') return 'secret-key';
  if (last === 'key') return before === 'shared' && words.at(-3) === 'pre' ? 'secret-key' : KEY_OWNERS[before];
  if ((last === 'string' || last === 'str') && (before === 'connection' || before === 'conn')) return 'connection-string';
  return JOINED.find(([ending]) => last.endsWith(ending))?.[1];
}

/** `DB_PASSWORD_APP`: passwords are often told apart by a word behind; secrets and tokens with one are something else. */
function passwordWithin(words: readonly string[]): boolean {
  const at = words.findIndex((word) => PASSWORDS.has(word) && word !== 'pwd' && word !== 'passwords');
  return at >= 0 && at < words.length - 1 && !words.slice(at + 1).some((word) => ABOUT.has(word));
}

function hintAtEnd(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  if (last === 'key') return !HARMLESS_KEYS.has(words.at(-2) ?? '') && words.length > 1;
  return KEY_HINTS.has(last) && last !== 'key';
}
