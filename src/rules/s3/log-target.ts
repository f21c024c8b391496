import { isList, isMap, Reference, type Resource, Text, type Value, valueAt } from '../../model/index.js';
import type { ResourceInWorld } from '../index.js';
import type { RuleContext } from '../rule.js';

/** Properties that name the bucket that logs go to, by type. */
const LOG_BUCKETS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElasticLoadBalancing::LoadBalancer': ['AccessLoggingPolicy', 'S3BucketName'],
  'AWS::CloudFront::Distribution': ['DistributionConfig', 'Logging', 'Bucket'],
};

/** Whether a bucket of the scope writes its server access logs to this one. */
export function takesAccessLogs(bucket: ResourceInWorld, context: RuleContext): boolean {
  return context.ofType('AWS::S3::Bucket').some((other) => {
    const logging = bucket.inWorld(other).properties.LoggingConfiguration;
    if (!isMap(logging)) return false;
    const target = logging.DestinationBucketName;
    return target === undefined ? other.id === bucket.id : names(target, bucket);
  });
}

/** Whether some service that can only write with SSE-S3 delivers its logs here. */
export function takesServiceLogs(bucket: ResourceInWorld, context: RuleContext): boolean {
  if (bucket.properties.AccessControl === 'LogDeliveryWrite') return true;
  for (const [type, path] of Object.entries(LOG_BUCKETS)) {
    for (const source of context.ofType(type)) if (names(valueAt(bucket.inWorld(source).properties, path), bucket)) return true;
  }
  return context.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').some((balancer) => logsOf(balancer, bucket));
}

function logsOf(balancer: Resource, bucket: ResourceInWorld): boolean {
  const attributes = bucket.inWorld(balancer).properties.LoadBalancerAttributes;
  if (!isList(attributes)) return false;
  return attributes.some(
    (entry) => isMap(entry) && /^(access|connection)_logs\.s3\.bucket$/.test(String(entry.Key)) && names(entry.Value, bucket),
  );
}

/** A bucket's name or domain name, by reference or written. */
function names(value: Value | undefined, bucket: ResourceInWorld): boolean {
  if (value instanceof Reference) return value.target === bucket.id;
  if (value instanceof Text) return value.parts.some((part) => part instanceof Reference && part.target === bucket.id);
  const name = bucket.properties.BucketName;
  return typeof value === 'string' && typeof name === 'string' && (value === name || value.startsWith(`${name}.s3.`));
}
