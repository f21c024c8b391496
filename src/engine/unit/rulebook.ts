import { loadRulebook, type Rulebook, RuleError, SelectionError } from '../../rules/index.js';
import { UsageError } from '../usage-error.js';
import type { RulebookRequest } from './unit.js';

/** The rulebook a run asks for. What is wrong with the user's rules or selection is wrong use. */
export async function loadRules({ folders, selection }: RulebookRequest): Promise<Rulebook> {
  try {
    // A folder that the command line and the configuration name is one folder, and the user's word counts.
    const code = [...new Set(folders.filter(({ trust }) => trust === 'code').map(({ path }) => path))];
    const data = [...new Set(folders.filter(({ trust }) => trust === 'data').map(({ path }) => path))].filter(
      (path) => !code.includes(path),
    );
    return await loadRulebook({ userRuleFolders: code, allowRuleCode: true, dataRuleFolders: data, selection });
  } catch (error) {
    if (error instanceof RuleError || error instanceof SelectionError) throw new UsageError(error.message);
    throw error;
  }
}
