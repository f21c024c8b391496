import { loadRulebook, type Rulebook, RuleError, SelectionError } from '../../rules/index.js';
import { UsageError } from '../usage-error.js';
import type { RulebookRequest } from './unit.js';

/** The rulebook a run asks for. What is wrong with the user's rules or selection is wrong use. */
export async function loadRules({ folders, selection }: RulebookRequest): Promise<Rulebook> {
  try {
    return await loadRulebook({
      userRuleFolders: folders.map(({ path }) => path),
      allowRuleCode: folders.some(({ trust }) => trust === 'code'),
      selection,
    });
  } catch (error) {
    if (error instanceof RuleError || error instanceof SelectionError) throw new UsageError(error.message);
    throw error;
  }
}
