import { isPlaceholder, isTemplated } from './harmless.js';
import type { SecretHit } from './hit.js';

const DATABASES =
  /^(?:jdbc:)?(?:postgres(?:ql)?|mysql2?|mariadb|mongodb|redis|rediss|amqps?|mssql|sqlserver|oracle|cockroachdb|clickhouse|kafka|memcached|neo4j|bolt|ldaps?|snowflake|redshift)(?:\+\w+)?$/i;

/** Passwords inside URLs, `scheme://user:password@host`: the password alone. */
export function findUrlPasswords(text: string): SecretHit[] {
  const hits: SecretHit[] = [];
  const authority = /:\/\/(?<user>[^\s:/@"'<>\\]{0,128}):(?<password>[^\s/@"'<>\\]{1,256})@/dy;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    authority.lastIndex = at;
    const match = authority.exec(text);
    const span = match?.indices?.groups?.password;
    if (span === undefined) continue;
    const password = text.slice(span[0], span[1]);
    if (isStandIn(password)) continue;
    const scheme = /[A-Za-z][A-Za-z0-9+.:-]{0,29}$/.exec(text.slice(Math.max(0, at - 30), at))?.[0] ?? '';
    const isDatabase = DATABASES.test(scheme);
    hits.push({
      start: span[0],
      end: span[1],
      kind: isDatabase ? 'database-url' : 'basic-auth-url',
      words: isDatabase ? 'a database URL with a password' : 'a URL with a password',
      confidence: 'format',
    });
  }
  return hits;
}

/** Documentation writes the word itself where the password goes: `user:password@host` is no one's password in a URL. */
function isStandIn(password: string): boolean {
  return (
    isPlaceholder(password) ||
    isTemplated(password) ||
    /^(?:pass(?:word)?|pwd|\$\w+|%\w+|\{\w*\}|\.\.\.)$/i.test(password) ||
    /^\d{1,5}$/.test(password)
  );
}
