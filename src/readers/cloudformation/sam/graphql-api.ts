import { addBeside, addMain, type Expansion, handedOver, leaveOpen, type SamResource, setProperty, tagList } from './expansion.js';
import { attribute, flag, mapProperty, property, ref } from './intrinsic.js';
import type { MadeMap } from './made.js';
import { managedPolicyArn } from './managed-policy.js';
import { trust } from './policy-document.js';

const KEPT = ['XrayEnabled', 'Visibility', 'OwnerContact', 'IntrospectionConfig', 'QueryDepthLimit', 'ResolverCountLimit'];
const CACHE = ['ApiCachingBehavior', 'Type', 'Ttl', 'AtRestEncryptionEnabled', 'TransitEncryptionEnabled'];

/** `AWS::Serverless::GraphQLApi`: the API, its cache and its domain name; its data sources and their roles are left open. */
export function expandGraphQlApi(expansion: Expansion, from: SamResource): void {
  const { properties, id } = from;
  const api = addMain(expansion, from, 'AWS::AppSync::GraphQLApi', handedOver(properties, KEPT));
  setProperty(api, 'Name', property(properties, 'Name') ?? id);
  const auth = mapProperty(properties, 'Auth');
  const kind = property(auth, 'Type');
  if (kind !== undefined) setProperty(api, 'AuthenticationType', kind, kind);
  const logging = property(properties, 'Logging');
  if (logging === undefined || flag(logging) === true) setProperty(api, 'LogConfig', loggingOf(expansion, from), logging);
  else if (flag(logging) === undefined) setProperty(api, 'LogConfig', logging, logging);
  const tags = tagList(from.span, mapProperty(properties, 'Tags'), { 'graphqlapi:createdBy': 'SAM' });
  if (tags !== undefined) setProperty(api, 'Tags', tags);
  addCache(expansion, from);
  addDomain(expansion, from);
  const rest = ['DataSources', 'Functions', 'Resolvers', 'ApiKeys'].find((name) => properties.byKey.has(name));
  const span = rest === undefined ? undefined : properties.byKey.get(rest)?.keySpan;
  if (span !== undefined) {
    leaveOpen(
      expansion,
      id,
      `The data sources, functions, resolvers and API keys of ${id} are not expanded.`,
      'they and the roles of its data sources are not judged',
      span,
    );
  }
}

/** Unless told otherwise SAM logs every field, with a role made for it. */
function loggingOf(expansion: Expansion, from: SamResource): MadeMap {
  const role = `${from.id}CloudWatchRole`;
  addBeside(expansion, from, role, 'AWS::IAM::Role', from.span, {
    AssumeRolePolicyDocument: trust('appsync'),
    ManagedPolicyArns: [managedPolicyArn('AWSAppSyncPushToCloudWatchLogs')],
  });
  return { FieldLogLevel: 'ALL', CloudWatchLogsRoleArn: attribute(role, 'Arn') };
}

function addCache(expansion: Expansion, from: SamResource): void {
  const cache = mapProperty(from.properties, 'Cache');
  if (cache === undefined) return;
  const draft = addBeside(expansion, from, `${from.id}ApiCache`, 'AWS::AppSync::ApiCache', cache, { ApiId: attribute(from.id, 'ApiId') });
  draft.properties = [...draft.properties, ...handedOver(cache, CACHE)];
}

function addDomain(expansion: Expansion, from: SamResource): void {
  const domain = mapProperty(from.properties, 'DomainName');
  if (domain === undefined) return;
  const id = `${from.id}DomainName`;
  const draft = addBeside(expansion, from, id, 'AWS::AppSync::DomainName', domain, {});
  draft.properties = handedOver(domain, ['CertificateArn', 'DomainName', 'Description']);
  addBeside(expansion, from, `${id}ApiAssociation`, 'AWS::AppSync::DomainNameApiAssociation', domain, {
    ApiId: attribute(from.id, 'ApiId'),
    DomainName: ref(id),
  });
}
