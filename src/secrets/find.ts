import { findAssignments } from './assignment.js';
import { findInCommands } from './command.js';
import { looksRandom } from './entropy.js';
import { FORMATS, type Format } from './format.js';
import { isPlaceholder } from './harmless.js';
import { mergeHits, type SecretHit } from './hit.js';
import { findPrivateKeys } from './pem.js';
import { findUrlPasswords } from './url.js';

/**
 * Every secret that text of any kind shows: known formats wherever they stand, passwords in URLs and command lines, and literals
 * assigned to a credential's name. Sorted by place, without overlaps. Examples that vendors publish (AKIAIOSFODNN7EXAMPLE) are none.
 * Takes time linear in the text's length.
 */
export function findSecrets(text: string): SecretHit[] {
  if (text.length < 4) return [];
  const hits = [...findFormats(text), ...findPrivateKeys(text), ...findUrlPasswords(text), ...findInCommands(text)];
  for (const id of hits.filter((hit) => hit.kind === 'aws-access-key-id')) hits.push(...secretBeside(text, id));
  return mergeHits([...hits, ...findAssignments(text)]);
}

/** Most texts hold none of the anchors: one look tells, before each is searched for by itself. */
const SOME_ANCHOR = new RegExp([...new Set(FORMATS.map(({ anchor }) => anchor.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))].join('|'));

function findFormats(text: string): SecretHit[] {
  const hits: SecretHit[] = [];
  if (!SOME_ANCHOR.test(text)) return hits;
  for (const format of FORMATS) if (text.includes(format.anchor)) hits.push(...findFormat(text, format));
  return hits;
}

function findFormat(text: string, { anchor, back = 0, notBehind = /[A-Za-z0-9_]/, pattern, kind, words }: Format): SecretHit[] {
  const hits: SecretHit[] = [];
  let at = text.indexOf(anchor);
  while (at >= 0) {
    const start = at - back;
    let next = at + anchor.length;
    if (start >= 0 && !notBehind.test(beforeToken(text, start))) {
      pattern.lastIndex = start;
      const match = pattern.exec(text);
      if (match !== null) {
        const span = match.indices?.groups?.secret ?? [start, start + match[0].length];
        next = Math.max(next, span[1]);
        if (!isExample(text.slice(span[0], span[1]))) hits.push({ start: span[0], end: span[1], kind, words, confidence: 'format' });
      }
    }
    at = text.indexOf(anchor, next);
  }
  return hits;
}

/** The character before a token, or none where it ends an escape: in JSON text the `n` of `\nghp_…` is no part of the token. */
function beforeToken(text: string, start: number): string {
  return text[start - 2] === '\\' ? '' : (text[start - 1] ?? '');
}

/** AWS writes its documentation's keys with EXAMPLE in them; others fill theirs with one character or a few. */
function isExample(token: string): boolean {
  const body = token.replace(/^[A-Za-z_]+[-_.]/, '');
  return /EXAMPLE/.test(token) || isPlaceholder(token) || /(.)\1{9}/.test(body) || new Set(body).size < 6;
}

const SECRET_KEY_RUN = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
const BESIDE = 200;

/** An access key's secret has no mark of its own: 40 random characters shortly behind or before the id. */
function secretBeside(text: string, id: SecretHit): SecretHit[] {
  const from = Math.max(0, id.start - BESIDE);
  const around = text.slice(from, id.end + BESIDE);
  return [...around.matchAll(SECRET_KEY_RUN)]
    .filter(([run]) => looksRandom(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && !isExample(run))
    .map(({ index }) => ({
      start: from + index,
      end: from + index + 40,
      kind: 'aws-secret-access-key',
      words: 'an AWS secret access key',
      confidence: 'format' as const,
    }));
}
