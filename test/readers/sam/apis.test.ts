import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { expanded, functionWith, kinds } from './expanded.js';

const hash = (text: string): string => createHash('sha1').update(text).digest('hex').slice(0, 10);
const api = (kind: string, properties: string): string =>
  `Transform: AWS::Serverless-2016-10-31\nResources:\n  A:\n    Type: AWS::Serverless::${kind}\n    Properties: ${properties}\n`;
const route = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/';

describe('a REST API', () => {
  it('becomes an API, a deployment and a stage with its cache and log settings', () => {
    const { resources } = expanded(
      api(
        'Api',
        '{StageName: prod, CacheClusterEnabled: true, MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", CachingEnabled: true, CacheDataEncrypted: false}], TracingEnabled: true, SecurityPolicy: TLS_1_2}',
      ),
    );
    expect(resources).toEqual({
      A: { Type: 'AWS::ApiGateway::RestApi', Properties: { SecurityPolicy: 'TLS_1_2' } },
      ADeployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'A' }, StageName: 'Stage' } },
      AprodStage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: { Ref: 'A' },
          DeploymentId: { Ref: 'ADeployment' },
          StageName: 'prod',
          CacheClusterEnabled: true,
          MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', CachingEnabled: true, CacheDataEncrypted: false }],
          TracingEnabled: true,
        },
      },
    });
  });

  it.each<[string, string, string]>([
    ['a word', 'prod', 'AprodStage'],
    ['a name with a dash, hashed', 'my-stage', `AStage${hash('my-stage')}`],
    ['a parameter, left out', '!Ref S', 'AStage'],
  ])('names its stage after %s', (_, name, id) => {
    expect(Object.keys(expanded(api('Api', `{StageName: ${name}}`)).resources)).toContain(id);
  });

  it('makes no second stage where OpenApiVersion is set', () => {
    expect(expanded(api('Api', '{StageName: p, OpenApiVersion: 3.0.1}')).resources.ADeployment?.Properties).toEqual({
      RestApiId: { Ref: 'A' },
    });
  });

  it.each<[string, string, unknown]>([
    ['a type', 'PRIVATE', { Types: ['PRIVATE'] }],
    ['a map', '{Type: PRIVATE, VPCEndpointIds: [v]}', { Types: ['PRIVATE'], VpcEndpointIds: ['v'] }],
  ])('has an endpoint given as %s', (_, endpoint, expected) => {
    expect(
      expanded(api('Api', `{StageName: p, EndpointConfiguration: ${endpoint}}`)).resources.A?.Properties.EndpointConfiguration,
    ).toEqual(expected);
  });

  it('has a domain name with its TLS policy, a mapping and a record', () => {
    const { resources } = expanded(
      api(
        'Api',
        '{StageName: p, Domain: {DomainName: a.example.com, CertificateArn: arn:c, SecurityPolicy: TLS_1_2, BasePath: [v1], Route53: {HostedZoneId: Z, IpV6: true}}}',
      ),
    );
    const id = `ApiGatewayDomainName${hash('a.example.com')}`;
    expect(resources[id]).toEqual({
      Type: 'AWS::ApiGateway::DomainName',
      Properties: {
        DomainName: 'a.example.com',
        RegionalCertificateArn: 'arn:c',
        SecurityPolicy: 'TLS_1_2',
        EndpointConfiguration: { Types: ['REGIONAL'] },
      },
    });
    expect(resources.Av1BasePathMapping?.Properties).toEqual({
      DomainName: { Ref: id },
      RestApiId: { Ref: 'A' },
      Stage: { Ref: 'ApStage' },
      BasePath: 'v1',
    });
    expect(resources[`RecordSetGroup${hash('Z')}`]?.Properties).toMatchObject({
      HostedZoneId: 'Z',
      RecordSets: [{ Type: 'A' }, { Type: 'AAAA' }],
    });
  });

  it.each<[string, string, string]>([
    ['the default of a parameter', '!Ref D', hash('d.example.com')],
    ['a function with the defaults put in', '!Sub "x.${D}"', hash('{"Fn::Sub":"x.d.example.com"}')],
    [
      'a function by its canonical text',
      '!Join [".", [!Ref X, !GetAtt Z.Name]]',
      hash('{"Fn::Join":[".",[{"Ref":"X"},{"Fn::GetAtt":["Z","Name"]}]]}'),
    ],
  ])("ends the domain's id with the hash of %s", (_, name, end) => {
    const text = `${api('Api', `{StageName: p, Domain: {DomainName: ${name}, CertificateArn: c}}`)}Parameters: {D: {Type: String, Default: d.example.com}}\n`;
    expect(Object.keys(expanded(text).resources)).toContain(`ApiGatewayDomainName${end}`);
  });

  it('may call its Lambda authorizers, and has usage plans with keys', () => {
    const { resources } = expanded(
      api(
        'Api',
        '{StageName: p, Auth: {Authorizers: {Mine: {FunctionArn: !GetAtt F.Arn}, Pool: {UserPoolArn: x}}, UsagePlan: {CreateUsagePlan: PER_API}}}',
      ),
    );
    expect(resources.AMineAuthorizerPermission?.Properties).toMatchObject({
      FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
    });
    expect(kinds(resources).slice(4)).toEqual([
      'AUsagePlan ApiGateway::UsagePlan',
      'AApiKey ApiGateway::ApiKey',
      'AUsagePlanKey ApiGateway::UsagePlanKey',
    ]);
  });
});

