// The commands and their options: one table for the parser, the help, shell completion, docs/use/command-line.md and what a run records.

/** How an option stands in the assessment: as it was given, as the zone that it names, as `given`, with the digest of its file, or by the names of its files. */
export type Recorded = 'value' | 'zone' | 'given' | 'digest' | 'names'

export type Option = {
  readonly name: string
  readonly short?: string
  /** What its value is called; an option without one is on or off. */
  readonly value?: string
  readonly multiple?: boolean
  /** One value may hold several, with commas in between. */
  readonly isList?: boolean
  /** Which values there are. */
  readonly from?: readonly string[] | 'formats' | 'languages' | 'labels'
  /** What a shell completes its value with. */
  readonly path?: 'file' | 'folder'
  readonly help: string
  readonly recorded?: Recorded
}

/** What a command is asked for by its first word: `postern packs check`. */
export type Subcommand = {
  readonly name: string
  /** What follows it. */
  readonly takes: string
  readonly options: readonly string[]
  readonly help: string
}

export type CommandSpec = {
  readonly name: string
  readonly summary: string
  readonly usage: readonly string[]
  readonly about: string
  readonly actions?: readonly Subcommand[]
  readonly options: readonly Option[]
  readonly exit: string
}

const packs: Option = {
  name: 'packs',
  value: 'DIR',
  multiple: true,
  path: 'folder',
  help: 'Packs to use instead of those that ship with Postern',
  recorded: 'names',
}
const rules: Option = {
  name: 'rules',
  value: 'DIR',
  multiple: true,
  path: 'folder',
  help: 'Your own Sigma and YARA rules, in addition',
  recorded: 'names',
}
const iocs: Option = {
  name: 'iocs',
  value: 'FILE',
  multiple: true,
  path: 'file',
  help: 'Your own indicators: STIX 2 bundle, MISP event, CSV, or one per line (docs/use/indicators.md)',
  recorded: 'names',
}
const baseline: Option = {
  name: 'baseline',
  value: 'FILE',
  multiple: true,
  path: 'file',
  help: 'Known-good files in addition to those of Exchange (docs/use/baselines.md)',
  recorded: 'digest',
}
const passwordFile: Option = {
  name: 'password-file',
  value: 'FILE',
  path: 'file',
  help: 'Passwords of encrypted archives, one per line; POSTERN_PASSWORD may hold one more',
}
const caseKey: Option = {
  name: 'case-key',
  value: 'FILE',
  path: 'file',
  help: 'Key for the tags that replace passwords and keys, such as one file for all servers of a case (docs/use/formats.md)',
  recorded: 'given',
}

const assess: CommandSpec = {
  name: 'assess',
  summary: 'Assess collected evidence and report a verdict for each server',
  usage: ['assess EVIDENCE... [options]'],
  about:
    'EVIDENCE is a copy from one server: a folder, an archive (zip, 7z, tar, VHDX and others), or a single log file. Several EVIDENCE are servers of one organization: one case, in which the evidence of each may explain the others (docs/use/organizations.md).',
  options: [
    {
      name: 'out',
      short: 'o',
      value: 'DIR',
      path: 'folder',
      help: 'Folder for the results (default: ./postern-out). It must be new or empty, or hold an interrupted run, which the same command resumes',
    },
    { name: 'join', help: 'Treat all EVIDENCE together as one server' },
    {
      name: 'separate',
      help: 'Assess each EVIDENCE separately: no case, and nothing of one server counts for another',
    },
    {
      name: 'each',
      help: 'Treat each folder or archive inside EVIDENCE as an unrelated server, such as one victim of many: no case',
    },
    {
      name: 'exclude',
      value: 'PATH',
      multiple: true,
      help: 'Leave out this file or folder of the evidence, such as results of an earlier run: its exact path inside EVIDENCE, with /. Its files count as not read',
      recorded: 'value',
    },
    packs,
    rules,
    iocs,
    baseline,
    passwordFile,
    {
      name: 'known',
      value: 'FILE',
      path: 'file',
      help: 'Your authorized scanners and accepted findings (YAML)',
      recorded: 'digest',
    },
    {
      name: 'campaign',
      value: 'NAME',
      multiple: true,
      help: 'Always assess this campaign, even if the evidence does not suggest it',
      recorded: 'value',
    },
    {
      name: 'window',
      value: 'FROM..TO',
      help: 'Assess this period only, in UTC (for example, 2021-03-01..2021-03-31)',
      recorded: 'value',
    },
    {
      name: 'timezone',
      value: 'ZONE',
      help: 'Time zone for log entries that do not record one: Europe/Berlin, +01:00, or a Windows name such as "W. Europe Standard Time"',
      recorded: 'zone',
    },
    {
      name: 'sector',
      value: 'NAME',
      help: 'Your sector (for example, government); weak evidence in attribution',
      recorded: 'value',
    },
    {
      name: 'format',
      value: 'NAME',
      multiple: true,
      isList: true,
      from: 'formats',
      help: 'Additional output format (docs/use/formats.md)',
    },
    {
      name: 'name-victim',
      help: 'Include victim identifiers in STIX and MISP output (default: omitted)',
    },
    {
      name: 'tlp',
      value: 'LABEL',
      from: 'labels',
      help: 'TLP label of STIX and MISP output (default: amber; amber+strict with --name-victim)',
    },
    {
      name: 'browser',
      value: 'PROGRAM',
      path: 'file',
      help: 'Chromium, Chrome or Edge that prints the PDF (default: POSTERN_BROWSER, PATH, the usual folders)',
    },
    {
      name: 'language',
      value: 'LANG',
      from: 'languages',
      help: 'Language of the formats management and notices (default: en)',
    },
    caseKey,
    { name: 'mask', help: 'Pseudonymize your users in all results (docs/use/formats.md)' },
    { name: 'jobs', value: 'N', help: 'Number of workers (default: one for each processor)' },
    { name: 'quiet', short: 'q', help: 'Show no progress and no summary on the terminal' },
  ],
  exit: 'Exit status: 0 no evidence, 1 failed, 2 usage, 3 cannot tell, 4 targeted, 5 exploited or compromised, 130 interrupted (Ctrl-C), 143 terminated.',
}

