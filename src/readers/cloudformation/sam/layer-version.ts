import { addMain, type Expansion, handedOver, type SamResource, setProperty } from './expansion.js';
import { property } from './intrinsic.js';
import { entriesOf, make } from './made.js';
import { s3Location } from './s3-location.js';

const KEPT = ['LayerName', 'Description', 'CompatibleArchitectures', 'CompatibleRuntimes', 'LicenseInfo'];

/**
 * `AWS::Serverless::LayerVersion`. SAM gives each version an id of its own, ending with a hash of the packaged content;
 * here it keeps the id in the template, so that what refers to the layer still does.
 */
export function expandLayerVersion(expansion: Expansion, from: SamResource): void {
  const layer = addMain(expansion, from, 'AWS::Lambda::LayerVersion', handedOver(from.properties, KEPT));
  if (property(from.properties, 'LayerName') === undefined) setProperty(layer, 'LayerName', from.id);
  const uri = property(from.properties, 'ContentUri');
  const location = uri && s3Location(uri, { bucket: 'S3Bucket', key: 'S3Key', version: 'S3ObjectVersion' });
  if (location !== undefined) setProperty(layer, 'Content', make(location.span, location.made), location.span);
  const policy = property(from.properties, 'RetentionPolicy');
  const retained = entriesOf(policy ?? from.span, { DeletionPolicy: policy ?? 'Retain' });
  const own = layer.attributes.some((entry) => entry.key === 'DeletionPolicy');
  if (policy !== undefined || !own)
    expansion.made.set(from.id, {
      ...layer,
      attributes: [...layer.attributes.filter((entry) => entry.key !== 'DeletionPolicy'), ...retained],
    });
}
