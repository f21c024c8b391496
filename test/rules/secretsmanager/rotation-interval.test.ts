import { expect, test } from 'vitest';
import { daysOf } from '../../../src/rules/secretsmanager/rotation-interval.js';

test.each([
  { says: 'days are days', expression: 'rate(10 days)', days: 10 },
  { says: 'one day is singular', expression: 'rate(1 day)', days: 1 },
  { says: 'hours are parts of days', expression: 'rate(36 hours)', days: 1.5 },
  { says: 'every day', expression: 'cron(0 8 * * ? *)', days: 1 },
  { says: 'every tenth day of the month', expression: 'cron(0 8 1/10 * ? *)', days: 10 },
  { says: 'one day of the week', expression: 'cron(0 8 ? * SUN *)', days: 7 },
  { says: 'the first Sunday of the month', expression: 'cron(0 8 ? * SUN#1 *)', days: 31 },
  { says: 'the last Sunday of the month', expression: 'cron(0 8 ? * SUNL *)', days: 31 },
  { says: 'the first of each month', expression: 'cron(0 8 1 * ? *)', days: 31 },
  { says: 'every third month', expression: 'cron(0 8 1 */3 ? *)', days: 93 },
  { says: 'the widest gap between two months counts', expression: 'cron(0 8 1 JAN,MAR ? *)', days: 310 },
  { says: 'months by number', expression: 'cron(0 8 1 1,7 ? *)', days: 186 },
  { says: 'one month of the year', expression: 'cron(0 8 1 6 ? *)', days: 365 },
  { says: 'months from one to another leave most of the year', expression: 'cron(0 8 1 MAR-MAY ? *)', days: 365 },
  { says: 'what is no schedule can not be read', expression: 'every fortnight', days: undefined },
  { says: 'a month of another calendar can not be read', expression: 'cron(0 8 1 Brumaire ? *)', days: undefined },
])('$says', ({ expression, days }) => {
  expect(daysOf(expression)).toBe(days);
});