describe('an HTTP API', () => {
  it('becomes an API and a default stage', () => {
    const { resources } = expanded(api('HttpApi', '{AccessLogSettings: {DestinationArn: d}, CorsConfiguration: true}'));
    expect(resources).toEqual({
      A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { CorsConfiguration: { AllowOrigins: ['*'] } } },
      AApiGatewayDefaultStage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: {
          ApiId: { Ref: 'A' },
          StageName: '$default',
          AutoDeploy: true,
          AccessLogSettings: { DestinationArn: 'd' },
          Tags: { 'httpapi:createdBy': 'SAM' },
        },
      },
    });
  });

  it('has a domain name with its TLS policy', () => {
    const { resources } = expanded(
      api(
        'HttpApi',
        '{StageName: live, Domain: {DomainName: a.example.com, CertificateArn: c, SecurityPolicy: TLS_1_2, MutualTlsAuthentication: {TruststoreUri: u}}}',
      ),
    );
    const id = `ApiGatewayDomainNameV2${hash('a.example.com')}`;
    expect(resources[id]?.Properties).toMatchObject({
      DomainNameConfigurations: [{ CertificateArn: 'c', SecurityPolicy: 'TLS_1_2', EndpointType: 'REGIONAL' }],
      MutualTlsAuthentication: { TruststoreUri: 'u' },
    });
    expect(resources.AApiMapping?.Properties).toEqual({ DomainName: { Ref: id }, ApiId: { Ref: 'A' }, Stage: { Ref: 'AliveStage' } });
  });
});

describe('API events', () => {
  it('make an API where they name none, with the global settings', () => {
    const text = functionWith(
      'Events:\n  Get: {Type: Api, Properties: {Path: "/books/{id}/", Method: get}}\n  Any: {Type: HttpApi}',
      'Globals: {Api: {CacheClusterEnabled: true}}',
    );
    const { resources, expansion } = expanded(text);
    expect(resources.ServerlessRestApiProdStage?.Properties).toMatchObject({ StageName: 'Prod', CacheClusterEnabled: true });
    expect(resources.ServerlessHttpApiApiGatewayDefaultStage).toBeDefined();
    expect(resources.FnGetPermissionProd?.Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'Fn' },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Sub': [`${route}GET/books/*`, { __ApiId__: { Ref: 'ServerlessRestApi' }, __Stage__: '*' }] },
    });
    expect(resources.FnAnyPermission?.Properties.SourceArn).toEqual({
      'Fn::Sub': [`${route}*`, { __ApiId__: { Ref: 'ServerlessHttpApi' }, __Stage__: '*' }],
    });
    expect(expansion.madeFrom.get('ServerlessRestApi')).toBe('Fn');
    expect(expansion.madeFrom.get('ServerlessRestApiProdStage')).toBe('Fn');
  });

  it.each<[string, string, string]>([
    ['an API of SAM with a stage', '  A:\n    Type: AWS::Serverless::Api\n    Properties: {StageName: live}', 'FnGetPermissionlive'],
    [
      'one whose stage a parameter names',
      '  A:\n    Type: AWS::Serverless::Api\n    Properties: {StageName: !Ref S}',
      'FnGetPermissionStage',
    ],
    ["one that is not SAM's", '  A:\n    Type: AWS::ApiGateway::RestApi', 'FnGetPermissionStage'],
    ['one outside the template', '', 'FnGetPermissionAllStages'],
  ])("end the permission's id with the stage of %s", (_, apiResource, id) => {
    const { resources } = expanded(
      functionWith('Events:\n  Get: {Type: Api, Properties: {Path: /, Method: any, RestApiId: !Ref A}}', apiResource),
    );
    expect(Object.keys(resources)).toContain(id);
  });

  it('an implicit API exists where one of its functions does', () => {
    const one = functionWith('Events: {G: {Type: Api, Properties: {Path: /, Method: get}}}').replace(
      '    Properties:',
      '    Condition: C\n    Properties:',
    );
    expect(expanded(one).resources.ServerlessRestApi).toMatchObject({ Condition: 'C' });
    const two = expanded(
      `${one}\n  F2:\n    Type: AWS::Serverless::Function\n    Condition: D\n    Properties: {Events: {G: {Type: Api, Properties: {Path: /x, Method: get}}}}`,
    );
    expect(two.resources.ServerlessRestApi).toMatchObject({ Condition: 'ServerlessRestApiCondition' });
    expect(two.root.Conditions).toEqual({ ServerlessRestApiCondition: { 'Fn::Or': [{ Condition: 'C' }, { Condition: 'D' }] } });
  });
});
