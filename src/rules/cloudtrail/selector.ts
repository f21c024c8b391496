import { isList, isMap, isOpen, type Value, type ValueMap } from '../../model/index.js';
import { someCauseOf } from '../policy/cause.js';
import { all, any, not, open, type Truth } from '../policy/truth.js';

/** A management event, as far as selectors tell them apart. */
export interface ManagementEvent {
  /** `kms.amazonaws.com` */
  readonly source: string;
  readonly access: 'read' | 'write';
}

/** Whether a trail records an event. Without any selector it records all management events. */
export function records({ properties }: { readonly properties: ValueMap }, event: ManagementEvent): Truth {
  const { AdvancedEventSelectors: advanced, EventSelectors: basic } = properties;
  if (advanced !== undefined) return anySelector(advanced, (selector) => advancedAdmits(selector, event));
  return basic === undefined ? true : anySelector(basic, (selector) => basicAdmits(selector, event));
}

function anySelector(selectors: Value, admits: (selector: ValueMap) => Truth): Truth {
  if (!isList(selectors)) return open(someCauseOf(selectors));
  return any(selectors.map((selector) => (isMap(selector) ? admits(selector) : open(someCauseOf(selector)))));
}

/** [CloudTrail API reference: EventSelector] */
function basicAdmits(selector: ValueMap, { source, access }: ManagementEvent): Truth {
  const management = selector.IncludeManagementEvents;
  const kind = selector.ReadWriteType;
  return all([
    management === undefined || truthOf(management, (value) => String(value) !== 'false'),
    kind === undefined || truthOf(kind, (value) => value !== (access === 'read' ? 'WriteOnly' : 'ReadOnly')),
    not(names(selector.ExcludeManagementEventSources, source)),
  ]);
}

/** All fields of an advanced selector must fit; of one field all its tests must, and of a test one value [AdvancedFieldSelector]. */
function advancedAdmits(selector: ValueMap, { source, access }: ManagementEvent): Truth {
  const fields = selector.FieldSelectors;
  if (!isList(fields)) return open(someCauseOf(fields ?? null));
  const values: Readonly<Record<string, string>> = {
    eventCategory: 'Management',
    eventSource: source,
    readOnly: access === 'read' ? 'true' : 'false',
  };
  return all(fields.map((field) => (isMap(field) ? fieldFits(field, values) : open(someCauseOf(field)))));
}

const TESTS = ['Equals', 'StartsWith', 'EndsWith'] as const;

function fieldFits(field: ValueMap, values: Readonly<Record<string, string>>): Truth {
  const actual = values[String(field.Field)];
  // Other fields (eventName, userIdentity.arn) tell events of one source apart, which is narrower than what is asked.
  if (actual === undefined) return true;
  const has = {
    Equals: (v: string) => actual === v,
    StartsWith: (v: string) => actual.startsWith(v),
    EndsWith: (v: string) => actual.endsWith(v),
  };
  return all(
    TESTS.flatMap((test) => [
      field[test] === undefined ? true : someValue(field[test], has[test]),
      field[`Not${test}`] === undefined ? true : not(someValue(field[`Not${test}`], has[test])),
    ]),
  );
}

function names(list: Value | undefined, source: string): Truth {
  return list === undefined ? false : someValue(list, (value) => value === source);
}

function someValue(list: Value | undefined, fits: (value: string) => boolean): Truth {
  if (!isList(list)) return open(someCauseOf(list ?? null));
  return any(list.map((value) => truthOf(value, (known) => fits(String(known)))));
}

function truthOf(value: Value, fits: (value: Value) => boolean): Truth {
  return isOpen(value) ? open(someCauseOf(value)) : fits(value);
}
