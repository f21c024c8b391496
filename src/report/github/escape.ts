import { visible } from '../html/visible.js';

/**
 * The message of a workflow command: the runner decodes %25, %0D and %0A again.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function commandData(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The value of a command's property, which also ends at a colon or comma. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
