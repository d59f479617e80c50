import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { evidenceDigests, resultDigests } from '../../custody/digests.ts'
import { PosternError, refusal } from '../../lib/errors.ts'
import { eachServer } from '../../evidence/index.ts'
import { publicKeyOf } from '../../lib/ed25519.ts'
import { visible } from '../../lib/terminal.ts'
import { type SealChanges, changesBetween, isSame, MOST, openSeal, type SealedServer } from '../../custody/seal.ts'
import { readArguments, textArgument, texts } from '../arguments.ts'
import { readPasswords } from '../passwords.ts'
import { progressLine } from '../progress.ts'
import { keyText, sealName } from './seal.ts'
import { terminalOf } from '../terminal.ts'
import { notAFolder, statsOf } from '../write-output.ts'

/** `postern verify`: is it what was sealed? */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('verify', args)
  const [out] = positionals
  if (out === undefined || positionals.length > 1)
    throw new PosternError('usage', 'Usage: postern verify OUT --key PUBLIC [--evidence PATH]')
  const folder = folderAt(out)
  const evidence = texts(values.evidence)
  for (const path of evidence)
    if (!existsSync(path)) throw new PosternError('no-such-path', `${path || "''"}: no such file or directory.`)
  const keyFile = textArgument(values.key)
  const key = keyFile === undefined ? null : publicIn(keyFile)
  const passwords = readPasswords(textArgument(values['password-file']))
  const sealFile = textArgument(values.seal) ?? join(folder, sealName)
  const { seal, by, more } = openSeal(sealText(sealFile), key)

  say(`Sealed ${seal.sealed} with ${seal.tool} by the key ${by}.`)
  if (more > 0) say(`It bears ${more === 1 ? '1 more signature' : `${more} more signatures`}, which were not checked.`)

  // The results: every file, but for the seal itself where it lies among them.
  const own = realpathSync(sealFile) === join(realpathSync(folder), sealName) ? sealName : null
  const found = (await resultDigests(folder)).filter(({ path }) => path !== own)
  const faults = new Map(found.flatMap(({ path, fault }) => (fault === undefined ? [] : [[path, fault]])))
  const all = [tell('results', changesBetween(seal.results, found), faults)]

  // The evidence, as far as it is there.
  const places = placesOf(seal.servers, evidence, await inside(seal.servers, evidence))
  for (const server of seal.servers) {
    const paths = places.get(server)
    const what = `evidence of ${server.folder === '.' ? server.evidence.join(', ') : server.folder}`
    if (paths === undefined) {
      say(`${what}: not looked at${evidence.length > 0 ? '' : '; say where it lies with --evidence'}`)
      continue
    }
    const progress = progressLine(false, terminalOf(process))
    const there = await evidenceDigests(paths, passwords, progress.update)
    progress.end()
    all.push(tell(what, changesBetween(server.files, there, server.masked), new Map()))
  }
  return outcomeOf(all, key === null)
}

function outcomeOf(all: readonly SealChanges[], unnamed: boolean): number {
  const sum = (of: (changes: SealChanges) => readonly unknown[]): number =>
    all.reduce((n, one) => n + of(one).length, 0)
  const counts = [
    [sum((c) => c.changed), 'changed'],
    [sum((c) => c.missing), 'missing'],
    [sum((c) => c.added), 'added'],
    [sum((c) => c.moved), 'at another place'],
  ] as const
  if (!all.every(isSame)) {
    const words = counts.flatMap(([n, word]) => (n > 0 ? [`${n} ${word}`] : []))
    process.stderr.write(`postern: This is not what was sealed: of its files ${words.join(', ')}.\n`)
    return 1
  }
  if (!unnamed) return 0
  process.stderr.write(
    'postern: It is what was sealed; the signer is not verified. Give the public key of the signer with --key.\n',
  )
  return 3
}

/** What differs, file by file. */
function tell(what: string, changes: SealChanges, faults: ReadonlyMap<string, string>): SealChanges {
  const { same, unknown } = changes
  say(
    `${what}: ${same === 1 ? '1 file is' : `${same} files are`} as sealed${isSame(changes) ? ', and nothing else is there' : ''}`,
  )
  const why = (path: string): string => (faults.has(path) ? ` (${faults.get(path)!})` : '')
  for (const path of changes.changed) say(`  changed  ${path}${why(path)}`)
  for (const path of changes.missing) say(`  missing  ${path}`)
  for (const path of changes.added) say(`  added    ${path}${why(path)}`)
  for (const { before, after } of changes.moved) say(`  moved    ${before} is now ${after}`)
  if (changes.moved.length > 0) say('  Was it named one folder higher or lower than before?')
  if (unknown.length > 0)
    say(
      `  ${unknown.length === 1 ? '1 file' : `${unknown.length} files`} of it had not been read, and cannot be compared`,
    )
  return changes
}

// ---------------------------------------------------------------- where the evidence lies

/** Folders of many servers, as `--each` reads them, with what is in them. */
async function inside(
  servers: readonly SealedServer[],
  evidence: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Set(servers.flatMap((server) => server.evidence))
  const found = new Map<string, readonly string[]>()
  if (servers.length < 2) return found
  for (const path of evidence)
    if (!names.has(basename(resolve(path))) && statSync(path).isDirectory()) found.set(path, await eachServer(path))
  return found
}

/** Which server's evidence lies at which of the paths: of one server all of them, of several by the names that it had. */
function placesOf(
  servers: readonly SealedServer[],
  evidence: readonly string[],
  inside: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<SealedServer, readonly string[]> {
  const [only] = servers
  if (evidence.length === 0 || only === undefined) return new Map()
  if (servers.length === 1) return new Map([[only, evidence]])
  const places = new Map<SealedServer, readonly string[]>()
  for (const path of evidence) {
    const paths = inside.get(path) ?? [path]
    const before = places.size
    for (const one of paths) {
      const name = basename(resolve(one))
      const server = servers.find((s) => !places.has(s) && s.evidence.length === 1 && s.evidence[0] === name)
      if (server) places.set(server, [one])
    }
    if (places.size > before) continue
    const known = servers.flatMap((server) => server.evidence)
    throw new PosternError(
      'usage',
      `${path} is not the evidence of these servers. Their evidence was ${known.slice(0, 5).join(', ')}${known.length > 5 ? ' …' : ''}.`,
    )
  }
  return places
}

// ---------------------------------------------------------------- pieces

function folderAt(out: string): string {
  const stats = statsOf(out)
  if (stats === 'nothing') throw new PosternError('no-such-path', `${out || "''"}: no such file or directory.`)
  if (stats === 'unknown' || !stats.isDirectory()) throw new PosternError('usage', notAFolder(out))
  return out
}

function publicIn(file: string): string {
  const key = publicKeyOf(keyText(file))
  if (typeof key === 'string') return key
  throw new PosternError('usage', `The key is ${key.is}. Expected an Ed25519 public key in PEM.`, { file })
}

function sealText(file: string): string {
  try {
    if (statSync(file).size > MOST.text)
      throw new PosternError('bad-seal', 'The seal is refused. It is larger than any seal of Postern.', { file })
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof PosternError || code === undefined) throw error
    throw new PosternError(
      'no-such-path',
      code === 'ENOENT'
        ? `${file}: no such seal. Create it with postern seal, or name its location with --seal.`
        : `${file}: the seal cannot be read: ${refusal(code)}.`,
    )
  }
}

function say(line: string): void {
  process.stdout.write(`${visible(line)}\n`)
}
