import type { Span } from '../../../model/index.js';
import type { SourceNode } from '../../source/index.js';
import { plainMap, plainText, property } from './intrinsic.js';
import type { MadeMap } from './made.js';

/** The names a resource type has for the parts of an object's address. */
export interface LocationNames {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
}

/** `s3://bucket/key?versionId=v` or a map of `Bucket`, `Key` and `Version`; undefined for a local path, whose address packaging decides. */
export function s3Location(uri: SourceNode, names: LocationNames): { readonly made: MadeMap; readonly span: Span } | undefined {
  const map = plainMap(uri);
  if (map !== undefined) {
    const made = { [names.bucket]: property(map, 'Bucket'), [names.key]: property(map, 'Key'), [names.version]: property(map, 'Version') };
    return { made, span: map };
  }
  const match = /^s3:\/\/([^/?#]+)\/([^?#]+)(?:\?versionId=(.+))?$/.exec(plainText(uri) ?? '');
  if (match === null) return undefined;
  const [, bucket, key, version] = match;
  return { made: { [names.bucket]: bucket, [names.key]: key, [names.version]: version }, span: uri };
}
