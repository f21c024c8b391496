import { createHash } from 'node:crypto';

/**
 * The text between commands that make the runner of GitHub Actions take nothing in it for a command. The token is a digest of the
 * text, so nothing inside can hold it, and equal texts give equal bytes.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
export function fence(text: string): string {
  const token = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return `::stop-commands::${token}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}::${token}::\n`;
}
