import type { Config } from '../config/config.js';
import type { Discovery } from '../discovery/discover.js';
import { globOf } from '../glob/glob.js';
import type { UnitTask } from './unit.js';

/** One task for each scope found, with the parameters, account and Region that the configuration gives its file. */
export function tasksOf(
  discovery: Pick<Discovery, 'seeds'>,
  config: Config,
  parameters: Readonly<Record<string, string>>,
): readonly UnitTask[] {
  const byPath = config.parameters.map(({ path: glob, value }) => ({ fits: globOf(glob), value }));
  const lastFor = (list: Config['account'], file: string): string | undefined =>
    list.findLast(({ path: glob }) => globOf(glob)(file))?.value;
  return discovery.seeds.map((seed, unit) => {
    const account = seed.account ?? lastFor(config.account, seed.file);
    const region = seed.region ?? lastFor(config.region, seed.file);
    const own = Object.assign({}, ...byPath.filter(({ fits }) => fits(seed.file)).map(({ value }) => value), parameters) as Record<
      string,
      string
    >;
    return {
      unit,
      seed,
      parameters: Object.entries(own),
      imports: [],
      foreign: [],
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
    };
  });
}
