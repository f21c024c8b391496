import type { SecretHit } from './hit.js';

const BEGIN = '-----BEGIN ';
/** A 16,384-bit RSA key takes 13 kB; indentation and escaped line breaks are extra. */
const LONGEST = 40_000;
/** Shorter than the smallest key (Ed25519, 48 bytes in base64) by some: below it stands `…` or a placeholder. */
const LEAST_BODY = 40;

/** Private key blocks (RSA, EC, PKCS#8, OPENSSH, PGP), whole, with real or escaped line breaks; also base64 of such a block. */
export function findPrivateKeys(text: string): SecretHit[] {
  return [...findBlocks(text), ...findEncodedBlocks(text)];
}

function findBlocks(text: string): SecretHit[] {
  const hits: SecretHit[] = [];
  const header = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
  for (let start = text.indexOf(BEGIN); start >= 0; start = text.indexOf(BEGIN, start + BEGIN.length)) {
    header.lastIndex = start;
    if (!header.test(text)) continue;
    const end = endOfBlock(text, header.lastIndex);
    const body = text.slice(header.lastIndex, end).replace(/\\[nrt]|[^A-Za-z0-9+/=]/g, '');
    if (body.length >= LEAST_BODY && new Set(body).size > 8) hits.push({ start, end, ...describe(text, start), confidence: 'format' });
  }
  return hits;
}

/** Just behind the END line, or where the base64 stops when the block was cut short. Looks at `LONGEST` characters at most. */
function endOfBlock(text: string, from: number): number {
  const rest = text.slice(from, from + LONGEST);
  const next = rest.indexOf(BEGIN);
  const within = next < 0 ? rest : rest.slice(0, next);
  const end = /-----END [A-Z0-9 ]{0,60}-----/.exec(within);
  if (end !== null) return from + end.index + end[0].length;
  return from + (/^(?:[A-Za-z0-9+/=\s:,"'-]|\\[nrt])*/.exec(within)?.[0].length ?? 0);
}

function describe(text: string, start: number): { kind: string; words: string } {
  if (text.slice(Math.max(0, start - 2000), start).includes('service_account')) {
    return { kind: 'gcp-service-account-key', words: 'a Google Cloud service account key' };
  }
  if (text.startsWith('PGP', start + BEGIN.length)) return { kind: 'private-key', words: 'a PGP private key' };
  return { kind: 'private-key', words: 'a private key' };
}

/** `-----BEGIN` in base64. */
const ENCODED_BEGIN = 'LS0tLS1CRUdJTi';

function findEncodedBlocks(text: string): SecretHit[] {
  const hits: SecretHit[] = [];
  const run = /[A-Za-z0-9+/]*={0,2}/y;
  let start = text.indexOf(ENCODED_BEGIN);
  while (start >= 0) {
    const isInsideToken = /[A-Za-z0-9+/]/.test(text[start - 1] ?? '');
    run.lastIndex = start;
    const length = run.exec(text)?.[0].length ?? 0;
    const head = Buffer.from(text.slice(start, start + 80), 'base64').toString('latin1');
    if (!isInsideToken && length > 100 && /^-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY/.test(head)) {
      hits.push({ start, end: start + length, kind: 'private-key', words: 'a private key in base64', confidence: 'format' });
    }
    start = text.indexOf(ENCODED_BEGIN, start + Math.max(length, 1));
  }
  return hits;
}
