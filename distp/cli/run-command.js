import { existsSync } from 'node:fs';
import { visible } from '../lib/terminal.js';
import { outcome } from './process/exit-status.js';
import { specOf } from './options.js';
import { nearestName } from '../lib/meant.js';
import { loadExposureFacts } from '../knowledge/exposure-tables.js';
import { command, knowledgeFolder, version } from './paths.js';
// Each is loaded when it is called: `assess` runs in a thread, which loads its own modules.
const commands = {
    assess: async (args) => (await import('./process/interrupt.js')).assessInterruptibly(args),
    explain: async (args) => (await import('./commands/explain.js')).explainCommand(args),
    packs: async (args) => (await import('./commands/packs.js')).packsCommand(args),
    diff: async (args) => (await import('./commands/diff.js')).diffCommand(args),
    seal: async (args) => (await import('./commands/seal.js')).sealCommand(args),
    verify: async (args) => (await import('./commands/verify.js')).verifyCommand(args),
    baseline: async (args) => (await import('./commands/baseline.js')).baselineCommand(args),
    completion: async (args) => (await import('./completion.js')).completionCommand(args),
};
/** Runs the command that the arguments name, and gives its exit status. `assess` replaces the command of that name. */
export async function runCommand(argv, assess = commands.assess) {
    const [name, ...args] = argv;
    if (name === '--version' || name === '-V')
        return shown(versionText());
    if (name === undefined) {
        process.stderr.write(`postern: No command given.\n\n${(await import('./help.js')).programHelp()}`);
        return 2;
    }
    const isHelp = name === 'help' || isHelpFlag(name);
    const about = isHelp && args[0] !== undefined && !isHelpFlag(args[0]) ? args[0] : null;
    if (isHelp && about === null)
        return shown((await import('./help.js')).programHelp());
    const asked = about ?? name;
    if (!Object.hasOwn(commands, asked))
        return unknown(asked);
    // Behind `--` are names only.
    const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
    if (about !== null || options.some(isHelpFlag))
        return shown((await import('./help.js')).commandHelp(specOf(asked)));
    return outcome(async () => (asked === 'assess' ? assess : commands[asked])(args));
}
/** The version, and until when builds and vulnerabilities are known. */
function versionText() {
    const { builds, vulnerabilities } = loadExposureFacts(knowledgeFolder).known;
    return `${version}\nbuilds known until ${builds}\nvulnerabilities known until ${vulnerabilities}\n`;
}
/** Help, also as Windows asks for it. */
function isHelpFlag(arg) {
    return ['--help', '-h', '-?', '/?'].includes(arg);
}
function shown(text) {
    process.stdout.write(text);
    return 0;
}
function unknown(name) {
    const names = Object.keys(commands);
    const similar = nearestName(name, names);
    const what = name.startsWith('-') ? 'Unknown option' : 'Unknown command';
    const hint = existsSync(name)
        ? `To assess it: ${command} assess ${/\s/.test(name) ? `"${visible(name)}"` : visible(name)}`
        : similar === null
            ? `Commands: ${names.join(', ')}.`
            : `Did you mean ${similar}?`;
    process.stderr.write(`postern: ${what} ${visible(name)}. ${hint}\n`);
    return 2;
}
//# sourceMappingURL=run-command.js.map