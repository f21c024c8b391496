import type { MapNode } from '../../source/index.js';
import { addBeside, type Draft, type Expansion, handedOver, type SamResource, setProperty } from './expansion.js';
import { attribute, flag, itemsOf, mapProperty, plainText, property, ref, textProperty } from './intrinsic.js';
import { hashSuffix } from './logical-id.js';
import { type Made, type MadeMap, make, mapOf } from './made.js';
import { parameterHash } from './parameter-text.js';

/** `Domain` of a REST API: a domain name with its TLS policy, base path mappings, and a DNS record where asked for. */
export function addRestDomain(expansion: Expansion, from: SamResource, stage: string): void {
  const domain = mapProperty(from.properties, 'Domain');
  const name = property(domain, 'DomainName');
  if (domain === undefined || name === undefined) return;
  const endpoint = textProperty(domain, 'EndpointConfiguration') ?? 'REGIONAL';
  const secluded = endpoint === 'PRIVATE';
  const id = `ApiGatewayDomainName${secluded ? 'V2' : ''}${parameterHash(expansion, name)}`;
  const draft = addBeside(expansion, from, id, secluded ? 'AWS::ApiGateway::DomainNameV2' : 'AWS::ApiGateway::DomainName', domain, {
    EndpointConfiguration: { Types: [endpoint], IpAddressType: property(domain, 'IpAddressType') },
  });
  const certificate = endpoint === 'REGIONAL' ? 'RegionalCertificateArn' : 'CertificateArn';
  const kept = [
    'DomainName',
    'CertificateArn',
    'SecurityPolicy',
    'EndpointAccessMode',
    'Policy',
    'OwnershipVerificationCertificateArn',
    'MutualTlsAuthentication',
  ];
  draft.properties = [...handedOver(domain, kept, { CertificateArn: certificate }), ...draft.properties];
  expansion.names.set(`${from.id}.DomainName`, id);
  const mapping = secluded ? { DomainNameArn: ref(id) } : { DomainName: ref(id) };
  addPaths(expansion, from, domain, 'BasePathMapping', (path): { readonly type: string; readonly properties: MadeMap } => ({
    type: secluded ? 'AWS::ApiGateway::BasePathMappingV2' : 'AWS::ApiGateway::BasePathMapping',
    properties: { ...mapping, RestApiId: ref(from.id), Stage: ref(stage), BasePath: path && basePath(domain, path) },
  }));
  addRecords(expansion, from, domain, id, endpoint);
}

/** `Domain` of an HTTP or WebSocket API; `tags` are SAM's marks. */
export function addHttpDomain(expansion: Expansion, from: SamResource, stage: string, tags: Readonly<Record<string, string>>): void {
  const domain = mapProperty(from.properties, 'Domain');
  const name = property(domain, 'DomainName');
  if (domain === undefined || name === undefined) return;
  const id = `ApiGatewayDomainNameV2${parameterHash(expansion, name)}`;
  const endpoint = property(domain, 'EndpointConfiguration') ?? 'REGIONAL';
  const configuration = mapOf(domain, [
    ...handedOver(domain, ['CertificateArn', 'OwnershipVerificationCertificateArn', 'SecurityPolicy']),
    { key: 'EndpointType', keySpan: { start: domain.start, end: domain.end }, value: make(domain, endpoint) },
  ]);
  const draft = addBeside(expansion, from, id, 'AWS::ApiGatewayV2::DomainName', domain, {
    DomainNameConfigurations: [configuration],
    Tags: tags,
  });
  draft.properties = [...handedOver(domain, ['DomainName', 'MutualTlsAuthentication']), ...draft.properties];
  expansion.names.set(`${from.id}.DomainName`, id);
  addPaths(expansion, from, domain, 'ApiMapping', (path) => ({
    type: 'AWS::ApiGatewayV2::ApiMapping',
    properties: { DomainName: ref(id), ApiId: ref(from.id), Stage: ref(stage), ApiMappingKey: path?.replace(/^\/+|\/+$/g, '') },
  }));
  addRecords(expansion, from, domain, id, 'REGIONAL');
}

type Mapping = (path: string | undefined) => { readonly type: string; readonly properties: MadeMap };

function addPaths(expansion: Expansion, from: SamResource, domain: MapNode, suffix: string, mapping: Mapping): void {
  const paths = itemsOf(property(domain, 'BasePath')).flatMap((node) => plainText(node) ?? []);
  for (const path of paths.length === 0 ? [undefined] : paths) {
    const { type, properties } = mapping(path);
    addBeside(
      expansion,
      from,
      `${from.id}${(path ?? '').replace(/[^\p{L}\p{N}]/gu, '')}${suffix}`,
      type,
      property(domain, 'BasePath') ?? domain,
      properties,
    );
  }
}

function basePath(domain: MapNode, path: string): string {
  return flag(property(domain, 'NormalizeBasePath')) === false ? path : path.replace(/[^\p{L}\p{N}]/gu, '');
}

/** APIs of one hosted zone share a record set group, unless one asks for its own. */
function addRecords(expansion: Expansion, from: SamResource, domain: MapNode, domainId: string, endpoint: string): void {
  const route = mapProperty(domain, 'Route53');
  const zone = property(route, 'HostedZoneId') ?? property(route, 'HostedZoneName');
  if (route === undefined || zone === undefined) return;
  const own = flag(property(route, 'SeparateRecordSetGroup')) === true;
  const id = `RecordSetGroup${own ? hashSuffix(`${plainText(zone)},${plainText(property(domain, 'DomainName'))}`) : parameterHash(expansion, zone)}`;
  const types = flag(property(route, 'IpV6')) === true ? ['A', 'AAAA'] : ['A'];
  const records = types.map((type) => ({
    Name: property(domain, 'DomainName'),
    Type: type,
    AliasTarget: { EvaluateTargetHealth: property(route, 'EvaluateTargetHealth'), ...aliasOf(route, domainId, endpoint) },
    Region: property(route, 'Region'),
    SetIdentifier: property(route, 'SetIdentifier'),
  }));
  const present = expansion.made.get(id);
  if (present !== undefined && !own) addTo(present, records);
  else {
    const group = addBeside(expansion, from, id, 'AWS::Route53::RecordSetGroup', route, { RecordSets: records });
    group.properties = [...handedOver(route, ['HostedZoneId', 'HostedZoneName']), ...group.properties];
  }
}

function addTo(group: Draft, records: readonly Made[]): void {
  const present = group.properties.find((entry) => entry.key === 'RecordSets')?.value;
  setProperty(group, 'RecordSets', [...(present?.kind === 'list' ? present.items : []), ...records]);
}

/** CloudFront's hosted zone is the same for everyone (Route 53 guide, "AliasTarget"). */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

function aliasOf(route: MapNode, domainId: string, endpoint: string): MadeMap {
  switch (endpoint) {
    case 'REGIONAL':
      return { HostedZoneId: attribute(domainId, 'RegionalHostedZoneId'), DNSName: attribute(domainId, 'RegionalDomainName') };
    case 'EDGE':
      return {
        HostedZoneId: CLOUDFRONT_ZONE,
        DNSName: property(route, 'DistributionDomainName') ?? attribute(domainId, 'DistributionDomainName'),
      };
    default:
      return { HostedZoneId: property(route, 'VpcEndpointHostedZoneId'), DNSName: property(route, 'VpcEndpointDomainName') };
  }
}
