// A small but realistic order system, as a team might write it: most of it right, some of it not.
// `node scripts/synth-example.mjs` synthesises it into cdk.out, which is what `npm start` scans.
import { App, CfnOutput, CfnParameter, Duration, NestedStack, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';

/** Keys and stores of record. */
class DataStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);

    this.vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 0 });

    this.key = new kms.Key(this, 'OrdersKey', { alias: 'orders/data', enableKeyRotation: true, description: 'Orders at rest' });

    // The partner's whole account may use this key, and nothing narrows it.
    this.exchangeKey = new kms.Key(this, 'ExchangeKey', { alias: 'orders/exchange', removalPolicy: RemovalPolicy.DESTROY });
    this.exchangeKey.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'PartnerReads',
        principals: [new iam.AccountPrincipal('444455556666')],
        actions: ['kms:Decrypt', 'kms:DescribeKey'],
        resources: ['*'],
      }),
    );

    this.invoices = new s3.Bucket(this, 'Invoices', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      versioned: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    });
    this.exports_ = new s3.Bucket(this, 'PartnerExports', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });

    this.table = new dynamodb.Table(this, 'Orders', {
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    });

    this.ledger = new rds.DatabaseInstance(this, 'Ledger', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }),
      vpc: this.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      storageEncrypted: true,
      storageEncryptionKey: this.key,
      credentials: rds.Credentials.fromGeneratedSecret('ledger'),
      backupRetention: Duration.days(7),
    });

    // Moved here from a console-made instance in a hurry.
    new rds.CfnDBInstance(this, 'ReportsDb', {
      dbInstanceClass: 'db.t4g.medium',
      engine: 'mysql',
      allocatedStorage: '50',
      masterUsername: 'reports',
      masterUserPassword: SecretValue.unsafePlainText('Kw-Canary-orders-reports-7h2').unsafeUnwrap(),
    });

    this.files = new efs.FileSystem(this, 'Attachments', { vpc: this.vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });

    new elasticache.CfnReplicationGroup(this, 'Cache', {
      replicationGroupDescription: 'Sessions',
      cacheNodeType: 'cache.t4g.small',
      engine: 'valkey',
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      transitEncryptionEnabled: true,
    });
  }
}

/** Queues and their consumers, split off so that they can be replaced as one. */
class MessagingStack extends NestedStack {
  constructor(scope, id, { key }) {
    super(scope, id);
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', { encryption: sqs.QueueEncryption.UNENCRYPTED, retentionPeriod: Duration.days(14) });
    this.placed = new sqs.Queue(this, 'OrderPlaced', {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    this.events = new sns.Topic(this, 'OrderEvents');
  }
}

class ServiceStack extends Stack {
  constructor(scope, id, { data, ...props }) {
    super(scope, id, props);
    const key = new kms.Key(this, 'ServiceKey', { alias: 'orders/service', enableKeyRotation: true });
    const messaging = new MessagingStack(this, 'Messaging', { key });

    const stripe = new secretsmanager.Secret(this, 'PaymentToken', { encryptionKey: key, description: 'Payment provider token' });

    const paymentMode = new CfnParameter(this, 'PaymentMode', { default: 'test', allowedValues: ['test', 'live'] });
    new ssm.StringParameter(this, 'PaymentModeParameter', { parameterName: '/orders/prod/payment/mode', stringValue: paymentMode.valueAsString });
    new ssm.StringParameter(this, 'SmtpPassword', {
      parameterName: '/orders/prod/smtp/password',
      stringValue: 'Kw-Canary-orders-smtp-5t9',
    });

    const checkout = new lambda.Function(this, 'Checkout', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 204 });'),
      environmentEncryption: key,
      environment: { TABLE: data.table.tableName, QUEUE: messaging.placed.queueUrl, PAYMENT_SECRET_ARN: stripe.secretArn },
      logGroup: new logs.LogGroup(this, 'CheckoutLogs', { encryptionKey: key, retention: logs.RetentionDays.THREE_MONTHS }),
    });
    data.table.grantReadWriteData(checkout);
    messaging.placed.grantSendMessages(checkout);
    stripe.grantRead(checkout);

    const mailer = new lambda.Function(this, 'Mailer', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      environment: { SMTP_PASSWORD: 'Kw-Canary-orders-mailer-2x8' },
      logGroup: new logs.LogGroup(this, 'MailerLogs', { retention: logs.RetentionDays.ONE_WEEK }),
    });
    messaging.placed.grantConsumeMessages(mailer);

    // Written to get an incident fixed; never narrowed again.
    const support = new iam.Role(this, 'SupportRole', { assumedBy: new iam.AccountRootPrincipal() });
    support.addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt', 'ssm:GetParameter*'], resources: ['*'] }));

    const alb = new elb.ApplicationLoadBalancer(this, 'Front', { vpc: data.vpc, internetFacing: false, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    alb.addListener('Http', { port: 80, open: false, defaultAction: elb.ListenerAction.fixedResponse(404) });

    new cloudfront.Distribution(this, 'Shop', {
      defaultBehavior: {
        origin: new origins.HttpOrigin('origin.orders.example.com', { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY }),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
    });

    new CfnOutput(this, 'CheckoutName', { value: checkout.functionName });
  }
}

/** The record of who used which key. */
class AuditStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const bucket = new s3.Bucket(this, 'Trails', { enforceSSL: true, blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL, encryption: s3.BucketEncryption.S3_MANAGED });
    const trail = new cloudtrail.Trail(this, 'Trail', { bucket, managementEvents: cloudtrail.ReadWriteType.WRITE_ONLY, enableFileValidation: true });
    trail.node.defaultChild.addPropertyOverride('IsMultiRegionTrail', true);
  }
}

export function synth(outdir) {
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    context: { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:disable-stack-trace': true },
  });
  const env = { account: '111122223333', region: 'eu-central-1' };
  const data = new DataStack(app, 'OrdersData', { env });
  new ServiceStack(app, 'OrdersService', { env, data });
  new AuditStack(app, 'OrdersAudit', { env });
  app.synth();
}
