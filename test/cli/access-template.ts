/** A key, the role that reads with it, a role that may not, a bucket, a secret and a parameter. */
export const APP = `
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Sid: Account
            Effect: Allow
            Principal: { AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root' }
            Action: kms:*
            Resource: '*'
  Alias:
    Type: AWS::KMS::Alias
    Properties: { AliasName: alias/app, TargetKeyId: !Ref Key }
  App:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: Read
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Sid: Decrypt, Effect: Allow, Action: 'kms:Decrypt', Resource: !GetAtt Key.Arn }
              - { Sid: Objects, Effect: Allow, Action: 's3:GetObject', Resource: !Sub '\${Bucket.Arn}/*' }
              - { Sid: Secret, Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: [!Ref Own, !Ref Managed] }
              - { Sid: Parameters, Effect: Allow, Action: 'ssm:GetParameter*', Resource: !Sub 'arn:aws:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/app/*' }
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { AWS: !GetAtt App.Arn }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: Read
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: ['s3:GetObject', 'secretsmanager:GetSecretValue'], Resource: '*' }
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn }
  Own:
    Type: AWS::SecretsManager::Secret
    Properties: { Name: app/own, KmsKeyId: !Ref Key }
  Managed:
    Type: AWS::SecretsManager::Secret
    Properties: { Name: app/managed }
  Flag:
    Type: AWS::SSM::Parameter
    Properties: { Name: /app/flag, Type: String, Value: 'on' }
`;
