import { type Formula, NEVER } from '../../model/index.js';
import type { SourceNode } from '../source/node.js';
import { bind } from './binding.js';
import { conditionCallOf } from './call.js';
import { equality } from './equality.js';
import { and, named, not, or, sizeOf } from './formula.js';
import { report } from './reading.js';
import type { Entry, Env, Stack } from './stack.js';

/** A condition with more tests than this is not taken apart. */
const MAX_TESTS = 500;

/** The conditions of a template, each made into a formula when it is first asked for. */
export class Conditions {
  readonly #formulas = new Map<string, Formula>();
  readonly #pending: string[] = [];
  readonly #declared: ReadonlyMap<string, Entry>;
  readonly #stack: Stack;

  constructor(declared: ReadonlyMap<string, Entry>, stack: Stack) {
    this.#declared = declared;
    this.#stack = stack;
  }

  /** When the condition holds that `node` names (in `Fn::If` and resource attributes) or spells out. */
  of(node: SourceNode, env: Env): Formula {
    const call = conditionCallOf(node);
    if (call === undefined) {
      if (node.kind === 'scalar' && typeof node.value === 'string') return this.#named(bind(node.value, env.bindings), node, env);
      if (node.kind === 'scalar' && typeof node.value === 'boolean') return { op: 'constant', value: node.value };
      return this.#malformed(node, env);
    }
    const { name, argument } = call;
    if (name === 'Condition') return this.of(argument, env);
    const parts = argument.kind === 'list' ? argument.items : undefined;
    switch (name) {
      case 'Fn::Equals': {
        const [a, b] = parts ?? [];
        if (a === undefined || b === undefined) return this.#malformed(node, env);
        return equality(env.stack.evaluate(a, env), env.stack.evaluate(b, env), env.stack.reading);
      }
      case 'Fn::And':
      case 'Fn::Or':
        if (parts === undefined) return this.#malformed(node, env);
        return (name === 'Fn::And' ? and : or)(parts.map((part) => this.of(part, env)));
      case 'Fn::Not': {
        const inner = parts === undefined ? argument : parts[0];
        return inner === undefined ? this.#malformed(node, env) : not(this.of(inner, env));
      }
      default:
        return this.#malformed(node, env);
    }
  }

  /** Makes every condition, so that each mistake in them is reported and each literal in them is known. */
  evaluateAll(): void {
    for (const { key, keySpan, env } of this.#declared.values()) {
      this.#named(key, { kind: 'scalar', value: key, source: key, ...keySpan }, env);
    }
  }

  #named(name: string, place: SourceNode, env: Env): Formula {
    const known = this.#formulas.get(name);
    if (known !== undefined) return known;
    const entry = this.#declared.get(name);
    const words = `${this.#stack.path}${name}`;
    if (entry === undefined) return this.#missing(name, words, place, env);
    if (this.#pending.includes(name)) return this.#cyclic(name, words, entry);
    this.#pending.push(name);
    const formula = this.#bounded(named(words, this.of(entry.value, entry.env)), words);
    this.#pending.pop();
    // A formula made inside a cycle was stored when the cycle was found.
    const stored = this.#formulas.get(name) ?? formula;
    this.#formulas.set(name, stored);
    return stored;
  }

  /** Conditions that use each other many times over grow without end; such a one is open. */
  #bounded(formula: Formula, words: string): Formula {
    return sizeOf(formula) <= MAX_TESTS ? formula : { op: 'free', id: `condition ${words}`, words: `condition ${words}` };
  }

  #missing(name: string, words: string, place: SourceNode, env: Env): Formula {
    if (env.purpose === 'evaluate') {
      report(env.stack.reading, env.file, place, {
        level: 'error',
        code: 'unresolved-reference',
        message: `Condition ${JSON.stringify(name)} is not in the template's Conditions.`,
        help: 'Correct the name, or add the condition.',
      });
    }
    return { op: 'free', id: `condition ${words}`, words: `condition ${words}` };
  }

  #cyclic(name: string, words: string, entry: Entry): Formula {
    const cycle = [...this.#pending.slice(this.#pending.indexOf(name)), name];
    report(this.#stack.reading, entry.env.file, entry.keySpan, {
      level: 'error',
      code: 'cyclic-reference',
      message: `The conditions refer to each other in a circle: ${cycle.join(' → ')}.`,
      help: 'Take one of the references out.',
    });
    const free: Formula = { op: 'free', id: `condition ${words}`, words: `condition ${words}` };
    for (const member of cycle) this.#formulas.set(member, free);
    return free;
  }

  #malformed(node: SourceNode, env: Env): Formula {
    if (env.purpose === 'evaluate') {
      report(env.stack.reading, env.file, node, {
        level: 'error',
        code: 'malformed-intrinsic',
        message: 'This is not a condition.',
        help: 'Use Fn::Equals, Fn::And, Fn::Or, Fn::Not or the name of a condition.',
      });
    }
    const at = env.file.lines.position(node.start);
    const place = `${env.file.file}:${at.line}:${at.column}`;
    return { op: 'free', id: `condition at ${place}`, words: `the condition at ${place}` };
  }
}

/** True where the formula can never hold. */
export function isNever(formula: Formula): boolean {
  return formula === NEVER || (formula.op === 'constant' && !formula.value);
}
