import { isList, isMap, type Path, type Resource, type Value, type ValueMap } from '../../model/index.js';
import { type PolicyDocument, readPolicy, type Statement } from './statement.js';

/** Where each type keeps its policy documents; `[]` stands for every item of a list. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::KMS::ReplicaKey': ['KeyPolicy'],
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
  'AWS::IAM::UserPolicy': ['PolicyDocument'],
  'AWS::IAM::GroupPolicy': ['PolicyDocument'],
  'AWS::IAM::RolePolicy': ['PolicyDocument'],
  'AWS::IAM::Role': ['Policies[].PolicyDocument'],
  'AWS::IAM::User': ['Policies[].PolicyDocument'],
  'AWS::IAM::Group': ['Policies[].PolicyDocument'],
  'AWS::SSM::ResourcePolicy': ['Policy'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'],
};

/** The documents that a resource holds and that grant something by themselves; a role's trust policy is none of them. */
export function documentsOf(resource: Pick<Resource, 'type' | 'properties'>): readonly PolicyDocument[] {
  const read = known.get(resource.properties) ?? readDocuments(resource);
  known.set(resource.properties, read);
  return read;
}

/** A dozen rules read the same documents one after the other. */
const known = new WeakMap<ValueMap, readonly PolicyDocument[]>();

function readDocuments(resource: Pick<Resource, 'type' | 'properties'>): readonly PolicyDocument[] {
  return (DOCUMENTS[resource.type] ?? []).flatMap((path) => {
    const [list, below] = path.split('[].');
    const value = resource.properties[list ?? ''];
    if (value === undefined || list === undefined) return [];
    if (below === undefined) return [readPolicy(value, [list])];
    if (!isList(value)) return [readPolicy(value, [list])];
    return value.map((item, index): PolicyDocument => {
      const at: Path = [list, index, below];
      return readPolicy(isMap(item) ? (item[below] as Value | undefined) : item, at);
    });
  });
}

/** Every statement that can be read, of either effect. */
export function statementsOf(resource: Pick<Resource, 'type' | 'properties'>): readonly Statement[] {
  return documentsOf(resource).flatMap((document) => document.statements);
}

/** The top-level properties that hold policy documents. */
export function documentProperties(type: string): readonly string[] {
  return (DOCUMENTS[type] ?? []).map((path) => path.split('[]')[0] ?? path);
}
