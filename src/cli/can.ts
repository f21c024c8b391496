import type { Questions } from '../engine/access/index.js';
import { UsageError } from '../engine/usage-error.js';
import { accessFormat, queriesText, questionOptions, requestFacts, type WrittenAccessOptions } from './access/access-options.js';
import { printDiagnostics } from './diagnostics.js';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';

/** `keyward can PRINCIPAL ACTION RESOURCE`, `keyward can PRINCIPAL`, `keyward can --queries FILE` */
export async function canCommand(asked: readonly (string | undefined)[], written: WrittenAccessOptions, io: Io): Promise<ExitCode> {
  const [principal, action, resource] = asked;
  const format = accessFormat(written);
  const facts = requestFacts(written);
  const { openQuestions } = await import('../engine/access/index.js');
  if (written.queries !== undefined) {
    if (principal !== undefined) throw new UsageError('--queries takes the place of PRINCIPAL ACTION RESOURCE.');
    if (format !== 'json') throw new UsageError('--queries answers in JSON lines.', 'Add --format json.');
    const questions = await openQuestions(await questionOptions(written, io));
    printDiagnostics(questions.diagnostics, questions.gaps, 'all', io);
    return answerLines(await queriesText(written.queries, io), questions, io);
  }
  if (principal === undefined) throw new UsageError('PRINCIPAL is missing.', 'keyward can PRINCIPAL ACTION RESOURCE --in PATH');
  if (action !== undefined && resource === undefined)
    throw new UsageError('RESOURCE is missing.', 'Leave ACTION out, too, to list all that the principal can decrypt.');
  const questions = await openQuestions(await questionOptions(written, io));
  printDiagnostics(questions.diagnostics, questions.gaps, 'all', io);
  if (action === undefined || resource === undefined) return answerAll(principal, questions, written, io);
  const answer = questions.can({ principal, action, resource, ...facts, sessionPolicies: [] });
  if (format === 'json') {
    const { canJson } = await import('./access/answer-json.js');
    io.stdout.write(`${JSON.stringify(canJson(answer), null, 2)}\n`);
  } else {
    const { canWords } = await import('./access/answer-words.js');
    io.stdout.write(canWords(answer, written.explain === true ? 'explained' : 'brief'));
  }
  return answer.decision.decision === 'undecided' || questions.read === 'partly' ? 3 : 0;
}

async function answerAll(principal: string, questions: Questions, written: WrittenAccessOptions, io: Io): Promise<ExitCode> {
  const answer = questions.canDecrypt(principal, requestFacts(written));
  if (accessFormat(written) === 'json') {
    const { canDecryptJson } = await import('./access/answer-json.js');
    io.stdout.write(`${JSON.stringify(canDecryptJson(answer), null, 2)}\n`);
  } else {
    const { canDecryptWords } = await import('./access/answer-words.js');
    io.stdout.write(canDecryptWords(answer));
  }
  return answer.found.some(({ decision }) => decision.decision === 'undecided') || questions.read === 'partly' ? 3 : 0;
}

async function answerLines(text: string, questions: Questions, io: Io): Promise<ExitCode> {
  const { queryLines } = await import('../engine/access/index.js');
  const { canLine } = await import('./access/answer-json.js');
  let open = false;
  for (const query of queryLines(text, 'principal')) {
    const answer =
      query.kind === 'bad' ? { id: query.id, line: query.line, error: query.why } : attempt(query, () => questions.can(query.question));
    open ||= 'error' in answer || answer.decision.decision === 'undecided';
    io.stdout.write(`${JSON.stringify('error' in answer ? answer : canLine(query.id, answer))}\n`);
  }
  return open || questions.read === 'partly' ? 3 : 0;
}

/** A question that names nothing the inputs hold is an answer of its own; the others go on. */
export function attempt<T>(
  query: { readonly id: unknown; readonly line: number },
  ask: () => T,
): T | { id: unknown; line: number; error: string } {
  try {
    return ask();
  } catch (error) {
    if (error instanceof UsageError) return { id: query.id, line: query.line, error: error.message };
    throw error;
  }
}
