import type { Payload } from '../../payload.js';

/** The payload out of its base64 and gzip. Rejects where the text was cut or changed (gzip carries a checksum). */
export async function unpack(base64: string): Promise<Payload> {
  const inflated = new Blob([bytesOf(base64.trim())]).stream().pipeThrough(new DecompressionStream('gzip'));
  const payload = (await new Response(inflated).json()) as Payload; // written by the reporter this page was built with
  if (payload.version !== 1) throw new Error(`This page can't show a report of version ${payload.version}.`);
  return payload;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  // Newer than our oldest engines, and five times as fast as atob.
  if ('fromBase64' in Uint8Array)
    return (Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> }).fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
