const ALPHABETS = {
  mixed: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  hex: '0123456789abcdef',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
};

/** A token as a generator would make it, the same each time. Put together at run time, so that no scanner takes the tests' source for a leak. */
export function generated(length: number, alphabet: keyof typeof ALPHABETS = 'mixed'): string {
  const characters = ALPHABETS[alphabet];
  let state = 2_463_534_242 + length;
  let token = '';
  while (token.length < length) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    token += characters[(state >>> 0) % characters.length];
  }
  return token;
}
