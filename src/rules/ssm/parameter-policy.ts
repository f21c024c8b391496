/** The policies of a parameter as written, or undefined for text that is no JSON list of objects. */
export function readPolicies(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every(isObject) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ISO_8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * What is wrong with a parameter's policies, as of a day; undefined where nothing is.
 * [Systems Manager guide: Assigning parameter policies in Parameter Store]
 */
export function policyFault(text: string, asOf: string): string | undefined {
  const policies = readPolicies(text);
  if (policies === undefined) return 'they are no JSON list of objects';
  for (const policy of policies) {
    const fault = faultOf(policy, asOf);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf(
  { Type: type, Version: version, Attributes: attributes }: Readonly<Record<string, unknown>>,
  asOf: string,
): string | undefined {
  if (version !== '1.0') return 'a policy lacks Version "1.0"';
  const given: Readonly<Record<string, unknown>> = isObject(attributes) ? attributes : {};
  switch (type) {
    case 'Expiration':
      return timestampFault(given.Timestamp, asOf);
    case 'ExpirationNotification':
      return periodFault(given.Before, given.Unit, 'Before');
    case 'NoChangeNotification':
      return periodFault(given.After, given.Unit, 'After');
    default:
      return 'a policy is of no known Type';
  }
}

function timestampFault(timestamp: unknown, asOf: string): string | undefined {
  if (typeof timestamp !== 'string' || !ISO_8601.test(timestamp)) return 'the Timestamp of an expiration is not ISO 8601';
  return timestamp.slice(0, 10) < asOf.slice(0, 10) ? 'the expiration lies in the past' : undefined;
}

function periodFault(length: unknown, unit: unknown, name: string): string | undefined {
  if (!/^[1-9]\d*$/.test(String(length))) return `${name} of a notification is no whole number`;
  return unit === 'Days' || unit === 'Hours' ? undefined : 'the Unit of a notification is neither Days nor Hours';
}
