export { readTemplate } from './read-template.js';
