// Drops each leaf of each rule's schemas and each guard of each check, and wants a fixture to notice. Needs a build (npm run build).
//   node scripts/mutate-rules.mjs [--rule GLOB] [--leaves] [--guards [--shared]]
// --shared also takes guards out of the modules that checks share, many of which only narrow types.
// A guard whose loss can't show (it only saves time) says so on its line: // equivalent: reason
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fixtureProblems, judgeFixture, readFixture, ruleFixtures } from './rule-fixtures.mjs';
import { guardMutants } from './rule-guards.mjs';
import { leafMutants } from './rule-leaves.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}fixtures/rules`;

if (!existsSync(`${root}dist/rules/index.json`)) {
  console.error('The rules are not built. Run: npm run build');
  process.exit(2);
}

const { readTemplate } = await import('../dist/readers/index.js');
const { DEFAULT_LIMITS } = await import('../dist/readers/reader.js');
const { ruleContexts } = await import('../dist/engine/unit/rule-context.js');
const { rulesFromSource } = await import('../dist/rules/built-rules.js');
const { makeRule } = await import('../dist/rules/make-rule.js');
const { builtinPatterns } = await import('../dist/rules/pattern.js');
const { ALL_RULES, matchesGlob } = await import('../dist/rules/selection.js');

const chosen = option('--rule') ?? '*';
const kinds = ['--leaves', '--guards'].filter((flag) => process.argv.includes(flag));
const { rules: every } = await rulesFromSource(`${root}rules`);
const rules = every.filter(({ id }) => matchesGlob(id, chosen));
const modules = { readTemplate, DEFAULT_LIMITS, ruleContexts };
const fixtures = new Map();
for (const fixture of ruleFixtures(folder)) {
  if (!rules.some(({ id }) => id === fixture.rule)) continue;
  fixtures.set(fixture.rule, [...(fixtures.get(fixture.rule) ?? []), { fixture, read: readFixture(fixture, modules, folder) }]);
}

const started = performance.now();
const survivors = [];
const unfit = new Set();
let tried = 0;
if (kinds.length === 0 || kinds.includes('--leaves')) await mutateLeaves();
if (kinds.length === 0 || kinds.includes('--guards')) await mutateGuards();
const seconds = ((performance.now() - started) / 1000).toFixed(1);
for (const survivor of survivors) console.log(survivor);
for (const id of unfit) console.log(`${id}: not tried, as its fixtures fail already; run: npx vitest run test/rules -t ${id}`);
console.log(`${tried} mutants of ${rules.length} rules in ${seconds} s; ${survivors.length} that no fixture notices.`);
if (survivors.length + unfit.size > 0) process.exitCode = 1;

async function mutateLeaves() {
  for (const rule of rules.filter(({ must }) => must !== undefined)) {
    if (isNoticed(rule.id, ruleWith(rule))) {
      unfit.add(rule.id);
      continue;
    }
    for (const { what, when, must } of leafMutants(rule)) {
      tried++;
      if (!isNoticed(rule.id, ruleWith({ ...rule, when, must }))) survivors.push(`${rule.id}: ${what}`);
    }
  }
}

async function mutateGuards() {
  const checked = rules.filter(({ check }) => check !== undefined);
  for await (const { what, file, checks } of guardMutants(
    root,
    [...new Set(checked.map(({ check }) => check))],
    process.argv.includes('--shared') ? 'shared' : 'checks',
  )) {
    const notices = (rule) => {
      const check = checks?.get(rule.check);
      return check === undefined || isNoticed(rule.id, ruleWith(rule, { check }));
    };
    if (what === undefined) for (const rule of checked.filter(notices)) unfit.add(rule.id);
    else {
      tried++;
      // The rules of the check itself are the likeliest to notice.
      const fit = checked.filter(({ id }) => !unfit.has(id));
      const own = fit.filter(({ check }) => file === `src/rules/${check}.ts`);
      if (![...own, ...fit.filter((rule) => !own.includes(rule))].some(notices)) survivors.push(what);
    }
  }
}

function ruleWith(data, means = {}) {
  return makeRule(data, ALL_RULES, { patterns: builtinPatterns, validators: () => undefined, ...means });
}

/** A rule that breaks off is noticed, too. */
function isNoticed(id, mutant) {
  return (fixtures.get(id) ?? []).some(({ fixture, read }) => {
    try {
      return fixtureProblems(fixture, judgeFixture(mutant, read)).length > 0;
    } catch {
      return true;
    }
  });
}

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
