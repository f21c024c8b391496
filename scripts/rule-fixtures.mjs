// Fixtures of rules: read from fixtures/rules/<id>/, judged, and compared with the lines that they mark.
// Works on the source tree (under vitest) as on dist: the caller hands in the modules.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^(bad|good-not-applicable|good|undecided)[a-z0-9.-]*\.(?:ya?ml|json|template)$/;
const MARK = /[#/]\s*<- (finding|undecided)(?::\s*([a-z0-9-]+))?/g;

/** Every fixture below the folder, sorted: { rule, kind, name, text, marks: { fail: [lines], undecided: [lines] } }. */
export function ruleFixtures(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((rule) => fixturesOf(join(folder, rule), rule));
}

function fixturesOf(folder, rule) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const kind = NAME.exec(name)?.[1];
      if (kind === undefined) return [];
      const text = readFileSync(join(folder, name), 'utf8');
      return [{ rule, kind, name: `${rule}/${name}`, text, marks: marksOf(text, rule) }];
    });
}

/** Files of a rule's folder whose names say no kind: a typing slip would drop a fixture in silence. */
export function strayFixtures(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NAME.test(entry.name) && !entry.parentPath.includes('/with'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function marksOf(text, rule) {
  const marks = { fail: [], undecided: [] };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    for (const [, kind, id] of line.matchAll(MARK)) {
      if (id === undefined || id === rule) marks[kind === 'finding' ? 'fail' : 'undecided'].push(index + 1);
    }
  }
  return marks;
}

/** A template's text without its marks, as the documentation shows it. */
export function withoutMarks(text) {
  return text
    .split('\n')
    .map((line) => line.replace(/\s*#\s*<- (?:finding|undecided).*$/, ''))
    .join('\n');
}

/**
 * Reads a fixture's template; throws where that fails. `modules` has `readTemplate` and `DEFAULT_LIMITS` of the readers' room and
 * `ruleContexts` of the engine's. `folder` holds files that it includes, below a folder `with…`.
 */
export function readFixture(fixture, modules, folder) {
  const result = modules.readTemplate({ kind: 'cloudformation', file: fixture.name, named: true }, accessOf(fixture, folder), {
    parameters: new Map(),
    imports: new Map(),
    foreign: new Map(),
    limits: modules.DEFAULT_LIMITS,
  });
  if (result.kind !== 'scope') throw new Error(`${fixture.name} can't be read: ${JSON.stringify(result)}`);
  const errors = result.diagnostics.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new Error(`${fixture.name} has errors: ${errors.map(({ message }) => message).join(' ')}`);
  return { scope: result.scope, contextFor: modules.ruleContexts(result.scope, asOf(fixture.text), {}) };
}

/** The day that a fixture is judged by: `# as of 2026-06-01` in its text, else a fixed one. */
function asOf(text) {
  return /^# as of (\d{4}-\d{2}-\d{2})$/m.exec(text)?.[1] ?? '2026-01-31';
}

function accessOf(fixture, folder) {
  return {
    read: (path) => {
      if (path === fixture.name) return { ok: true, file: fixture.name, text: fixture.text };
      const file = join(folder ?? '', fixture.rule, path);
      if (folder !== undefined && existsSync(file)) return { ok: true, file: `${fixture.rule}/${path}`, text: readFileSync(file, 'utf8') };
      return { ok: false, reason: 'missing', diagnostic: { level: 'error', code: 'missing', message: `${path} is not there.` } };
    },
  };
}

/** What a rule says of a read fixture: lines by kind (each once, sorted), and how often it passed. */
export function judgeFixture(rule, { scope, contextFor }) {
  const lines = { fail: new Set(), undecided: new Set() };
  const causes = [];
  let passes = 0;
  const context = contextFor(rule.id);
  for (const resource of scope.resources) {
    if (!rule.resource.includes(resource.type)) continue;
    for (const verdict of rule.judge(resource, context)) {
      if (verdict.kind === 'pass') passes++;
      if (verdict.kind !== 'fail' && verdict.kind !== 'undecided') continue;
      const { origin } = resource.place(verdict.spot.path, verdict.spot.world, verdict.spot.section);
      lines[verdict.kind].add(origin.kind === 'file' ? origin.range.start.line : 0);
      if (verdict.kind === 'undecided') causes.push(...verdict.because);
    }
  }
  const sorted = (set) => [...set].sort((a, b) => a - b);
  return { fail: sorted(lines.fail), undecided: sorted(lines.undecided), passes, causes };
}

/** What is wrong with a rule's answer on a fixture, as sentences; none where it is as the fixture says. */
export function fixtureProblems(fixture, answer) {
  const problems = [];
  for (const kind of ['fail', 'undecided']) {
    const word = kind === 'fail' ? 'finding' : 'undecided';
    const missing = fixture.marks[kind].filter((line) => !answer[kind].includes(line));
    const extra = answer[kind].filter((line) => !fixture.marks[kind].includes(line));
    if (missing.length > 0) problems.push(`marked "${word}" but not reported: line ${missing.join(', ')}`);
    if (extra.length > 0) problems.push(`reported as "${word}" but not marked: line ${extra.join(', ')}`);
  }
  if (fixture.kind === 'bad' && fixture.marks.fail.length === 0) problems.push('a bad fixture marks at least one "# <- finding"');
  if (fixture.kind === 'undecided' && fixture.marks.undecided.length === 0)
    problems.push('an undecided fixture marks at least one "# <- undecided"');
  if (fixture.kind.startsWith('good') && fixture.marks.fail.length + fixture.marks.undecided.length > 0)
    problems.push('a good fixture marks nothing');
  if (fixture.kind === 'good' && answer.passes === 0) problems.push('nothing passes; name it good-not-applicable… if that is meant');
  return problems;
}
