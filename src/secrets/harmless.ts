import { type CredentialNoun, isCredentialName, wordsOfName } from './name.js';

/**
 * True for a value that is no secret though its name is a credential's: a reference to where the secret is kept, a switch,
 * a placeholder that someone is meant to replace. A literal default such as `changeme` is not harmless: it works until it is changed.
 */
export function isHarmless(value: string, noun: CredentialNoun | 'hint'): boolean {
  const text = value.trim();
  if (/^(?:\{\s*\}|\[\s*\])?$/.test(text) || SWITCH_VALUES.has(text.toLowerCase()) || /^-?\d{1,3}(?:\.\d+)?$/.test(text)) return true;
  if (isPlaceholder(text) || isTemplated(text) || isReference(text)) return true;
  if (isProse(text)) return true;
  // People put real passwords of dashed words there; of a secret or a key such a text is the name under which it is kept.
  if (noun === 'password') return false;
  if (noun === 'connection-string') return true;
  // KMS names keys by UUID; of what is surely a credential (client secret, API key) a UUID is a usual form.
  if (noun === 'hint' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return true;
  return isNameOfSecret(text) || TOKEN_STANDINS.has(text.toLowerCase());
}

const SWITCH_VALUES: ReadonlySet<string> = new Set(
  'true false yes no on off null none nil undefined n/a na enabled disabled required optional auto default dev test-env prod production staging string'.split(
    ' ',
  ),
);

/** What stands for a token or key in local set-ups; as a password each of these would open something. */
const TOKEN_STANDINS: ReadonlySet<string> = new Set(
  'test testing dummy fake sample example local foo bar bearer jwt oauth oauth2 cookie header basic same-origin include omit iam aws'.split(
    ' ',
  ),
);

/** Text that stands where the secret is to be written: `<your-password>`, `REPLACE_ME`, `xxxxxxxx`, AWS's own `…EXAMPLEKEY`. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().replace(/^(?:bearer|basic|token)\s+(?=\S)/i, '');
  if (/^(?:<{1,3}[^<>]*>{1,3}|\[[\w\s-]*\]|%\w+%|__\w+__|@\w+@|\*+|•+|\.{3,}|…|-+|_+|\?+|#+|x{3,}|X{3,}|VALUE)$/.test(text)) return true;
  if (
    /^(?:replace|your|my[-_]?own|insert|put|enter|fill|set|add|provide|specify|todo|fixme|tbd|placeholder|redacted|masked|hidden|omitted)(?:[^a-z]|me|this|in|here|$)/i.test(
      text,
    )
  ) {
    return true;
  }
  if (/(?:^|[^A-Za-z])(?:REPLACE|PLACEHOLDER|REDACTED|TODO|FIXME|INSERT|YOUR)(?:[^A-Za-z]|$)/.test(text)) return true;
  if (/EXAMPLE(?:KEY|TOKEN|SECRET|PASSWORD)?$/.test(text) || /[-_ ]here>?$/i.test(text)) return true;
  return /(.)\1{7}/.test(text) && new Set(text).size <= 6;
}

/** The value is put together at deployment or run time: `${Param}`, `{{resolve:…}}`, `$(cat f)`, `$TOKEN`, `%(x)s`, `#{x}`. */
export function isTemplated(text: string): boolean {
  // A crypt hash ($2b$10$…, $6$…) begins with a dollar sign as well, and is a value.
  if (/^\$[0-9a-zA-Z]{1,8}\$[^$]/.test(text)) return false;
  return /\{\{|\$\{|\$\(|#\{|%\(|<%|`|^\$[A-Za-z_][\w:.]*\$?$|^\$\d$|^[$@]\(?Env:|^env[.:]|^!(?:Ref|Sub|GetAtt|ImportValue|If|Join|Select|FindInMap)\b/.test(
    text,
  );
}

/** Points at where the secret is kept. */
function isReference(text: string): boolean {
  if (/^(?:arn:|alias\/|file:|fileb:|ssm:|s3:|op:\/\/|vault:|secretsmanager:|aws:|data\.|var\.|local\.|module\.|env:)/i.test(text))
    return true;
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text))
    return !/:\/\/[^/?#\s]*:[^/?#\s]*@/.test(text) && !/[?&;](?:password|pwd|token|sig|key)=/i.test(text);
  if (
    /^[\w.-]{1,80}\.(?:json|ya?ml|pem|key|crt|cer|der|txt|env|p12|pfx|jks|keystore|cfg|conf|ini|properties|toml|xml|sh|ps1|py|js|ts|gpg|asc|zip)$/i.test(
      text,
    )
  ) {
    return true;
  }
  if (/^(?:[A-Za-z]:\\|\\\\|~\/|\.{1,2}\/)/.test(text)) return true;
  return isPath(text);
}

/** `/app/db/password`, `prod/api/token`; base64 has slashes too, so each step must read as a word. */
function isPath(text: string): boolean {
  if (!/^\/?[\w.@+-]{1,64}(?:\/[\w.@+-]{1,64}){0,15}\/?$/.test(text) || !text.includes('/')) return false;
  return text
    .split('/')
    .every(
      (step) =>
        /^(?:[a-z0-9]{0,12}|[A-Za-z]?[a-z]+(?:[A-Z][a-z]+)*\d{0,4}|[A-Z_]+|\w{1,24}(?:[-_.]\w{1,24})+|v?\d+)$/.test(step) && !isMixed(step),
    );
}

/** Letters of both cases and digits in turn, as random text has them and names do not. */
function isMixed(text: string): boolean {
  return (text.match(/[a-z][A-Z0-9][a-z]|[A-Z][0-9][A-Za-z]|\d[A-Za-z]\d/g)?.length ?? 0) >= 2;
}

/** `db-credentials`, `MyApiKeyParameter`, `com.example.TokenProvider`: words that tell of a credential, joined as names are. */
function isNameOfSecret(text: string): boolean {
  if (!/^[A-Za-z][\w.:-]*$/.test(text) || isMixed(text) || /\d{4}/.test(text)) return false;
  if (/^[a-z]+(?:\.[A-Za-z]\w*){2,}$/.test(text)) return true;
  const words = wordsOfName(text);
  if (words.length < 2 || words.some((word) => word.length > 14)) return false;
  return (
    isCredentialName(text) ||
    words.some((word) => /^(?:secrets?|passwords?|tokens?|keys?|credentials?|creds|arn|param|parameter)$/.test(word))
  );
}

/** A sentence: a description that stands where a value could. */
function isProse(text: string): boolean {
  return (
    /^[A-Z"'(]?[\w'",.()/-]+(?:\s+[\w'",.()/-]+){3,}[.!?:]?$/.test(text.slice(0, 400)) &&
    /\b(?:the|a|an|of|for|to|is|be|must|and|or|in|with)\b/i.test(text)
  );
}
