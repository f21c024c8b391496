import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/readers/source/index.js';

const utf16 = (text: string, order: 'le' | 'be'): Buffer => {
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return order === 'le' ? little : little.swap16();
};

describe('bytes are read as text', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from('A: é😀'), 'A: é😀'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFA: é'), 'A: é'],
    ['UTF-16, little endian', utf16('A: é😀', 'le'), 'A: é😀'],
    ['UTF-16, big endian', utf16('A: é😀', 'be'), 'A: é😀'],
    ['nothing', Buffer.alloc(0), ''],
  ])('%s', (_, bytes, text) => {
    expect(decodeText(bytes)).toEqual({ text });
  });

  it.each<[string, Uint8Array, number]>([
    ['Latin-1', Buffer.from('A: caf\xe9 B', 'latin1'), 6],
    ['a cut off character at the end', Buffer.from('A: é').subarray(0, 4), 3],
    ['a stray continuation byte', Buffer.from([0x41, 0x80, 0x41]), 1],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), 0],
    ['NUL', Buffer.from('A: \0b'), 3],
    ['a lone surrogate', Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8, 0x41, 0x00]), 4],
    ['half a code unit', Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x42]), 4],
  ])('what is no text gives the place of the first bad byte: %s', (_, bytes, offset) => {
    expect(decodeText(bytes)).toMatchObject({ error: { offset } });
  });

  it('finds a bad byte late in a large file', () => {
    const bytes = Buffer.alloc(3_000_000, 'a');
    bytes[2_500_000] = 0xff;
    expect(decodeText(bytes)).toMatchObject({ error: { offset: 2_500_000 } });
  });
});
