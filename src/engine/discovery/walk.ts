import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../model/index.js';
import { isInside, isSystemError, nameOf } from '../access/file-access.js';
import { type IgnoreRules, ignoreRulesFor } from './ignore-rules.js';
import { type Tracked, trackedIn } from './tracked.js';

/** What a walk met, each as an absolute path, in the order of their names. */
export interface Walked {
  /** Files whose name a template could have. */
  readonly candidates: readonly string[];
  /** Folders that hold a cloud assembly's `manifest.json`; nothing below them is among the candidates. */
  readonly assemblies: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Files whose name no template has; they are not opened. */
  readonly others: number;
  readonly diagnostics: readonly Diagnostic[];
}

interface Walk {
  readonly base: string;
  readonly repository: string | undefined;
  readonly tracked: () => Tracked;
  readonly candidates: string[];
  readonly assemblies: string[];
  readonly skipped: { path: string; reason: string }[];
  others: number;
  readonly diagnostics: Diagnostic[];
}

const TEMPLATE_NAME = /\.(ya?ml|json|template|tmpl|cfn|cform|cft)$/i;
/** Folders of other people's files, or of git itself. */
const FOREIGN_FOLDERS: Readonly<Record<string, string>> = {
  '.git': 'git’s own files',
  '.hg': 'Mercurial’s own files',
  '.svn': 'Subversion’s own files',
  node_modules: 'installed packages',
};

/** Every file below a folder that may be a template. Symbolic links are not followed; `.gitignore` holds for untracked files. */
export function walk(folder: string, base: string, repository: string | undefined): Walked {
  const state: Walk = {
    base,
    repository,
    tracked: trackedIn(repository),
    candidates: [],
    assemblies: [],
    skipped: [],
    others: 0,
    diagnostics: [],
  };
  walkFolder(state, folder, ignoreRulesFor(folder, repository), 'all');
  return state;
}

/** `tracked-only`: inside an ignored folder, where git's own list says what counts. */
function walkFolder(state: Walk, folder: string, rules: IgnoreRules, take: 'all' | 'tracked-only'): void {
  const entries = list(state, folder);
  if (entries.some((entry) => entry.name === 'manifest.json' && entry.isFile()) && isAssembly(folder, entries)) {
    state.assemblies.push(folder);
    return;
  }
  for (const entry of entries) {
    const absolute = path.join(folder, entry.name);
    if (entry.isSymbolicLink()) skip(state, absolute, 'symbolic link');
    else if (entry.isDirectory()) walkSubfolder(state, absolute, entry.name, rules, take);
    else if (!entry.isFile()) skip(state, absolute, 'not a regular file');
    else if (!TEMPLATE_NAME.test(entry.name)) state.others += 1;
    else if ((take === 'tracked-only' || rules.ignores(absolute, 'file')) && !isTracked(state, absolute, 'files')) {
      skip(state, absolute, 'ignored by .gitignore');
    } else state.candidates.push(absolute);
  }
}

function walkSubfolder(state: Walk, folder: string, name: string, rules: IgnoreRules, take: 'all' | 'tracked-only'): void {
  const foreign = FOREIGN_FOLDERS[name];
  if (foreign !== undefined) {
    skip(state, `${folder}/`, foreign);
    return;
  }
  if (take === 'all' && !rules.ignores(folder, 'folder')) {
    walkFolder(state, folder, rules.within(folder), 'all');
    return;
  }
  // A cloud assembly is output, so it is nearly always ignored; it is what gets deployed, so it is read.
  const assembly = [folder, path.join(folder, 'cdk.out')].find((place) => isAssembly(place));
  if (assembly !== undefined) state.assemblies.push(assembly);
  if (isTracked(state, folder, 'folders')) walkFolder(state, folder, rules, 'tracked-only');
  else if (assembly === undefined) skip(state, `${folder}/`, 'ignored by .gitignore');
}

/** A cloud assembly's folder holds `manifest.json` beside `cdk.out`, the file that tells its version, or `tree.json`. */
function isAssembly(folder: string, entries?: readonly Dirent[]): boolean {
  try {
    const names = new Set((entries ?? readdirSync(folder, { withFileTypes: true })).map((entry) => entry.name));
    return names.has('manifest.json') && (names.has('cdk.out') || names.has('tree.json'));
  } catch {
    return false;
  }
}

function isTracked(state: Walk, absolute: string, kind: keyof Tracked): boolean {
  if (state.repository === undefined || !isInside(state.repository, absolute)) return false;
  return state.tracked()[kind].has(nameOf(state.repository, absolute));
}

function skip(state: Walk, absolute: string, reason: string): void {
  state.skipped.push({ path: absolute, reason });
}

function list(state: Walk, folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const code = isSystemError(error) ? error.code : 'unknown error';
    const file = nameOf(state.base, folder);
    const help = 'Check its permissions, or leave it out.';
    state.diagnostics.push({
      level: 'error',
      code: 'folder-unreadable',
      message: `The folder ${file} cannot be read (${code}).`,
      help,
      file,
    });
    return [];
  }
}
