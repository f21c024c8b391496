import type { RuleContext } from '../rule.js';

/** True where the scope itself turns on the Region's encryption of new volumes. */
export function encryptsByDefault(context: RuleContext): boolean {
  return context.ofType('Keyward::EC2::EncryptionByDefault').some(({ properties }) => properties.Enabled === true);
}

/** What a finding takes for granted: a template can't show the setting. */
export const ASSUMED_OFF = 'Taken for granted: the Region does not encrypt new volumes by default.';
