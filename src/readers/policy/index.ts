export { type PolicyContent, type PolicyFile, type PolicyFileRead, readPolicyFile } from './read-policy-file.js';
