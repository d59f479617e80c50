#!/usr/bin/env node
import { visible } from '../lib/tty.ts'
import { reportCrash } from './crash.ts'
import { outcome } from './outcome.ts'
import { version } from './place.ts'

type Command = {
  readonly run: (args: readonly string[]) => Promise<number>
  readonly help: () => Promise<string>
}

// Each is loaded when it is asked for: `assess` runs in a thread, which loads what it needs for itself.
const commands: Readonly<Record<string, Command>> = {
  assess: {
    run: async (args) => (await import('./interruptible.ts')).assessInterruptibly(args),
    help: async () => (await import('./assess-command.ts')).assessHelp,
  },
  explain: {
    run: async (args) => (await import('./explain-command.ts')).explainCommand(args),
    help: async () => (await import('./explain-command.ts')).explainHelp,
  },
  packs: {
    run: async (args) => (await import('./packs-command.ts')).packsCommand(args),
    help: async () => (await import('./packs-command.ts')).packsHelp,
  },
  diff: {
    run: async (args) => (await import('./diff-command.ts')).diffCommand(args),
    help: async () => (await import('./diff-command.ts')).diffHelp,
  },
  seal: {
    run: async (args) => (await import('./seal-command.ts')).sealCommand(args),
    help: async () => (await import('./seal-command.ts')).sealHelp,
  },
  verify: {
    run: async (args) => (await import('./verify-command.ts')).verifyCommand(args),
    help: async () => (await import('./verify-command.ts')).verifyHelp,
  },
  baseline: {
    run: async (args) => (await import('./baseline-command.ts')).baselineCommand(args),
    help: async () => (await import('./baseline-command.ts')).baselineHelp,
  },
}

const help = `Postern ${version}: was someone let in by the back door of this Exchange server?

  postern assess EVIDENCE… [options]     reads a copied folder or zip of one server and gives the verdict
  postern explain OUT FINDING            re-reads the bytes of a finding and asks its rule again
  postern diff A B                       two assessments: what changed, and what changed it
  postern seal OUT --key FILE            signs the results, and with them the evidence
  postern verify OUT [--key PUBLIC]      are results and evidence what was sealed?
  postern packs check|list|self-test     the rules and their samples
  postern packs verify|install           signed bundles of packs, for places without a network
  postern baseline make|list             files known to be good, and lists of your own

postern COMMAND --help tells more. Exit status: 0 no evidence, 1 failed, 2 usage, 3 cannot tell, 4 targeted,
5 exploited or compromised, 130 interrupted (Ctrl-C), 143 terminated.
`

// Whoever reads the output may stop reading (`| head -1`): that changes neither the results nor the exit status. Nor does a full
// disk behind it change those of `assess`, which are in their files by then.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    if (error.code === undefined || error.syscall === undefined) throw error
    if (stream === process.stdout) lost ??= error.code
  })
}
let lost: string | undefined
process.on('exit', () => {
  if (lost === undefined) return
  process.stderr.write(`postern: What was to be shown could not be written (${lost}).\n`)
  if (process.argv[2] !== 'assess') process.exitCode = 1
})

process.on('uncaughtException', (error) => {
  reportCrash(error, given)
  process.exit(1)
})
const given = process.argv.slice(2)
process.exitCode = await main(given).catch((error: unknown) => {
  reportCrash(error, given)
  return 1
})

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv
  if (name === '--version') {
    process.stdout.write(`${version}\n`)
    return 0
  }
  if (name === undefined) {
    process.stderr.write(`postern: No command is named.\n\n${help}`)
    return 2
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help)
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    process.stderr.write(
      `postern: There is no command ${visible(name)}. There are: ${Object.keys(commands).join(', ')}.\n`,
    )
    return 2
  }
  // Behind `--` stand names only.
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  if (options.includes('--help') || options.includes('-h')) {
    process.stdout.write(await command.help())
    return 0
  }
  return outcome(() => command.run(args))
}