const explain: CommandSpec = {
  name: 'explain',
  summary: 'Re-read the evidence behind a finding and re-run its rule',
  usage: ['explain OUT FINDING... [options]'],
  about:
    'Finds FINDING (an id of findings.jsonl, or its beginning) in the results in OUT. Reads its bytes from the evidence again, compares them with the report, and evaluates the rule on them again.',
  options: [
    {
      name: 'evidence',
      value: 'PATH',
      multiple: true,
      path: 'file',
      help: 'Where the evidence is now, if it was moved',
    },
    packs,
    rules,
    iocs,
    baseline,
    { ...passwordFile, help: 'Passwords of encrypted archives, one per line (default: those of the run)' },
    {
      ...caseKey,
      help: 'Key that the run was given; without it every password and key is shown as [secret]',
    },
    { name: 'reveal-secrets', help: 'Show passwords and keys as the evidence records them' },
  ],
  exit: 'Exit status: 0 reproduced, 1 not reproduced, 2 usage.',
}

const diff: CommandSpec = {
  name: 'diff',
  summary: 'Compare two assessments and explain the differences',
  usage: ['diff A B [options]'],
  about:
    'A and B are two assessments of one server: an assessment.json, the folder of a server, or the results of a run over one server. Lists what changed from A to B (verdict, six answers, findings), what stayed, and the reason: other evidence, other knowledge (packs, tables, program), or other options.',
  options: [
    {
      name: 'format',
      value: 'NAME',
      from: ['text', 'json', 'html'],
      help: 'Output format (default: text)',
    },
    { name: 'out', short: 'o', value: 'FILE', path: 'file', help: 'New file for the comparison; html requires it' },
  ],
  exit: 'Exit status: 0 compared, 1 cannot be written, 2 usage.',
}

const seal: CommandSpec = {
  name: 'seal',
  summary: 'Sign results, and with them the evidence',
  usage: ['seal OUT --key FILE [--seal FILE]', 'seal --new-key FILE'],
  about:
    'Signs the name and SHA-256 of every file in OUT, and of every file of the evidence that was read. The seal is OUT/seal.json (an in-toto statement in a DSSE envelope, Ed25519; docs/use/integrity.md). postern verify OUT checks it later.',
  options: [
    { name: 'key', value: 'FILE', path: 'file', help: 'Private key (PEM, Ed25519)' },
    {
      name: 'seal',
      value: 'FILE',
      path: 'file',
      help: 'New file for the seal instead of OUT/seal.json, for example on another disk',
    },
    {
      name: 'new-key',
      value: 'FILE',
      path: 'file',
      help: 'Create a key pair: FILE is the private key, FILE.pub the public key for those who verify',
    },
  ],
  exit: 'Exit status: 0 sealed, 1 failed, 2 usage.',
}

const verify: CommandSpec = {
  name: 'verify',
  summary: 'Verify results and evidence against a seal',
  usage: ['verify OUT [options]'],
  about:
    'Compares the results in OUT, and the evidence, with their seal (postern seal). Lists every file that was changed, is missing, or was added. The evidence is read as a run reads it, including members of archives.',
  options: [
    {
      name: 'key',
      value: 'PUBLIC',
      path: 'file',
      help: 'Public key that must have signed (PEM, the .pub of seal --new-key). Without it the signer is not verified',
    },
    {
      name: 'evidence',
      value: 'PATH',
      multiple: true,
      path: 'file',
      help: 'Where the evidence is now',
    },
    { name: 'seal', value: 'FILE', path: 'file', help: 'Where the seal is (default: OUT/seal.json)' },
    { ...passwordFile, help: 'Passwords of encrypted archives, one per line' },
  ],
  exit: 'Exit status: 0 everything matches the seal of that key, 1 something differs, 2 usage, 3 everything matches, but no --key was given.',
}

