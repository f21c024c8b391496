import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AS_OF, type Project, project, stillKey, template } from '../cli/project.js';

const RULE = `id: own-rotation
title: Keys rotate
severity: high
resource: AWS::KMS::Key
sources: [cloudformation]
must: { properties: { EnableKeyRotation: { const: true } }, required: [EnableKeyRotation] }
message: '{name} does not rotate'
why: It is a test.
fix: { text: Turn it on., manual: There is no patch. }
`;
const TOOTHLESS = RULE.replace('const: true', 'const: false');

function commit(files: Project): void {
  files.git('init', '-q');
  files.commit();
}

const scan = (files: Project, ...args: string[]) =>
  files.run(['scan', 'stacks', '--rule', 'own-rotation', '--format', 'concise', '--as-of', AS_OF, ...args]);

describe('a change to the rules of a repository', () => {
  const state = { 'stacks/a.yaml': template(stillKey('Key')), 'own/rotation.yaml': RULE };

  test('counts where nothing else is asked for', async () => {
    const files = project({ ...state, 'keyward.yaml': 'rules: { folders: [own] }\n' });
    commit(files);
    files.write('own/rotation.yaml', TOOTHLESS);
    expect(await scan(files)).toMatchObject({ code: 0, out: expect.not.stringContaining('own-rotation') });
  });

  test.each([
    ['a folder that the configuration names', { 'keyward.yaml': 'rules: { folders: [own] }\n' }, []],
    ['a folder that the command line names', {}, ['--rules', 'own']],
  ])('does not weaken them against --trust-from, for %s', async (_what, config, args) => {
    const files = project({ ...state, ...config });
    commit(files);
    files.write('own/rotation.yaml', TOOTHLESS);
    expect(await scan(files, '--trust-from', 'HEAD', ...args)).toMatchObject({ code: 1, out: expect.stringContaining('own-rotation') });
    rmSync(path.join(files.folder, 'own'), { recursive: true });
    expect(await scan(files, '--trust-from', 'HEAD', ...args)).toMatchObject({ code: 1, out: expect.stringContaining('own-rotation') });
  });

  test('runs no code that the change brings, though code is allowed', async () => {
    const files = project(state);
    commit(files);
    files.write('own/rotation.yaml', RULE.replace(/^must: .*$/m, 'check: rotation'));
    files.write('own/rotation.mjs', 'throw new Error("The code of the change ran.");\n');
    const trusted = await scan(files, '--trust-from', 'HEAD', '--rules', 'own', '--allow-rule-code');
    expect(trusted).toMatchObject({ code: 1, out: expect.stringContaining('own-rotation') });
    const plain = await scan(files, '--rules', 'own', '--allow-rule-code');
    expect(plain).toMatchObject({ code: 2, err: expect.stringContaining('rotation.mjs') });
  });

  test('that only it has is refused with what to do', async () => {
    const files = project({ 'stacks/a.yaml': template(stillKey('Key')) });
    commit(files);
    files.write('own/rotation.yaml', RULE);
    const ran = await scan(files, '--trust-from', 'HEAD', '--rules', 'own');
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('There is no rule folder own at HEAD');
  });

  test('does not reach rules kept outside the repository', async () => {
    const files = project({ 'stacks/a.yaml': template(stillKey('Key')) });
    const elsewhere = project({ 'rotation.yaml': RULE });
    commit(files);
    const ran = await scan(files, '--trust-from', 'HEAD', '--rules', elsewhere.folder);
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('own-rotation') });
  });
});
