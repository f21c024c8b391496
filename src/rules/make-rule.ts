import { NOT_APPLICABLE, type ReportRule } from '../model/index.js';
import { type ClosedValidators, declaredCheck } from './declared-judge.js';
import type { PatternEngine } from './pattern.js';
import type { Check, Rule, RuleContext, RuleSelection } from './rule.js';
import type { RuleData } from './rule-data.js';
import { writeOut } from './schema.js';
import { optionsOf, severityOf } from './selection.js';

/** What a rule is judged with besides its data. */
export interface RuleMeans {
  readonly patterns: PatternEngine;
  /** The check in code, for a rule that names one. */
  readonly check?: Check;
  /** Fast validators for values that are wholly known, where the build made some. */
  readonly validators: (type: string) => ClosedValidators | undefined;
}

/** A rule ready to judge. Its schemas are written out when it judges first. */
export function makeRule(data: RuleData, selection: RuleSelection, means: RuleMeans): Rule {
  const options = optionsOf(data, selection);
  let check = means.check;
  return {
    ...reportRule(data, selection),
    resource: data.resource,
    sources: data.sources,
    message: withOptions(data.message, options),
    covers: data.covers,
    judge: (resource, context) => {
      if (!data.sources.includes(context.scope.source)) return [NOT_APPLICABLE];
      check ??= declared(data, options, means);
      return check(resource, withOwnOptions(context, options));
    },
  };
}

function declared(data: RuleData, options: Readonly<Record<string, unknown>>, means: RuleMeans): Check {
  return declaredCheck(
    {
      on: data.on,
      when: writeOut(data.when ?? true, options),
      must: writeOut(data.must ?? true, options),
      secret: data.secret,
      patterns: means.patterns,
    },
    means.validators,
  );
}

function reportRule(data: RuleData, selection: RuleSelection): ReportRule {
  const { cloudformationText, terraformText, text, migration } = data.fix;
  return {
    id: data.id,
    title: data.title,
    severity: severityOf(data, selection),
    service: data.service,
    why: data.why,
    fix: {
      text,
      migration,
      ...(cloudformationText === undefined ? {} : { cloudformation: cloudformationText }),
      ...(terraformText === undefined ? {} : { terraform: terraformText }),
    },
    controls: data.controls,
    references: data.references,
    tags: data.tags,
  };
}

function withOptions(message: string, options: Readonly<Record<string, unknown>>): string {
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => (Object.hasOwn(options, name) ? String(options[name]) : placeholder));
}

/** Copied by hand, as a context may be an object with methods of its own class. */
function withOwnOptions(context: RuleContext, options: Readonly<Record<string, unknown>>): RuleContext {
  if (Object.keys(options).length === 0) return context;
  return {
    scope: context.scope,
    asOf: context.asOf,
    resource: (id) => context.resource(id),
    ofType: (type) => context.ofType(type),
    referrers: (id) => context.referrers(id),
    options,
  };
}
