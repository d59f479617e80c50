/** A mechanism that a promise rests on, how it is switched off, and the test that must then fail. */
export type Mechanism = {
  /** Number of the promise in ASSURANCE.md. */
  readonly promise: string
  readonly what: string
  readonly file: string
  /** A text that stands in the file once, and what stands there instead when the mechanism is off. */
  readonly on: string
  readonly off: string
  readonly test: string
  /** Only tests whose names match. */
  readonly named?: string
  /** The test runs the built program. */
  readonly isOfBuild: boolean
}

export const mechanisms: readonly Mechanism[] = [
  {
    promise: 'P1',
    what: 'evidence is opened for reading only',
    file: 'src/evidence/directory.ts',
    on: 'const readOnly = constants.O_RDONLY |',
    off: 'const readOnly = constants.O_RDWR |',
    test: 'test/cli/contract.test.ts',
    named: 'the evidence is as it was|nothing is opened for writing',
    isOfBuild: true,
  },
  {
    promise: 'P1',
    what: 'processes that read evidence may not write',
    file: 'src/run/process.ts',
    on: "const MAY = ['--permission', ",
    off: "const MAY = ['--permission', '--allow-fs-write=*', ",
    test: 'test/cli/pool.test.ts',
    named: 'can write no file',
    isOfBuild: false,
  },
  {
    promise: 'P2',
    what: 'no code opens a connection',
    file: 'src/cli/main.ts',
    on: "import { reportCrash } from './crash.ts'\n",
    off: `import { connect } from 'node:net'
import { reportCrash } from './crash.ts'
connect(9, '127.0.0.1').on('error', () => undefined)
`,
    test: 'test/cli/contract.test.ts',
    named: 'the evidence is as it was|nothing is opened for writing',
    isOfBuild: true,
  },
  {
    promise: 'P3',
    what: 'each gap is recorded',
    file: 'src/scan/collector.ts',
    on: '    this.#gaps.push({\n',
    off: "    if (gap.reason === 'nul-tail') return\n    this.#gaps.push({\n",
    test: 'test/hostile/hostile-cases.test.ts',
    named: 'H39',
    isOfBuild: true,
  },
  {
    promise: 'P3',
    what: 'a file that changes while it is read is noticed',
    file: 'src/evidence/directory.ts',
    on: '    const { size, mtimeMs } = fstatSync(file)\n',
    off: '    const { size, mtimeMs } = stats\n',
    test: 'test/hostile/hostile-cases.test.ts',
    named: 'H19',
    isOfBuild: true,
  },
  {
    promise: 'P4',
    what: 'results are in the order of the evidence and not of their arrival',
    file: 'src/assessment/read-evidence.ts',
    on: 'scans: orderFiles(scans),',
    off: 'scans: orderFiles(scans).toSorted(() => Math.random() - 0.5),',
    test: 'test/cli/contract.test.ts',
    named: 'writes every file of the contract|again, by two threads|a copy, by eight',
    isOfBuild: true,
  },
  {
    promise: 'P5',
    what: 'results reach the medium before they are moved to their place',
    file: 'src/cli/unfinished-run.ts',
    on: '    fsyncSync(file)\n',
    off: '    if (file < 0) fsyncSync(file)\n',
    test: 'test/cli/lock.test.ts',
    named: 'reach the medium',
    isOfBuild: true,
  },
  {
    promise: 'P6',
    what: 'every value in a page is escaped',
    file: 'src/lib/html.ts',
    on: 'return visible(text).replace(/[&<>"\'`([%]/g, (c) => references[c]!)',
    off: 'return references[text] ?? visible(text)',
    test: 'test/reports/hostile.test.ts',
    isOfBuild: false,
  },
  {
    promise: 'P7',
    what: 'a file that takes too long is given up',
    file: 'src/run/pool.ts',
    on: "      void this.#give('timeout')\n",
    off: '',
    test: 'test/cli/pool.test.ts',
    named: 'a file that takes too long is a gap',
    isOfBuild: true,
  },
  {
    promise: 'P7',
    what: 'an archive ends at its budget',
    file: 'src/evidence/container.ts',
    on: 'ratio: 200,',
    off: 'ratio: 2_000_000,',
    test: 'test/hostile/hostile-cases.test.ts',
    named: 'H17',
    isOfBuild: true,
  },
  {
    promise: 'P8',
    what: 'rules read no file',
    file: 'src/rules/yara/yara.ts',
    on: '    if (includes[0])\n',
    off: "    if (includes[0] && text === '')\n",
    test: 'test/rules/yara.test.ts',
    isOfBuild: false,
  },
  {
    promise: 'P9',
    what: 'what could not be read costs coverage',
    file: 'src/assessment/coverage/lost-coverage.ts',
    on: '    if (gaps.length === 0) continue\n',
    off: '    if (gaps.length >= 0) continue\n',
    test: 'test/core/lost-coverage.test.ts',
    isOfBuild: false,
  },
  {
    promise: 'P10',
    what: 'a bundle of packs needs signatures',
    file: 'src/lib/ed25519.ts',
    on: 'export function isSignedBy(hex: string, bytes: Uint8Array, signature: Uint8Array): boolean {\n',
    off: 'export function isSignedBy(hex: string, bytes: Uint8Array, signature: Uint8Array): boolean {\n  if (hex !== "" && bytes && signature) return true\n',
    test: 'test/core/bundle.test.ts',
    isOfBuild: false,
  },
  {
    promise: 'P11',
    what: 'secrets are replaced in every output',
    file: 'src/lib/secrets.ts',
    on: '  if (found.length === 0) return text\n  let [out, at]',
    off: '  if (found.length >= 0) return text\n  let [out, at]',
    test: 'test/cli/secrets.test.ts',
    isOfBuild: true,
  },
  {
    promise: 'P12',
    what: 'every package has its digest in the lock file',
    file: 'package-lock.json',
    on: '"integrity": "sha512-kqZUFvX6/aYQOmzfRN5ANcfNS9wLH4aHLWWP/',
    off: '"checksum": "sha512-kqZUFvX6/aYQOmzfRN5ANcfNS9wLH4aHLWWP/',
    test: 'test/supply-chain.test.ts',
    named: 'all stand in the lock file',
    isOfBuild: false,
  },
  {
    promise: 'P14',
    what: 'a finding is compared with the digest of its file',
    file: 'src/cli/commands/explain.ts',
    on: 'const same = scan.artifact.sha256 === artifact',
    off: 'const same = scan.artifact.sha256 !== ""',
    test: 'test/cli/contract.test.ts',
    named: 'writes every file of the contract|after one byte was changed',
    isOfBuild: true,
  },
]
