import type { Notification } from 'sarif';
import type { Diagnostic, Gap, Report } from '../../model/index.js';
import { oneLine } from '../one-line.js';
import { cut, LIMITS } from './limits.js';
import { physicalLocation } from './location.js';

const MOST = 1_000;

/** What could not be judged: inputs that could not be analysed, and gaps. */
export function notificationsOf({ diagnostics, gaps }: Report): Notification[] {
  const errors = diagnostics.filter((diagnostic) => diagnostic.level === 'error');
  return [...errors.map(ofDiagnostic), ...gaps.map(ofGap)].slice(0, MOST);
}

export function notice(text: string): Notification {
  return { level: 'warning', message: { text } };
}

function ofDiagnostic({ code, message, help, file, at }: Diagnostic): Notification {
  const text = oneLine(help === undefined ? message : `${message} ${help}`);
  const location = { exact: true, ...(file === undefined ? {} : { file }), ...(at === undefined ? {} : { range: { start: at, end: at } }) };
  return {
    descriptor: { id: oneLine(code) },
    level: 'error',
    message: { text: cut(text, LIMITS.messageLength) },
    ...locationsOf(location),
  };
}

function ofGap({ where, why, leavesOpen, origin }: Gap): Notification {
  const text = oneLine(`${where}: ${why} Left open: ${leavesOpen}`);
  const location = { exact: true, ...(origin === undefined ? {} : { file: origin.file, range: origin.range }) };
  return { descriptor: { id: 'gap' }, level: 'warning', message: { text: cut(text, LIMITS.messageLength) }, ...locationsOf(location) };
}

function locationsOf(location: Parameters<typeof physicalLocation>[0]): Pick<Notification, 'locations'> {
  const physical = physicalLocation(location);
  return physical === undefined ? {} : { locations: [{ physicalLocation: physical }] };
}
