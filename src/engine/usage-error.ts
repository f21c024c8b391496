/** Wrong use or configuration: the user can mend it. Ends the run with exit code 2. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** What to do, in the imperative. */
    readonly help?: string,
    /** `keyward.yaml:3:5`, where it is written. */
    readonly where?: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
