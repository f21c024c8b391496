import { Command } from 'commander';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';

/** What a command came to; set by its action. */
export interface Outcome {
  code: ExitCode;
}

/** The command line: one place that names every command and option. What a command does is in its own file. */
export async function buildProgram(io: Io, version: string): Promise<{ program: Command; outcome: Outcome }> {
  const outcome: Outcome = { code: 0 };
  const program = new Command('keyward')
    .description('Is this data really encrypted, with which key, and who can decrypt it?')
    .version(version, '-V, --version')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .showHelpAfterError('(keyward --help lists commands and options)');

  const scan = program
    .command('scan')
    .description('judge templates, folders and cloud assemblies (a bare path works: keyward .)')
    .argument('<path...>', 'files, folders, patterns, or - for standard input');
  withScanOptions(scan);
  scan
    .option('--format <format>', 'what goes to standard output', 'pretty')
    .option('--output <FORMAT=FILE>', 'also write a report into a file (repeatable)', collectWhole, [])
    .option('--show <what>', 'suppressed, undecided or passed, comma-separated', collect, [])
    .option('--sarif-split <by>', 'write SARIF as one file for each service: the FILE of --output sarif= names a folder')
    .option('--baseline <file>', 'findings of this file are accepted')
    .option('-q, --quiet', 'print no report on standard output and no notes')
    .option('--color <when>', 'auto, always or never', 'auto')
    .action(async (paths: string[], options) => {
      outcome.code = await (await import('./scan.js')).scanCommand(paths, options, io);
    });

  program
    .command('rules')
    .description('list the rules')
    .option('--format <format>', 'pretty or json', 'pretty')
    .option('--rules <dir>', 'a folder of your own rules (repeatable)', collectWhole, [])
    .option('--allow-rule-code', 'let those rules bring checks in code')
    .action(async (options) => {
      outcome.code = await (await import('./rules.js')).rulesCommand(options, io);
    });

  program
    .command('explain')
    .description('what a rule means, why it matters, and how to mend what it finds')
    .argument('<rule>')
    .option('--rules <dir>', 'a folder of your own rules (repeatable)', collectWhole, [])
    .option('--allow-rule-code', 'let those rules bring checks in code')
    .action(async (rule: string, options) => {
      outcome.code = await (await import('./explain.js')).explainCommand(rule, options, io);
    });

  const baseline = program.command('baseline').description('accept what is there, and fail only on what is new');
  for (const [name, description] of [
    ['create', 'write a baseline of every finding'],
    ['prune', 'remove entries that no longer match a finding'],
  ] as const) {
    const command = baseline
      .command(name)
      .description(description)
      .argument('<path...>')
      .requiredOption('--baseline <file>', 'the baseline file');
    withScanOptions(command).action(async (paths: string[], options) => {
      outcome.code = await (await import('./baseline.js')).baselineCommand(name, paths, options, io);
    });
  }

  program
    .command('config')
    .description('configuration')
    .command('show')
    .description('print each setting that holds for a path, and where it comes from')
    .argument('<path>')
    .option('--config <file>', 'a configuration file instead of the one found upward')
    .option('--trust-from <ref>', 'take the configuration from this git revision')
    .action(async (target: string, options) => {
      outcome.code = await (await import('./config-show.js')).configShowCommand(target, options, io);
    });

  program
    .command('report')
    .description('convert a saved JSON report, without scanning again')
    .argument('<report>', 'what --format json wrote')
    .option('--format <format>', 'what goes to standard output', 'pretty')
    .option('--output <FORMAT=FILE>', 'write a report into a file (repeatable)', collectWhole, [])
    .option('--show <what>', 'suppressed, undecided or passed, comma-separated', collect, [])
    .option('-q, --quiet', 'print no report on standard output')
    .option('--color <when>', 'auto, always or never', 'auto')
    .action(async (file: string, options) => {
      outcome.code = await (await import('./report.js')).reportCommand(file, options, io);
    });

  const can = program
    .command('can')
    .description('may this principal do that? Without an action: everything it can decrypt')
    .argument('[principal]', 'logical id, construct path, name, ARN, service, account')
    .argument('[action]', 'kms:Decrypt')
    .argument('[resource]', 'logical id, construct path, name, ARN, alias/x, parameter name, bucket');
  withAccessOptions(can)
    .option('--explain', 'name each policy that allowed, was missing or denied')
    .action(async (principal: string | undefined, action: string | undefined, resource: string | undefined, options) => {
      outcome.code = await (await import('./can.js')).canCommand([principal, action, resource], options, io);
    });

  const whoCan = program
    .command('who-can')
    .description('everyone who may do this, with the statements that let them')
    .argument('[action]', 'kms:Decrypt')
    .argument('[resource]', 'logical id, construct path, name, ARN, alias/x, parameter name, bucket');
  withAccessOptions(whoCan)
    .option('--chains', 'also who can get there: by assuming roles, rewriting policies, passing roles')
    .action(async (action: string | undefined, resource: string | undefined, options) => {
      outcome.code = await (await import('./who-can.js')).whoCanCommand([action, resource], options, io);
    });

  return { program, outcome };
}

