import { addMain, type Expansion, handedOver, type SamResource, setProperty, tagList } from './expansion.js';
import { mapProperty, plainMap, property } from './intrinsic.js';

/** `AWS::Serverless::Application`: a nested stack, of a template beside this one or of an application in the repository. */
export function expandApplication(expansion: Expansion, from: SamResource): void {
  const stack = addMain(
    expansion,
    from,
    'AWS::CloudFormation::Stack',
    handedOver(from.properties, ['Parameters', 'NotificationARNs', 'TimeoutInMinutes']),
  );
  const location = property(from.properties, 'Location');
  // A map names an application of the repository: its template is not in the scan.
  if (location !== undefined && plainMap(location) === undefined) setProperty(stack, 'TemplateURL', location, location);
  const tags = tagList(from.span, mapProperty(from.properties, 'Tags'), { 'lambda:createdBy': 'SAM' });
  if (tags !== undefined) setProperty(stack, 'Tags', tags);
}
