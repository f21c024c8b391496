import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { buildProgram } from '../../src/cli/program.js';
import { ROOT } from '../setup/build.js';
import { CLEAN, project } from './project.js';

const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** Fenced blocks by their language. */
const blocks = (language: string): readonly string[] =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, body = '']) => body);

/** Every `keyward …` of the README's shell and workflow blocks, and of its prose, as words. */
function invocations(): readonly (readonly string[])[] {
  const lines = [...blocks('sh'), ...blocks('yaml')].join('\n').split('\n');
  const commands = lines.flatMap((line) => {
    const found = /(?:^\s*|npx --yes )keyward(?:@[\d.]+)?\s+([^#]*)/.exec(line)?.[1];
    return found === undefined || /^\S*:$/.test(found.trim()) ? [] : [found];
  });
  return commands.map((command) => command.trim().split(/\s+/));
}

async function commandOf(words: readonly string[]): Promise<{ command: Command; rest: readonly string[] }> {
  const silent = { write: () => {}, isTerminal: false, columns: undefined };
  const { program } = await buildProgram({ stdout: silent, stderr: silent, readStdin: async () => '', env: {}, workingFolder: '.' }, '0');
  let command: Command = program;
  let rest = words;
  for (;;) {
    const next = command.commands.find((one) => one.name() === rest[0]);
    if (next === undefined) break;
    command = next;
    rest = rest.slice(1);
  }
  // A bare path is a scan.
  return { command: command === program ? (program.commands.find((one) => one.name() === 'scan') ?? program) : command, rest };
}

describe('the README', () => {
  it('has commands to check', () => {
    expect(invocations().length).toBeGreaterThanOrEqual(9);
  });

  it.each(invocations().map((words) => [words.join(' '), words] as const))('names what there is: keyward %s', async (_text, words) => {
    const { command, rest } = await commandOf(words);
    for (const flag of rest.filter((word) => word.startsWith('-'))) {
      const [name = ''] = flag.split('=');
      expect(
        command.options.some((option) => option.long === name || option.short === name),
        `${name} of ${command.name()}`,
      ).toBe(true);
    }
    const formats = rest.flatMap((word, at) =>
      rest[at - 1] === '--format' ? [word] : rest[at - 1] === '--output' ? [word.split('=')[0] ?? ''] : [],
    );
    const { FORMATS } = await import('../../src/report/index.js');
    for (const format of formats) expect(FORMATS).toContain(format);
  });

  it('names options in its prose that there are', async () => {
    const { command } = await commandOf(['scan']);
    const all = (one: Command): readonly Command[] => [one, ...one.commands.flatMap(all)];
    const known = new Set(all(command.parent ?? command).flatMap(({ options }) => options.map(({ long }) => long)));
    const prose = README.replace(/^```[\s\S]*?^```/gm, '');
    for (const [flag] of prose.matchAll(/--[a-z][a-z-]+/g)) expect([...known, '--check'], flag).toContain(flag);
  });

  it('shows a configuration that the schema takes, and a suppression that suppresses', async () => {
    const config = blocks('yaml').find((block) => block.startsWith('failOn:')) ?? '';
    const template = blocks('yaml').find((block) => block.includes('ExchangeKey')) ?? '';
    const made = project({ 'keyward.yaml': config, 'a.yaml': `Resources:\n${template}`, 'stacks/b.yaml': CLEAN });
    const report = await made.report(['.', '--rule', 'kms-rotation-disabled']);
    expect(report.findings).toEqual([]);
    expect(report.suppressed[0]?.suppression).toMatchObject({ until: '2027-03-01', reason: 'partner pins the key version' });
    expect(report.thresholds.failOn).toBe('medium');
  });

  it('shows a workflow with the least permissions, whose actions are pinned, which fails after it has uploaded', () => {
    const text = blocks('yaml').find((block) => block.startsWith('name: keyward')) ?? '';
    expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
    const workflow = parse(text);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.scan.permissions).toEqual({ contents: 'read', actions: 'read', 'security-events': 'write' });
    const steps: readonly { readonly uses?: string; readonly run?: string }[] = workflow.jobs.scan.steps;
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^[\w/-]+@[0-9a-f]{40}$/);
    // Text of the event reaches the shell by variables alone.
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    expect(steps.at(-1)?.run).toContain('exit');
    expect(steps.at(-2)?.uses).toContain('upload-sarif');
    expect(text).toContain(`keyward@${manifest.version}`);
  });

  it('names npm scripts and files that there are', async () => {
    const { existsSync } = await import('node:fs');
    for (const [, script = ''] of README.matchAll(/npm (?:run )?(start|test|check|bench)\b/g))
      expect(manifest.scripts).toHaveProperty(script);
    for (const [, target = ''] of README.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect(existsSync(path.join(ROOT, target)), target).toBe(true);
  });

  it('names rules that there are', async () => {
    const { out } = await project().run(['rules', '--format', 'json']);
    const ids: readonly string[] = JSON.parse(out).map(({ id }: { id: string }) => id);
    for (const [, id = ''] of README.matchAll(/\b(kms-[a-z]+(?:-[a-z]+)+)\b/g)) expect(ids).toContain(id);
  });
});