/** Options that say what a question about access is asked of. */
function withAccessOptions(command: Command): Command {
  return command
    .option('--in <path...>', 'templates, cloud assemblies, policy JSON, saved account data, or - for standard input', collectWhole, [])
    .option('--context <KEY=VALUE...>', 'a context key of the request (repeatable); others stay open', collectWhole, [])
    .option('--context-complete', 'context keys that are not given are absent')
    .option('--format <format>', 'pretty or json', 'pretty')
    .option('--assume <what>', 'none: what the inputs cannot hold leaves the answer open')
    .option('--queries <file>', 'answer a file of questions, one JSON object a line')
    .option('--key-policy <KEYARN=FILE>', 'a key policy, as `aws kms get-key-policy` writes it (repeatable)', collectWhole, [])
    .option('--resource-policy <ARN=FILE>', 'the policy of a bucket, secret, queue or topic (repeatable)', collectWhole, [])
    .option('--encrypted-by <key>', 'the key behind the data, where no input says it')
    .option('--parameters <FILE|KEY=VALUE...>', 'template parameters (repeatable)', collectWhole, [])
    .option('--config <file>', 'a configuration file instead of the one found upward; none for no configuration')
    .option('--stdin-filename <name>', 'the name for standard input');
}

/** Options that say what is read and how it is judged. */
function withScanOptions(command: Command): Command {
  return command
    .option('--fail-on <severity>', 'exit 1 for findings at or above: critical, high, medium, low, note or never (default: high)')
    .option('--fail-on-undecided <severity>', 'exit 1 for undecided verdicts at or above (default: never)')
    .option('--min-severity <severity>', 'show findings at or above (default: note)')
    .option('--rule <glob>', 'judge by these rules alone: a glob over ids, or a tag (repeatable)', collect, [])
    .option('--skip-rule <glob>', 'leave rules out (repeatable)', collect, [])
    .option('--rules <dir>', 'a folder of your own rules (repeatable)', collectWhole, [])
    .option('--allow-rule-code', 'let rules of --rules bring checks in code')
    .option(
      '--parameters <FILE|KEY=VALUE>',
      'template parameters: a JSON file of the CloudFormation CLI, or KEY=VALUE (repeatable)',
      collectWhole,
      [],
    )
    .option('--config <file>', 'a configuration file instead of the one found upward; none for no configuration')
    .option('--trust-from <ref>', 'take configuration, baseline and suppressions from this git revision')
    .option('--no-suppressions', 'ignore suppressions written in scanned files')
    .option('--as-of <date>', 'judge age and expiry by this day, YYYY-MM-DD (default: today)')
    .option('--jobs <n>', 'threads (default: as many as processors for large jobs)')
    .option('--stdin-filename <name>', 'the name for standard input')
    .option('--max-template-bytes <n>', 'larger templates are not read (default: 20000000)')
    .option('--max-depth <n>', 'deeper nesting is not read (default: 200)')
    .option('--max-instances <n>', 'longer loops are not expanded (default: 10000)');
}

/** Names, several in one: `kms-*,ssm-*`. */
function collect(value: string, list: readonly string[]): readonly string[] {
  return [...list, ...value.split(',').filter((part) => part !== '')];
}

/** Paths, and values of parameters (`Subnets=a,b`), may hold commas. */
function collectWhole(value: string, list: readonly string[]): readonly string[] {
  return [...list, value];
}
