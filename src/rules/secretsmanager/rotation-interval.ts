/** The days between two rotations that a schedule expression asks for; undefined for one that can't be read. */
export function daysOf(expression: string): number | undefined {
  const rate = /^rate\((\d+) (hour|day)s?\)$/.exec(expression.trim());
  if (rate !== null) return Number(rate[1]) / (rate[2] === 'hour' ? 24 : 1);
  const cron = /^cron\((.*)\)$/.exec(expression.trim());
  return cron === null ? undefined : daysOfCron((cron[1] ?? '').trim().split(/\s+/));
}

const YEAR = 365;
const MONTH = 31;

/**
 * The longest time between two runs. The six fields are minutes, hours, day of month, month, day of week, year; minutes and years
 * are fixed [Secrets Manager guide: Schedule expressions in Secrets Manager rotation].
 */
function daysOfCron([, , dayOfMonth, month, dayOfWeek]: readonly string[]): number | undefined {
  if (dayOfMonth === undefined || month === undefined || dayOfWeek === undefined) return undefined;
  if (!/^[*?]$/.test(month)) return monthsApart(month);
  if (/^[*?]$/.test(dayOfMonth)) return /^[*?]$/.test(dayOfWeek) ? 1 : /#|L/.test(dayOfWeek) ? MONTH : 7;
  const step = /^[*\d]+\/(\d+)$/.exec(dayOfMonth);
  return step === null ? MONTH : Number(step[1]);
}

const NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function monthsApart(field: string): number | undefined {
  const step = /^(?:\*|\d+)\/(\d+)$/.exec(field);
  if (step !== null) return Number(step[1]) * MONTH;
  const months = field.split(',').map((name) => (/^\d+$/.test(name) ? Number(name) : NAMES.indexOf(name.toUpperCase()) + 1));
  if (months.some((month) => month < 1 || month > 12)) return /^\w+-\w+$/.test(field) ? YEAR : undefined;
  const sorted = [...months].sort((a, b) => a - b);
  const gaps = sorted.map((month, index) => ((sorted[index + 1] ?? (sorted[0] ?? 0) + 12) - month) * MONTH);
  return Math.min(YEAR, Math.max(...gaps));
}
