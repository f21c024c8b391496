import { posix } from 'node:path';
import type { Diagnostic, Resource, Scope, Value } from '../../../src/model/index.js';
import {
  DEFAULT_LIMITS,
  type FileAccess,
  type ReadOptions,
  type ReadResult,
  readTemplate,
  type ScopeSeed,
} from '../../../src/readers/index.js';

/** Files by path, as a scan root. */
export type Files = Readonly<Record<string, string>>;

export function accessTo(files: Files): FileAccess {
  return {
    read(path, from) {
      const file = posix.normalize(from === undefined ? path : posix.join(posix.dirname(from), path));
      const text = files[file];
      if (text !== undefined) return { ok: true, file, text };
      const diagnostic: Diagnostic = { level: 'error', code: 'file-missing', message: `There is no file ${file}.`, file };
      return { ok: false, reason: file.startsWith('..') ? 'outside-scan' : 'missing', diagnostic };
    },
  };
}

export function readFiles(files: Files, options: Partial<ReadOptions> = {}, seed: Partial<ScopeSeed> = {}): ReadResult {
  const file = Object.keys(files)[0] ?? 'template.yaml';
  return readTemplate({ kind: 'cloudformation', file, named: true, ...seed }, accessTo(files), {
    parameters: new Map(),
    imports: new Map(),
    foreign: new Map(),
    limits: DEFAULT_LIMITS,
    ...options,
  });
}

export interface Read {
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
  resource(address: string): Resource;
}

/** The scope of a template (the first of several files); throws where there is none. */
export function scopeOf(source: string | Files, options: Partial<ReadOptions> = {}, seed: Partial<ScopeSeed> = {}): Read {
  const result = readFiles(typeof source === 'string' ? { 't.yaml': source } : source, options, seed);
  if (result.kind !== 'scope') throw new Error(JSON.stringify(result));
  const { scope, diagnostics } = result;
  return {
    scope,
    diagnostics,
    resource(address) {
      const found = scope.resources.find((resource) => resource.address === address);
      if (found === undefined) throw new Error(`No resource ${address}; there are ${scope.resources.map((one) => one.address).join(', ')}`);
      return found;
    },
  };
}

/** A template around one property `V` of a custom resource `R`; `rest` holds its other sections. */
export function templateOf(value: string, rest = ''): string {
  const lines = value.trimEnd().split('\n');
  const written = lines.length === 1 ? ` ${value}` : `\n${lines.map((line) => `        ${line}`).join('\n')}`;
  return `AWSTemplateFormatVersion: '2010-09-09'\n${rest}\nResources:\n  Key:\n    Type: AWS::KMS::Key\n  R:\n    Type: Custom::R\n    Properties:\n      V:${written}\n`;
}

/** The value of `V` in `templateOf`; undefined where it is absent. */
export function propertyOf(value: string, rest = '', options: Partial<ReadOptions> = {}): Value | undefined {
  return scopeOf(templateOf(value, rest), options).resource('R').properties.V;
}

/** Diagnostics as `level code file:line:column message`. */
export function told(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ level, code, file, at, message }) => `${level} ${code} ${file}:${at?.line}:${at?.column} ${message}`);
}
