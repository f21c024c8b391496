import { isMap, isOpen, type Value, type ValueMap } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { open } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A generated secret that could be guessed: too short, or of too few kinds of characters. */
export const check: Check = (resource, context) => {
  const least = Number(context.options.minimumBits);
  return eachWorld(
    resource,
    context,
    (closed) => {
      const settings = closed.properties.GenerateSecretString;
      if (!isMap(settings)) return verdictsOf([], 'not-applicable');
      const path = ['GenerateSecretString'];
      const because = DECIDING.flatMap((name) => (isOpen(settings[name] ?? null) ? someCauseOf(settings[name] ?? null) : []));
      if (because.length > 0) return verdictsOf([{ truth: open(because), path, words: { bits: 'an unknown number of' } }]);
      const bits = bitsOf(settings);
      return verdictsOf([{ truth: bits < least, path, words: { bits: String(Math.floor(bits)) } }]);
    },
    { looksAt: ['GenerateSecretString'] },
  );
};

/** How many characters of each kind GetRandomPassword draws from [API reference: GetRandomPassword]. */
const KINDS = {
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const;
const DECIDING = ['PasswordLength', 'ExcludeCharacters', ...Object.keys(KINDS)];
const USUAL_LENGTH = 32;

/** The strength of a secret drawn with these settings: how many guesses it takes, as a power of two. */
function bitsOf(settings: ValueMap): number {
  const excluded = new Set(textOf(settings.ExcludeCharacters));
  const drawn = Object.entries(KINDS).flatMap(([name, characters]) => (settings[name] === true ? [] : [...characters]));
  const left = drawn.filter((character) => !excluded.has(character)).length;
  const length = settings.PasswordLength === undefined ? USUAL_LENGTH : Number(settings.PasswordLength);
  return left === 0 ? 0 : length * Math.log2(left);
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}
