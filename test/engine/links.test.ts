import { describe, expect, it } from 'vitest';
import { plainVolume, project, TWO_RULES, template } from '../cli/project.js';

/** A stack that makes a value and exports it, and one that imports it where `ebs-volume-not-encrypted` and others look. */
const exporter = (value: string, name = 'flag'): string =>
  `${template('  H:\n    Type: AWS::CloudFormation::WaitConditionHandle\n')}Outputs:\n  Flag:\n    Value: ${value}\n    Export: { Name: ${name} }\n`;
const importer = (name = 'flag'): string => template(plainVolume('V').replace('Encrypted: false', `Encrypted: !ImportValue ${name}`));

describe('exports and imports of one scan', () => {
  const outcome = async (files: Readonly<Record<string, string>>, ...paths: readonly string[]) => {
    const report = await project({ '.git/HEAD': '', ...files }).report([...(paths.length > 0 ? paths : ['.']), ...TWO_RULES]);
    return [report.findings.map(({ location }) => location.file), report.undecided.map(({ location }) => location.file)];
  };
  const DECIDED = [['b.yaml'], []];
  const OPEN = [[], ['b.yaml']];

  it('meet by a name that one template exports', async () => {
    expect(await outcome({ 'a.yaml': exporter("'false'"), 'b.yaml': importer() })).toEqual(DECIDED);
    expect(await outcome({ 'a.yaml': exporter("'true'"), 'b.yaml': importer() })).toEqual([[], []]);
  });

  it('do not meet where two templates export the name, even with equal values', async () => {
    expect(await outcome({ 'a.yaml': exporter("'false'"), 'c.yaml': exporter("'false'"), 'b.yaml': importer() })).toEqual(OPEN);
  });

  it('do not meet where no template exports it, or it is not scanned, or the name is known at deploy time alone', async () => {
    expect(await outcome({ 'a.yaml': exporter("'false'", 'other'), 'b.yaml': importer() })).toEqual(OPEN);
    expect(await outcome({ 'x/a.yaml': exporter("'false'"), 'b.yaml': importer() }, 'b.yaml')).toEqual(OPEN);
    expect(await outcome({ 'a.yaml': exporter("'false'", "!Sub '${AWS::StackName}-flag'"), 'b.yaml': importer() })).toEqual(OPEN);
  });

  it('keep accounts and Regions apart', async () => {
    const files = { 'a.yaml': exporter("'false'"), 'c.yaml': exporter("'true'"), 'b.yaml': importer() };
    const accounts = (a: string, b: string, c: string): string => `account: { a.yaml: '${a}', b.yaml: '${b}', c.yaml: '${c}' }\n`;
    expect(await outcome({ ...files, 'keyward.yaml': accounts('111122223333', '111122223333', '444455556666') })).toEqual(DECIDED);
    expect(await outcome({ ...files, 'keyward.yaml': accounts('444455556666', '111122223333', '111122223333') })).toEqual([[], []]);
    expect(
      await outcome({ ...files, 'keyward.yaml': 'region: { a.yaml: eu-west-1, b.yaml: eu-central-1, c.yaml: eu-south-1 }\n' }),
    ).toEqual(OPEN);
  });

  it('follow values that rest on imports themselves, and leave a circle open', async () => {
    expect(
      await outcome({ 'a.yaml': exporter("'false'", 'first'), 'm.yaml': exporter('!ImportValue first', 'flag'), 'b.yaml': importer() }),
    ).toEqual(DECIDED);
    expect(
      await outcome({
        'a.yaml': exporter('!ImportValue flag', 'first'),
        'm.yaml': exporter('!ImportValue first', 'flag'),
        'b.yaml': importer(),
      }),
    ).toEqual(OPEN);
  });

  it('carry parameters’ worlds: a value that a parameter of the exporter leaves open stays open', async () => {
    const open = `Parameters:\n  On: { Type: String, AllowedValues: ['true', 'false'] }\n${exporter('!Ref On')}`;
    expect(await outcome({ 'a.yaml': open, 'b.yaml': importer() })).toEqual(OPEN);
    const [decided] = [await project({ 'a.yaml': open, 'b.yaml': importer() }).report(['.', '--parameters', 'On=false', ...TWO_RULES])];
    expect(decided.findings).toHaveLength(1);
  });

  it('let rules see the resource behind an imported name', async () => {
    const key = `${template('  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: true\n')}Outputs:\n  Key:\n    Value: !GetAtt Key.Arn\n    Export: { Name: key }\n`;
    const group = template('  G:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      KmsKeyId: !ImportValue key\n');
    const alone = await project({ 'b.yaml': group }).report(['.', '--rule', 'logs-group-not-cmk']);
    const together = await project({ 'a.yaml': key, 'b.yaml': group }).report(['.', '--rule', 'logs-group-not-cmk']);
    expect([together.findings, together.undecided]).toEqual([[], []]);
    expect(alone.findings).toEqual([]);
  });
});

describe('nested templates', () => {
  const parent = (...stacks: readonly (readonly [string, string])[]): string =>
    template(
      ...stacks.map(
        ([name, on]) =>
          `  ${name}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./child.yaml\n      Parameters: { On: '${on}' }\n`,
      ),
    );
  const child = `Parameters:\n  On: { Type: String, Default: 'false' }\n${template(plainVolume('V').replace('false', '!Ref On'))}`;

  it('are judged where they are nested, with what they get there, and not again alone', async () => {
    const report = await project({ 'a.yaml': parent(['N', 'true']), 'child.yaml': child }).report(['.', ...TWO_RULES]);
    expect([report.findings, report.undecided]).toEqual([[], []]);
    expect(report.coverage).toMatchObject({ filesRead: 2, scopes: 1, resources: { all: 2 } });
  });

  it('that fail in several stacks are one finding', async () => {
    const report = await project({ 'a.yaml': parent(['N', 'false'], ['M', 'false']), 'child.yaml': child }).report(['.', ...TWO_RULES]);
    expect(report.findings.map(({ location, resource }) => [location.file, resource.name])).toEqual([['child.yaml', 'V']]);
    expect(report.summary.bySeverity.high).toBe(1);
  });

  it('are judged alone where their parent is not scanned', async () => {
    const report = await project({ 'a.yaml': parent(['N', 'true']), 'child.yaml': child, '.git/HEAD': '' }).report([
      'child.yaml',
      ...TWO_RULES,
    ]);
    expect(report.findings.length + report.undecided.length).toBe(1);
  });

  it('that nest each other end', async () => {
    const made = project({
      'a.yaml': template('  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./b.yaml\n', plainVolume('A')),
      'b.yaml': template('  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./a.yaml\n', plainVolume('B')),
    });
    const report = await made.report(['.', ...TWO_RULES]);
    expect([...new Set(report.findings.map(({ resource }) => resource.name))].sort()).toEqual(['A', 'B']);
  });
});
