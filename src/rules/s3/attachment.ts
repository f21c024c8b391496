import type { Attachment } from '../policy/attached.js';

/** A bucket policy names its bucket; objects are `bucket/*`. */
export const BUCKET_POLICY: Attachment = {
  policy: 'AWS::S3::BucketPolicy',
  names: 'Bucket',
  resource: 'AWS::S3::Bucket',
  name: 'BucketName',
  identifies: ['Ref'],
  arn: ['Arn'],
  nameFrom: ['Ref'],
  nameIn: (text) => text,
};
