import { isPlaceholder, isTemplated } from './harmless.js';
import type { SecretHit } from './hit.js';

interface CommandForm {
  readonly kind: string;
  readonly words: string;
  /** Text that the form begins with, to search for first. */
  readonly anchor: RegExp;
  readonly pattern: RegExp;
  readonly accepts?: (secret: string) => boolean;
}

const QUOTED_OR_BARE = String.raw`(?:\\?"(?<double>[^"\n\\]{1,256})\\?"|'(?<single>[^'\n]{1,256})'|(?<bare>[^\s"'|;&<>\\)]{1,256}))`;

/** Credentials in command lines and statements, where no name stands before them. Read from the anchor on. */
const FORMS: readonly CommandForm[] = [
  form(
    'authorization-header',
    'an Authorization header',
    'authorization:',
    String.raw`authorization:\s{0,4}basic\s{1,4}(?<bare>[A-Za-z0-9+/]{8,512}={0,2})`,
    isBasicPair,
  ),
  form(
    'bearer-token',
    'a bearer token',
    'authorization:',
    String.raw`authorization:\s{0,4}(?:bearer|token)\s{1,4}(?<bare>[\w.~+/=-]{16,4096})`,
  ),
  form(
    'password',
    'a password on a command line',
    'curl',
    String.raw`curl\b[^\n|;]{0,200}?\s(?:-u|--user)[ =]["']?[^\s:"'$]{1,64}:(?<bare>[^\s"'\\]{1,128})`,
  ),
  form('password', 'a password on a command line', 'sshpass', String.raw`sshpass\s+-p\s{0,4}${QUOTED_OR_BARE}`),
  form(
    'password',
    'a password on a command line',
    'mysql',
    String.raw`mysql(?:dump|admin|import|show)?\b[^\n|;]{0,120}?\s-p(?=[^\s\-])${QUOTED_OR_BARE}`,
  ),
  form(
    'password',
    'a password on a command line',
    'echo',
    String.raw`echo\s{1,4}(?:-e\s+)?["']?[\w.-]{1,32}:(?<bare>[^\s"'|]{1,128})["']?\s{0,4}\|\s{0,4}(?:sudo\s+)?chpasswd`,
  ),
  form(
    'password',
    'a password in an SQL statement',
    'identified',
    String.raw`identified\s{1,4}(?:with\s{1,4}\S{1,40}\s{1,4})?by\s{1,4}(?:password\s{1,4})?\\?'(?<bare>[^'\n\\]{1,128})\\?'`,
  ),
  form('password', 'a password in an SQL statement', 'password', String.raw`password\s{1,4}\\?'(?<bare>[^'\n\\]{1,128})\\?'`),
  form(
    'password',
    'a password on a command line',
    'convertto-securestring',
    String.raw`convertto-securestring\s{1,4}(?:-string\s{1,4})?${QUOTED_OR_BARE}(?=[^\n]{0,120}-asplaintext)`,
  ),
  form(
    'password',
    'a password on a command line',
    'net user',
    String.raw`net user\s{1,4}[\w.$%-]{1,40}\s{1,4}(?!/)${QUOTED_OR_BARE}(?=[^\n]{0,80}/add)`,
  ),
  form(
    'password',
    'a password on a command line',
    'htpasswd',
    String.raw`htpasswd\s+-[a-z]{0,6}b[a-z]{0,6}\s+\S{1,128}\s+\S{1,64}\s+${QUOTED_OR_BARE}`,
  ),
  form('token', 'an npm registry token', '_authtoken', String.raw`_authtoken\s{0,2}=\s{0,2}(?<bare>[^\s"'\\]{8,256})`),
];

function form(kind: string, words: string, anchor: string, source: string, accepts?: (secret: string) => boolean): CommandForm {
  const base = { kind, words, anchor: new RegExp(anchor, 'gi'), pattern: new RegExp(source, 'diy') };
  return accepts === undefined ? base : { ...base, accepts };
}

const ANY_ANCHOR = /authorization:|curl|sshpass|mysql|echo|identified|password|convertto-securestring|net user|htpasswd|_authtoken/i;

export function findInCommands(text: string): SecretHit[] {
  const hits: SecretHit[] = [];
  // Each form has a blank or an equals sign; short values without one are the common case.
  if (!/[\s=]/.test(text) || !ANY_ANCHOR.test(text)) return hits;
  for (const { anchor, pattern, kind, words, accepts } of FORMS) {
    // Not `text.toLowerCase().indexOf`: lower-casing lengthens some letters, and the places would be wrong behind them.
    for (const { index } of text.matchAll(anchor)) {
      pattern.lastIndex = index;
      const groups = pattern.exec(text)?.indices?.groups;
      const span = groups?.bare ?? groups?.double ?? groups?.single;
      if (span !== undefined) {
        const secret = text.slice(span[0], span[1]);
        if (!isPlaceholder(secret) && !isTemplated(secret) && (accepts === undefined || accepts(secret))) {
          hits.push({ start: span[0], end: span[1], kind, words, confidence: 'name' });
        }
      }
    }
  }
  return hits;
}

/** RFC 7617: `user:password` in base64. */
function isBasicPair(secret: string): boolean {
  return /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(Buffer.from(secret, 'base64').toString('latin1'));
}
