import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { serverFiles } from '../../tools/simulator/build.ts'
import { readSpec } from '../../tools/simulator/spec.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))
/** The program as it was built: what ships, and what starts soonest. */
export const main = join(root, 'dist/cli/main.js')
export const sample = join(root, 'samples/server')

export type Done = {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}
export type How = {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Programs that run the command for us: `strace …`, `setpriv …`. */
  readonly through?: readonly string[]
}

/** Runs the command line as a person would, and waits for its end; what hangs for five minutes is killed and has no status. */
export function postern(args: readonly string[], { cwd = root, env = {}, through = [] }: How = {}): Promise<Done> {
  const [program, ...rest] = [...through, process.execPath, main, ...args]
  return new Promise((resolve, reject) => {
    const child = spawn(program!, rest, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    const late = setTimeout(() => child.kill('SIGKILL'), 300_000)
    child.on('error', reject).on('close', (status, signal) => {
      clearTimeout(late)
      resolve({ status, signal, out, err })
    })
  })
}

/** A folder for one test file, removed at its end. */
export function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-cli-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files, with the folders around them. */
export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  mkdirSync(folder, { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** One day of a server's own HttpProxy log, in which the server has the name that is wanted. */
export function httpProxyLog(name: string): string {
  const spec = readSpec(join(root, 'packs/proxylogon-2021/samples/base-short.yml'))
  const period = { from: '2021-03-01', to: '2021-03-02' }
  const [file] = serverFiles({ ...spec, kinds: ['httpproxy-ecp'], period })
  return file!.bytes.toString('utf8').replaceAll(spec.name, name)
}

/** The sample with times of change in whole seconds, which every file system keeps. */
export function sampleCopy(folder: string): string {
  cpSync(sample, folder, { recursive: true })
  for (const path of filesBelow(folder)) utimesSync(join(folder, path), 1_616_000_000, 1_616_000_000)
  return folder
}

/** A third of the sample: what IIS wrote and served, and one log that names the server. The verdict is the same. */
export function sampleWebFiles(folder: string): string {
  const front = 'C/Program Files/Microsoft/Exchange Server/V15'
  for (const part of ['C/inetpub', `${front}/FrontEnd`, `${front}/Logging/HttpProxy/Ecp`])
    cpSync(join(sample, part), join(folder, part), { recursive: true })
  return folder
}

export function filesBelow(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
}

/**
 * What a folder and everything below it is: name, mode, number, size, time of change, links, target and digest, the last of no file of
 * 64 MB or more. Names may be no text.
 */
export function stateOf(folder: string): readonly string[] {
  const lines: string[] = []
  const walk = (at: Buffer, name: string): void => {
    const entry = lstatSync(at)
    const isRead = entry.isFile() && entry.size < LARGE
    const content = isRead ? createHash('sha256').update(readFileSync(at)).digest('hex') : ''
    const target = entry.isSymbolicLink() ? readlinkSync(at) : ''
    lines.push([name, entry.mode, entry.ino, entry.size, entry.mtimeMs, entry.nlink, content, target].join(' '))
    if (!entry.isDirectory()) return
    for (const own of readdirSync(at, { encoding: 'buffer' }))
      walk(Buffer.concat([at, Buffer.from('/'), own]), `${name}/${own.toString('latin1')}`)
  }
  walk(Buffer.from(folder), '')
  return lines.sort()
}

const LARGE = 64 * 2 ** 20

/** Is a program installed? */
export function hasProgram(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}
