import type { Questions, WhoCanAnswer } from '../engine/access/index.js';
import { UsageError } from '../engine/usage-error.js';
import { accessFormat, queriesText, questionOptions, requestFacts, type WrittenAccessOptions } from './access/access-options.js';
import { attempt } from './can.js';
import { printDiagnostics } from './diagnostics.js';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';

/** `keyward who-can ACTION RESOURCE`, `keyward who-can --queries FILE` */
export async function whoCanCommand(
  asked: readonly (string | undefined)[],
  written: WrittenAccessOptions & { readonly chains?: boolean },
  io: Io,
): Promise<ExitCode> {
  const [action, resource] = asked;
  const format = accessFormat(written);
  const facts = requestFacts(written);
  const chains = written.chains === true ? 'followed' : 'not-followed';
  const { openQuestions } = await import('../engine/access/index.js');
  if (written.queries !== undefined) {
    if (action !== undefined) throw new UsageError('--queries takes the place of ACTION RESOURCE.');
    if (format !== 'json') throw new UsageError('--queries answers in JSON lines.', 'Add --format json.');
    const questions = await openQuestions(await questionOptions(written, io));
    printDiagnostics(questions.diagnostics, questions.gaps, 'all', io);
    return answerLines(await queriesText(written.queries, io), chains, questions, io);
  }
  if (action === undefined || resource === undefined)
    throw new UsageError('ACTION and RESOURCE are needed.', 'keyward who-can kms:Decrypt KEY --in PATH');
  const questions = await openQuestions(await questionOptions(written, io));
  printDiagnostics(questions.diagnostics, questions.gaps, 'all', io);
  const answer = questions.whoCan({ action, resource, ...facts, chains });
  if (format === 'json') {
    const { whoCanJson } = await import('./access/answer-json.js');
    io.stdout.write(`${JSON.stringify(whoCanJson(answer), null, 2)}\n`);
  } else {
    const { whoCanWords } = await import('./access/answer-words.js');
    io.stdout.write(whoCanWords(answer));
  }
  return isOpen(answer) || questions.read === 'partly' ? 3 : 0;
}

async function answerLines(text: string, chains: 'followed' | 'not-followed', questions: Questions, io: Io): Promise<ExitCode> {
  const { queryLines } = await import('../engine/access/index.js');
  const { whoCanJson } = await import('./access/answer-json.js');
  let open = false;
  for (const query of queryLines(text, 'everyone')) {
    const answer =
      query.kind === 'bad'
        ? { id: query.id, line: query.line, error: query.why }
        : attempt(query, () => questions.whoCan({ ...query.question, chains }));
    open ||= 'error' in answer || isOpen(answer);
    io.stdout.write(`${JSON.stringify('error' in answer ? answer : { id: query.id, ...whoCanJson(answer) })}\n`);
  }
  return open || questions.read === 'partly' ? 3 : 0;
}

function isOpen({ byKey }: WhoCanAnswer): boolean {
  return byKey.some(({ reaches }) => reaches.some(({ decision }) => decision.decision === 'undecided'));
}
