export { type AssemblyPlan, planAssembly } from './plan-assembly.js';
