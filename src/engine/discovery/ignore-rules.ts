import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { nameOf } from '../access/file-access.js';

/** The `.gitignore` files from the repository's root down to a folder; a deeper one has the last word. */
export interface IgnoreRules {
  /** `absolute` is a path below the folder. */
  ignores(absolute: string, kind: 'file' | 'folder'): boolean;
  /** The rules inside a sub-folder. */
  within(folder: string): IgnoreRules;
}

interface Layer {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The rules that hold in `folder`, which the user named. Without a repository, and where it is ignored itself, they start at the folder. */
export function ignoreRulesFor(folder: string, repository: string | undefined): IgnoreRules {
  if (repository === undefined || folder === repository) return rulesDownTo(folder, folder);
  const isIgnored = rulesDownTo(path.dirname(folder), repository).ignores(folder, 'folder');
  return rulesDownTo(folder, isIgnored ? folder : repository);
}

function rulesDownTo(folder: string, top: string): IgnoreRules {
  const layers: Layer[] = [];
  addLayer(layers, top, path.join(top, '.git', 'info', 'exclude'));
  addLayer(layers, top, path.join(top, '.gitignore'));
  let at = top;
  for (const step of path.relative(top, folder).split(path.sep).filter(Boolean)) {
    at = path.join(at, step);
    addLayer(layers, at, path.join(at, '.gitignore'));
  }
  return rulesOf(layers);
}

function rulesOf(layers: readonly Layer[]): IgnoreRules {
  return {
    ignores(absolute, kind) {
      for (let depth = layers.length - 1; depth >= 0; depth -= 1) {
        const layer = layers[depth];
        if (layer === undefined) continue;
        const name = nameOf(layer.folder, absolute) + (kind === 'folder' ? '/' : '');
        const answer = layer.rules.test(name);
        if (answer.ignored) return true;
        if (answer.unignored) return false;
      }
      return false;
    },
    within(folder) {
      const added: Layer[] = [];
      addLayer(added, folder, path.join(folder, '.gitignore'));
      return added.length === 0 ? this : rulesOf([...layers, ...added]);
    },
  };
}

function addLayer(layers: Layer[], folder: string, file: string): void {
  if (!existsSync(file)) return;
  try {
    layers.push({ folder, rules: ignore().add(readFileSync(file, 'utf8')) });
  } catch {
    // An ignore file that can't be read ignores nothing: more is scanned, not less.
  }
}
