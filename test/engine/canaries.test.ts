import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildHtmlIfStale } from '../../scripts/build-html.mjs';
import { FORMATS } from '../../src/report/index.js';
import { AS_OF, project, template } from '../cli/project.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CANARIES = readFileSync(path.join(ROOT, 'fixtures/canaries.txt'), 'utf8').split('\n').filter(Boolean);
const STRETCH = 8;

const holders = ['fixtures', 'examples/orders/cdk.out']
  .flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'canaries.txt')
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )
  .map((file) => ({ file: path.relative(ROOT, file), text: readFileSync(file, 'utf8') }))
  .filter(({ text }) => text.includes('Canary') || CANARIES.some((canary) => text.includes(canary)))
  .sort((a, b) => (a.file < b.file ? -1 : 1));

/** Listed canaries of a text, and whatever else in it says that it is one. */
function canariesIn(text: string): readonly string[] {
  const marked = [...text.matchAll(/Kw-Canary-[\w-]+/g)].map(([word]) => word);
  return [...new Set([...CANARIES.filter((canary) => text.includes(canary)), ...marked])].sort((a, b) => b.length - a.length);
}

/** What outputs may say: names of files, rules and everything in the fixtures that is not a canary. */
function harmlessText(texts: readonly string[]): string {
  const rules = readdirSync(path.join(ROOT, 'rules'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
  const bare = texts.map((text) => canariesIn(text).reduce((rest, canary) => rest.replaceAll(canary, '\n'), text));
  return [...rules, ...holders.map(({ file }) => file), ...bare].join('\n');
}

/** Stretches of the canaries that give away a part of one. */
function tellingStretches(canaries: readonly string[], harmless: string): ReadonlyMap<string, string> {
  const telling = new Map<string, string>();
  for (const canary of canaries) {
    for (let at = 0; at + STRETCH <= canary.length; at += 1) {
      const stretch = canary.slice(at, at + STRETCH);
      if (!harmless.includes(stretch)) telling.set(stretch, canary);
    }
  }
  return telling;
}

/** Everything a page shows: its payload inflated. */
function unpacked(text: string): string {
  return text.replace(/type="application\/octet-stream;base64">([^<]*)</g, (_, base64: string) =>
    gunzipSync(Buffer.from(base64, 'base64')).toString('utf8'),
  );
}

function leaks(output: string, telling: ReadonlyMap<string, string>): readonly string[] {
  const found = new Map<string, string>();
  for (let at = 0; at + STRETCH <= output.length; at += 1) {
    const canary = telling.get(output.slice(at, at + STRETCH));
    if (canary !== undefined && !found.has(canary)) found.set(canary, output.slice(Math.max(0, at - 60), at + 40));
  }
  return [...found].map(([canary, around]) => `${canary}: …${around}…`);
}

/** A few files a run, so that no format leaves findings out for their number. */
function groups<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}

describe('secrets of the fixtures', () => {
  beforeAll(() => buildHtmlIfStale(), 60_000);

  it('are in the fixtures that the list names', () => {
    expect(holders.length).toBeGreaterThan(40);
    const all = holders.map(({ text }) => text).join('\n');
    const packed = [...all.matchAll(/[\w+/]{40,}={0,2}/g)].map(([text]) => Buffer.from(text, 'base64').toString('latin1')).join('\n');
    expect(CANARIES.filter((canary) => !all.includes(canary) && !packed.includes(canary))).toEqual([]);
  });

  const telling = tellingStretches(
    [...CANARIES, ...holders.flatMap(({ text }) => canariesIn(text))],
    harmlessText(holders.map(({ text }) => text)),
  );

  it('are found where they are', () => {
    for (const { text } of holders.filter(({ text }) => canariesIn(text).length > 0)) expect(leaks(text, telling)).not.toEqual([]);
  });

  it('have stretches to search for', () => {
    const covered = new Set(telling.values());
    expect(CANARIES.filter((canary) => !covered.has(canary) && canary.length > STRETCH + 4)).toEqual([]);
  });

  it.each(groups(holders, 6).map((group) => [group.map(({ file }) => file).join(' '), group] as const))(
    'reach no output: %s',
    async (_files, group) => {
      const made = project();
      const paths = group.map(({ file }) => path.join(ROOT, file));
      const outputs = FORMATS.map((format) => `${format}=out.${format}`);
      const common = ['--config', 'none', '--as-of', AS_OF];
      const ran = await made.run([
        ...['scan', ...paths, ...common, '--show', 'suppressed,undecided,passed', '--min-severity', 'note'],
        ...outputs.flatMap((output) => ['--output', output]),
      ]);
      expect([0, 1, 3], ran.err).toContain(ran.code);
      const accepted = await made.run(['baseline', 'create', ...paths, ...common, '--baseline', 'baseline.json']);
      const again = await made.run([
        'scan',
        ...paths,
        ...common,
        '--baseline',
        'baseline.json',
        '--show',
        'suppressed',
        '--no-suppressions',
      ]);
      const written = {
        terminal: ran.out,
        diagnostics: ran.err,
        baseline: readFileSync(path.join(made.folder, 'baseline.json'), 'utf8'),
        'baseline, said': accepted.out + accepted.err,
        'scan with baseline': again.out + again.err,
        ...Object.fromEntries(FORMATS.map((format) => [format, unpacked(readFileSync(path.join(made.folder, `out.${format}`), 'utf8'))])),
      };
      const found = Object.entries(written).flatMap(([where, text]) => leaks(text, telling).map((leak) => `${where}: ${leak}`));
      expect(found).toEqual([]);
    },
  );
});

describe('secrets in unlikely places', () => {
  beforeAll(() => buildHtmlIfStale(), 60_000);
  // Neither its form nor the name it stands under tells what it is: only NoEcho does.
  const QUIET = 'violet mango cupboard';
  const LOUD = 'Tr0ub4dor-Canary-Xy7Lq2';
  const volume = (lines: string): string => `  V:\n    Type: AWS::EC2::Volume\n    Properties:\n${lines}      Encrypted: false\n`;
  const cases: readonly [string, string, readonly string[]][] = [
    [
      'the default of a NoEcho parameter beside a finding',
      `Parameters:\n  Word:\n    Type: String\n    NoEcho: true\n    Default: ${QUIET}\nResources:\n${volume('      Size: !Ref Word\n')}`,
      [],
    ],
    [
      'the value given to a NoEcho parameter',
      `Parameters:\n  Word: { Type: String, NoEcho: true }\nResources:\n${volume('      AvailabilityZone: !Ref Word\n')}  I:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref Word\n      DBInstanceIdentifier: !Sub 'a-\${Word}'\n      StorageEncrypted: false\n`,
      ['--parameters', `Word=${QUIET}`],
    ],
    [
      'an allowed value of a NoEcho parameter',
      `Parameters:\n  Word:\n    Type: String\n    NoEcho: true\n    AllowedValues: [${QUIET}, other]\nConditions:\n  Is: !Equals [!Ref Word, ${QUIET}]\nResources:\n  V:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: !If [Is, false, true]\n`,
      [],
    ],
    ['a comment beside a finding', template(volume(`      # password: ${LOUD}\n`)), []],
    ['a tag beside a finding', template(volume(`      Tags: [{ Key: password, Value: ${LOUD} }]\n`)), []],
    [
      'a template that is cut off',
      `${template(volume(''))}  S:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      SecretString: "${LOUD}\n`,
      [],
    ],
    [
      'a broken line',
      `${template(volume(''))}  S:\n    Type: AWS::SecretsManager::Secret\n    Properties: { SecretString: ${LOUD}: ${LOUD} ]\n`,
      [],
    ],
    [
      'a key that is there twice',
      template(
        volume('      KmsKeyId: a\n      KmsKeyId: b\n'),
        `  S:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      SecretString: ${LOUD}\n      SecretString: ${LOUD}2\n`,
      ),
      [],
    ],
    [
      'a nested template’s address',
      template(
        `  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: https://user:${LOUD}@example.com/a.yaml\n`,
        volume(''),
      ),
      [],
    ],
    ['the name of an import', template(volume(`      KmsKeyId: !ImportValue 'password=${LOUD}'\n`)), []],
    ['a wrong type', template(`  K:\n    Type: AWS::KMS::Key\n    Properties:\n      KeyPolicy: 'password=${LOUD}'\n`), []],
    [
      'an unknown function',
      template(
        volume(
          `      KmsKeyId: !GetAtt 'password=${LOUD}'\n      SnapshotId: !Ref 'token=${LOUD}'\n      AutoEnableIO: !NoSuch 'password=${LOUD}'\n`,
        ),
      ),
      [],
    ],
    [
      'a condition',
      `Parameters:\n  DbPassword: { Type: String }\nConditions:\n  Is: !Equals [!Ref DbPassword, ${LOUD}]\n${template('  V:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: !If [Is, false, true]\n')}`,
      [],
    ],
    [
      'the reason of a suppression',
      template(
        '  K: # keyward:ignore kms-rotation-disabled -- password=' +
          LOUD +
          '\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n',
      ),
      [],
    ],
    [
      'a suppression that can’t be read',
      template(
        '  K: # keyward:ignore kms-rotation-disabled until password=' +
          LOUD +
          '\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n',
      ),
      [],
    ],
  ];
  it.each(cases)('%s: no output has it', async (_what, text, args) => {
    const made = project({ 'a.yaml': text });
    const common = ['--as-of', AS_OF, ...args];
    const outputs = FORMATS.flatMap((format) => ['--output', `${format}=out.${format}`]);
    const ran = await made.run(['scan', 'a.yaml', ...common, '--show', 'suppressed,undecided,passed', ...outputs]);
    const accepted = await made.run(['baseline', 'create', 'a.yaml', ...common, '--baseline', 'baseline.json']);
    const all = [ran.out, ran.err, accepted.out, accepted.err, readFileSync(path.join(made.folder, 'baseline.json'), 'utf8')];
    for (const format of FORMATS) all.push(unpacked(readFileSync(path.join(made.folder, `out.${format}`), 'utf8')));
    for (const secret of [QUIET, LOUD]) {
      const telling = tellingStretches([secret], '');
      expect(all.flatMap((output) => leaks(output, telling))).toEqual([]);
    }
  });

  it.each([
    [
      'a NoEcho parameter’s default',
      (word: string) =>
        `Parameters:\n  Word: { Type: String, NoEcho: true, Default: ${word} }\nResources:\n  I:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: !Ref Word\n      DBInstanceIdentifier: !Sub 'a-\${Word}'\n      StorageEncrypted: false\n`,
    ],
    [
      'a password in code',
      (word: string) =>
        template(
          `  I:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: ${word}\n      StorageEncrypted: false\n`,
        ),
    ],
    [
      'a password in an item of a list',
      (word: string) =>
        template(
          `  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - Name: app\n          Image: a\n          Environment: [{ Name: DB_PASSWORD, Value: ${word} }, { Name: OTHER, Value: 'postgres://u:${word}@h/d' }]\n`,
        ),
    ],
  ])('%s leaves no trace in fingerprints, hashes and baseline', async (_what, make) => {
    const made = project({ 'a.yaml': make('Korrekt-Pferd-Batterie-1') });
    const outcome = async (): Promise<readonly string[]> => {
      const { ran } = await made.report(['a.yaml']);
      await made.run(['baseline', 'create', 'a.yaml', '--baseline', 'b.json']);
      return [ran.out, readFileSync(path.join(made.folder, 'b.json'), 'utf8')];
    };
    const before = await outcome();
    expect(before[1]).toContain('fingerprint');
    made.write('a.yaml', make('Zweites-Wort-Kerze-29912'));
    expect(await outcome()).toEqual(before);
  });
});
