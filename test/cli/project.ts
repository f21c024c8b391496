import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { type ExitCode, main } from '../../src/cli/main.js';
import type { Report } from '../../src/model/index.js';

/** What a command wrote and came to. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface RunWith {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder below the project to run in. */
  readonly from?: string;
  readonly signal?: AbortSignal;
}

/** A folder of files for one test; gone after it. */
export interface Project {
  readonly folder: string;
  write(file: string, content: string | Uint8Array): void;
  /** Runs a command in this process. */
  run(args: readonly string[], how?: RunWith): Promise<Ran>;
  /** Scans into a value, judged as of `AS_OF`. */
  report(args: readonly string[], how?: RunWith): Promise<Report & { readonly ran: Ran }>;
  git(...args: readonly string[]): void;
  /** Commits everything, ignored files too. */
  commit(): void;
}

export const AS_OF = '2026-03-01';

export function project(files: Readonly<Record<string, string | Uint8Array>> = {}): Project {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write: Project['write'] = (file, content) => {
    const absolute = path.join(folder, file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  const run: Project['run'] = (args, how = {}) => runMain(args, path.join(folder, how.from ?? '.'), how);
  const git: Project['git'] = (...args) => {
    const settings = ['user.name=T', 'user.email=t@example.com', 'init.defaultBranch=main', 'commit.gpgsign=false'];
    execFileSync('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], { cwd: folder, stdio: 'ignore' });
  };
  return {
    folder,
    write,
    run,
    async report(args, how) {
      const ran = await run(['scan', ...args, '--format', 'json', '--as-of', AS_OF], how);
      if (!ran.out.startsWith('{')) throw new Error(`no report, exit ${ran.code}: ${ran.err}`);
      return { ...(JSON.parse(ran.out) as Report), ran }; // what --format json prints is a Report
    },
    git,
    commit() {
      git('add', '-A', '-f', '.');
      git('commit', '-q', '--allow-empty', '-m', 'c');
    },
  };
}

async function runMain(args: readonly string[], workingFolder: string, { stdin = '', env = {}, signal }: RunWith): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const outputOf = (lines: string[]): Io['stdout'] => ({ write: (text) => void lines.push(text), isTerminal: false, columns: undefined });
  const io: Io = {
    stdout: outputOf(out),
    stderr: outputOf(err),
    readStdin: async () => stdin,
    env,
    workingFolder,
    ...(signal === undefined ? {} : { signal }),
  };
  const code = await main(args, io);
  return { code, out: out.join(''), err: err.join('') };
}

/** A template with the given resources, each a block indented by two. */
export function template(...resources: readonly string[]): string {
  return `AWSTemplateFormatVersion: '2010-09-09'\nResources:\n${resources.join('')}`;
}

/** A volume that `ebs-volume-not-encrypted` (high) fails on its last line, the sixth. */
export const plainVolume = (name: string, comment = ''): string =>
  `  ${name}:\n    Type: AWS::EC2::Volume\n    Properties:\n      AvailabilityZone: eu-west-1a\n      Size: 8\n      Encrypted: false${comment}\n`;

/** A key that `kms-rotation-disabled` (medium) fails on its last line, the fourth. */
export const stillKey = (name: string, comment = ''): string =>
  `  ${name}:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false${comment}\n`;

/** A template nothing is wrong with. */
export const CLEAN = template('  Handle:\n    Type: AWS::CloudFormation::WaitConditionHandle\n');

/** Judges by the two rules above alone. */
export const TWO_RULES = ['--rule', 'ebs-volume-not-encrypted,kms-rotation-disabled'] as const;
