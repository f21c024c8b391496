import { accepts, closure, type Glob } from './glob.js';

/** Texts that no pattern of a list tells apart. */
export interface TextClass {
  /** The shortest text of the class. */
  readonly example: string;
  /** Which patterns, by index, match its texts. */
  readonly matched: ReadonlySet<number>;
}

/** There are more classes than we are willing to tell apart; the question ends undecided. */
export class ClassLimitReached extends Error {
  constructor(limit: number) {
    super(`The patterns of this question tell more than ${limit} kinds of text apart.`);
    this.name = 'ClassLimitReached';
  }
}

/** Stands for every character that no pattern names. */
const STAND_INS = 'xyzqwvkjXYZQ0123456789~';

/** One pattern as an automaton that is determinised as far as it is walked. State -1 is dead. */
class Walker {
  private readonly states: number[][] = [];
  private readonly numbers = new Map<string, number>();
  private readonly steps: Map<string, number>[] = [];
  private readonly askedBy: (readonly string[] | undefined)[] = [];
  readonly start: number;
  private readonly folded: boolean;

  constructor(private readonly pattern: Glob) {
    this.folded = pattern.kind === 'folded';
    this.start = this.number(closure(pattern.tokens, [0]));
  }

  private number(positions: number[]): number {
    if (positions.length === 0) return -1;
    const key = positions.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const state = this.states.length;
    this.states.push(positions);
    this.steps.push(new Map());
    this.numbers.set(key, state);
    return state;
  }

  step(state: number, char: string): number {
    const steps = this.steps[state];
    const positions = this.states[state];
    if (steps === undefined || positions === undefined) return -1;
    const known = steps.get(char);
    if (known !== undefined) return known;
    const { tokens } = this.pattern;
    const next: number[] = [];
    for (const position of positions) {
      const token = tokens[position];
      if (token !== undefined && accepts(token, this.folded ? char.toLowerCase() : char))
        next.push(token.kind === 'run' ? position : position + 1);
    }
    const result = this.number(closure(tokens, next));
    steps.set(char, result);
    return result;
  }

  isAccepting(state: number): boolean {
    return state >= 0 && (this.states[state]?.includes(this.pattern.tokens.length) ?? false);
  }

  /** Characters that the state tells from others. */
  asked(state: number): readonly string[] {
    const known = this.askedBy[state];
    if (known !== undefined) return known;
    const chars: string[] = [];
    for (const position of this.states[state] ?? []) {
      const token = this.pattern.tokens[position];
      if (token?.kind === 'char') {
        chars.push(token.char);
        if (this.folded) chars.push(token.char.toUpperCase());
      } else if (token !== undefined && !token.colon) chars.push(':');
    }
    this.askedBy[state] = chars;
    return chars;
  }
}

/**
 * Cuts all texts into the classes that the patterns tell apart, each with its shortest example; texts outside every
 * pattern are a class too. With `shape`, only texts that fit it count. Breadth-first over the product of the patterns
 * still alive, so cost follows what the patterns can tell apart, not their number.
 * @throws ClassLimitReached beyond `limit` joint states
 */
export function classesOf(patterns: readonly Glob[], shape?: Glob, limit = 200_000): readonly TextClass[] {
  const walkers = patterns.map((pattern) => new Walker(pattern));
  const frame = shape === undefined ? undefined : new Walker(shape);
  const named = new Set(
    [...patterns, ...(shape === undefined ? [] : [shape])].flatMap((p) => p.tokens.map((t) => (t.kind === 'char' ? t.char : ''))),
  );
  const standIn = [...STAND_INS].find((char) => !named.has(char)) ?? '\u00b7';

  const classes = new Map<string, TextClass>();
  const seen = new Set<string>();
  // Of a text only the patterns still alive are kept, with their states: most die within a few characters.
  const start = { text: '', alive: walkers.map((_, index) => index), states: walkers.map((w) => w.start), frame: frame?.start ?? 0 };
  let frontier: (typeof start)[] = [start];
  // The start is not marked as seen: a text may lead back to it, and only the empty one does not count.
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const at of frontier) {
      if (frame === undefined ? at.text !== '' : frame.isAccepting(at.frame)) {
        const matched = at.alive.filter((index, place) => walkers[index]?.isAccepting(at.states[place] ?? -1));
        const key = matched.join();
        if (!classes.has(key)) classes.set(key, { example: at.text, matched: new Set(matched) });
      }
      const chars = new Set<string>([standIn, ':']);
      at.alive.forEach((index, place) => {
        for (const char of walkers[index]?.asked(at.states[place] ?? -1) ?? []) chars.add(char);
      });
      if (frame !== undefined) for (const char of frame.asked(at.frame)) chars.add(char);
      for (const char of [...chars].sort(readable)) {
        const framed = frame === undefined ? 0 : frame.step(at.frame, char);
        if (framed < 0) continue;
        const alive: number[] = [];
        const states: number[] = [];
        let key = String(framed);
        at.alive.forEach((index, place) => {
          const state = walkers[index]?.step(at.states[place] ?? -1, char) ?? -1;
          if (state < 0) return;
          alive.push(index);
          states.push(state);
          key += `,${index}:${state}`;
        });
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > limit) throw new ClassLimitReached(limit);
        next.push({ text: at.text + char, alive, states, frame: framed });
      }
    }
    frontier = next;
  }
  return [...classes.values()];
}

/** Colons last: an example then has no more of them than it must. */
function readable(a: string, b: string): number {
  return Number(a === ':') - Number(b === ':') || (a < b ? -1 : a > b ? 1 : 0);
}
