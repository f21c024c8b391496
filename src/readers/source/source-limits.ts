/** What a text may ask of its reader. */
export interface SourceLimits {
  /** Levels of lists and maps inside each other. */
  readonly depth: number;
}
