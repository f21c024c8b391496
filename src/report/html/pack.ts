import { gzipSync } from 'node:zlib';
import type { Payload } from './payload.js';

/** Byte 9 of a gzip header names the system that wrote it; 255 is "unknown" (RFC 1952), so that all systems write alike. */
const OS_BYTE = 9;
const OS_UNKNOWN = 255;

/**
 * The payload as gzip in base64: nothing a browser could take for markup. Its time field is 0.
 * Level 9 takes almost three times as long for 1.4 % less (20,000 findings).
 */
export function pack(payload: Payload): string {
  const bytes = gzipSync(JSON.stringify(payload), { level: 6 });
  bytes[OS_BYTE] = OS_UNKNOWN;
  return bytes.toString('base64');
}
