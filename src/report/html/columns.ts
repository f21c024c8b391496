import {
  type Cause,
  type Finding,
  type Frame,
  formatPath,
  type Location,
  type Report,
  type ReportRule,
  SEVERITIES,
  type Suppression,
} from '../../model/index.js';
import { dictionary } from './dictionary.js';
import { FLAG, KINDS, type Payload, type Run, SOURCES, unknownRule } from './payload.js';
import { visible, visibleData } from './visible.js';

/** The report as columns. Keeps all that the page shows; leaves out what only other formats need (`lineHash`, the resource's id). */
export function toColumns(report: Report): Payload {
  const all = [...report.findings, ...report.undecided, ...report.suppressed];
  const { rules: _rules, findings: _findings, undecided: _undecided, suppressed: _suppressed, ...run } = report;
  const rules = rulesOf(report, all);
  const ruleIndex = new Map(rules.map((rule, index) => [rule.id, index]));
  const words = vocabulary();
  const suppressions = dictionary<Suppression | null>(null);
  const suppressionId = (suppression: Suppression | undefined): number =>
    suppression === undefined ? 0 : suppressions.idOf(JSON.stringify(suppression), () => visibleData(suppression));
  const column = (pick: (finding: Finding) => number): number[] => all.map(pick);

  // Columns fill the dictionaries, so they come before `entries` is read.
  const rows = {
    rule: column((finding) => ruleIndex.get(finding.rule) ?? 0),
    kind: column((finding) => KINDS.indexOf(finding.kind)),
    severity: column((finding) => SEVERITIES.indexOf(finding.severity)),
    message: column((finding) => words.text(finding.message)),
    resource: column((finding) => words.resource(finding.resource)),
    path: column((finding) => words.text(formatPath(finding.path))),
    place: column((finding) => words.place(finding.location)),
    related: column((finding) => words.list(finding.related, words.place)),
    also: column((finding) => words.list(finding.also, words.place)),
    condition: column((finding) => words.text(finding.condition)),
    because: column((finding) => words.list(finding.because, words.cause)),
    steps: column((finding) => words.list(finding.steps, words.text)),
    silences: column((finding) => words.list(finding.silences, words.text)),
    suppression: column((finding) => suppressionId(finding.suppression)),
    flags: column(flagsOf),
    fingerprint: all.map((finding) => visible(finding.fingerprint)),
  };
  return {
    version: 1,
    run: visibleData<Run>(run),
    rules: visibleData(rules),
    ...words.dictionaries(),
    suppressions: suppressions.entries,
    rows,
    sections: { findings: report.findings.length, undecided: report.undecided.length, suppressed: report.suppressed.length },
  };
}

function rulesOf(report: Report, findings: readonly Finding[]): ReportRule[] {
  const rules = new Map(Object.values(report.rules).map((rule) => [rule.id, rule]));
  for (const { rule, severity } of findings) if (!rules.has(rule)) rules.set(rule, unknownRule(rule, severity));
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function flagsOf(finding: Finding): number {
  return (finding.secret ? FLAG.secret : 0) | (finding.baselined ? FLAG.baselined : 0) | (finding.failsRun ? FLAG.failsRun : 0);
}

/** The dictionaries that rows refer to, and how each kind of thing gets its number in them. */
function vocabulary() {
  const texts = dictionary('');
  const lists = dictionary<readonly number[]>([]);
  const resources = dictionary<Finding['resource'] | undefined>(undefined);
  const places = dictionary<readonly number[]>([0, 0, 0, 0, 0, 0, 0, 0]);
  const frames = dictionary<readonly number[]>([]);
  const causes = dictionary<readonly number[]>([0, 0, 0]);

  const text = (words: string | undefined): number => (words === undefined || words === '' ? 0 : texts.idOf(words, () => visible(words)));
  const tuple = (numbers: readonly number[], into: typeof lists): number => into.idOf(numbers.join(), () => numbers);
  const list = <T>(items: readonly T[], idOf: (item: T) => number): number => (items.length === 0 ? 0 : tuple(items.map(idOf), lists));
  const resource = (found: Finding['resource']): number => resources.idOf(`${found.source} ${found.id}`, () => found);
  const cause = ({ words, settle, kind }: Cause): number => tuple([text(words), text(settle), text(kind)], causes);
  const frame = (found: Frame | undefined): number => {
    if (found === undefined || found.lines.length === 0) return 0;
    const lines = found.lines.flatMap((line) => {
      // Marks count code units of the text as given; writing out an unseen character before one moves it.
      const moved = (index: number): number => visible(line.text.slice(0, index)).length;
      const marks = line.marks.flatMap((mark) => [moved(mark.start), moved(mark.end), mark.primary ? 1 : 0, text(mark.label)]);
      return [line.number, text(line.text), marks.length === 0 ? 0 : tuple(marks, lists)];
    });
    return tuple([text(found.file), ...lines], frames);
  };
  const place = ({ file, range, exact, label, frame: shown }: Location): number => {
    const [start, end] = [range?.start, range?.end];
    const where = [start?.line ?? 0, start?.column ?? 0, end?.line ?? 0, end?.column ?? 0];
    return tuple([text(file), ...where, exact ? 1 : 0, text(label), frame(shown)], places);
  };

  const dictionaries = () => {
    const found = resources.entries;
    const ofResource = (key: 'type' | 'address' | 'name') => found.map((one) => text(one?.[key]));
    const ofPlace = (index: number) => places.entries.map((one) => one[index] ?? 0);
    const ofCause = (index: number) => causes.entries.map((one) => one[index] ?? 0);
    return {
      resources: {
        type: ofResource('type'),
        address: ofResource('address'),
        name: ofResource('name'),
        source: found.map((one) => (one === undefined ? 0 : SOURCES.indexOf(one.source))),
      },
      places: {
        file: ofPlace(0),
        startLine: ofPlace(1),
        startColumn: ofPlace(2),
        endLine: ofPlace(3),
        endColumn: ofPlace(4),
        exact: ofPlace(5),
        label: ofPlace(6),
        frame: ofPlace(7),
      },
      causes: { words: ofCause(0), settle: ofCause(1), kind: ofCause(2) },
      frames: frames.entries,
      lists: lists.entries,
      texts: texts.entries,
    };
  };
  return { text, list, resource, cause, place, dictionaries };
}