const ofKnowledge = ['packs', 'rules', 'iocs']
const packsCommand: CommandSpec = {
  name: 'packs',
  summary: 'Check, list and test packs of rules; sign and install bundles of them',
  usage: ['packs ACTION [options]'],
  about: '',
  actions: [
    {
      name: 'check',
      takes: '',
      options: ofKnowledge,
      help: 'Validate packs and their rules, and report all problems at once with file and line. Checked are pack.yml, file names, author, license, and names of vulnerabilities, log sources, fields, rules and actions. Each rule is evaluated on its samples and on ordinary evidence, and its time is measured. Exit status: 0 no problems, 1 problems',
    },
    { name: 'list', takes: '', options: ofKnowledge, help: 'List the campaigns and their rules' },
    {
      name: 'new',
      takes: 'FOLDER',
      options: [],
      help: 'Create a pack: FOLDER with a pack.yml to fill in. Its name is the id of the pack (docs/extend/pack.md)',
    },
    {
      name: 'add-rule',
      takes: 'FOLDER RULE',
      options: [],
      help: 'Add a Sigma rule and its two samples to the pack in FOLDER. check fails until they are filled in',
    },
    {
      name: 'self-test',
      takes: '',
      options: ofKnowledge,
      help: 'Run every rule on its samples on this machine: it must fire on its own and stay silent on the others',
    },
    {
      name: 'verify',
      takes: 'FILE --root ROOT.json',
      options: ['root', 'into'],
      help: 'Verify a signed bundle: genuine, complete, and not older than the installed one',
    },
    {
      name: 'install',
      takes: 'FILE --into FOLDER',
      options: ['root', 'into'],
      help: 'Verify a bundle and install it in FOLDER; then: postern assess EVIDENCE --packs FOLDER',
    },
    {
      name: 'bundle',
      takes: 'FILE --keys FOLDER --version N --expires DAY',
      options: ['packs', 'keys', 'version', 'expires'],
      help: 'Create a signed bundle of packs and tables',
    },
    {
      name: 'keys',
      takes: 'FOLDER --expires DAY',
      options: ['expires', 'threshold'],
      help: 'Create signing keys and their root; in a folder that holds some, the next ones (docs/use/integrity.md)',
    },
  ],
  options: [
    packs,
    rules,
    iocs,
    {
      name: 'root',
      value: 'ROOT.json',
      path: 'file',
      help: 'Root that you trust; required for the first installation',
    },
    { name: 'into', value: 'FOLDER', path: 'folder', help: 'Folder of the installed bundle' },
    { name: 'keys', value: 'FOLDER', path: 'folder', help: 'Folder of the signing keys' },
    { name: 'version', value: 'N', help: 'Version of the bundle, higher than the last' },
    { name: 'expires', value: 'DAY', help: 'Last day of validity (for example, 2027-01-31)' },
    { name: 'threshold', value: 'N', help: 'Number of root keys that must sign (default: 2)' },
  ],
  exit: 'Exit status: 0 done, 1 failed, 2 usage.',
}

const baselineCommand: CommandSpec = {
  name: 'baseline',
  summary: 'Create and list known-good file baselines',
  usage: ['baseline ACTION [options]'],
  about: '',
  actions: [
    {
      name: 'make',
      takes: 'FOLDER --build BUILD --out FILE',
      options: ['build', 'out'],
      help: 'List every file below FOLDER by path and SHA-256: a clean installation of Exchange, an unpacked update, or your own web roots. Then: postern assess EVIDENCE --baseline FILE',
    },
    {
      name: 'list',
      takes: '[FILE...]',
      options: [],
      help: 'List known-good baselines: the one that ships with Postern, and each FILE',
    },
  ],
  options: [
    { name: 'build', value: 'BUILD', help: 'Build of that installation (for example, 15.2.1544.4)' },
    { name: 'out', short: 'o', value: 'FILE', path: 'file', help: 'New file for the list' },
  ],
  exit: 'Exit status: 0 done, 1 failed, 2 usage.',
}

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

const completion: CommandSpec = {
  name: 'completion',
  summary: 'Print a script for shell completion',
  usage: [`completion ${shells.join('|')}`],
  about:
    'Load it in the profile of your shell. bash: source <(postern completion bash). zsh: source <(postern completion zsh). fish: postern completion fish | source. PowerShell: postern completion powershell | Out-String | Invoke-Expression',
  actions: shells.map((name) => ({ name, takes: '', options: [], help: `Script for ${name}` })),
  options: [],
  exit: 'Exit status: 0 printed, 2 usage.',
}

/** Every command, in the order of the help. */
export const commandSpecs: readonly CommandSpec[] = [
  assess,
  explain,
  diff,
  seal,
  verify,
  packsCommand,
  baselineCommand,
  completion,
]

/** The table of one command. */
export function specOf(name: string): CommandSpec {
  return commandSpecs.find((spec) => spec.name === name)!
}
