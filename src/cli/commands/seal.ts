import { counted } from '../../lib/amounts.ts'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { resultDigests } from '../../custody/digests.ts'
import { PosternError, refusal } from '../../lib/errors.ts'
import { publicPem, type SecretKey, secretKeyOf } from '../../lib/ed25519.ts'
import { jsonOrNull } from '../../lib/json.ts'
import { visible } from '../../lib/terminal.ts'
import { keyIdOf, type SealedFile, type SealedServer, sealText } from '../../custody/seal.ts'
import { readArguments, textArgument } from '../arguments.ts'
import { readNumberedLines } from '../read-lines.ts'
import { version } from '../paths.ts'
import { isUnfinished } from '../unfinished-run.ts'
import { cannotWrite, notAFolder, statsOf, writeNew } from '../write-output.ts'

/** The file in OUT that is its seal. */
export const sealName = 'seal.json'

/** `postern seal`: signs results, and with them the evidence that they were made of. */
export async function sealCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('seal', args)
  const fresh = textArgument(values['new-key'])
  const [out] = positionals
  if (fresh !== undefined && out === undefined && values.key === undefined) return newKey(fresh)
  const keyFile = textArgument(values.key)
  if (fresh !== undefined || out === undefined || keyFile === undefined || positionals.length > 1)
    throw new PosternError('usage', 'Usage: postern seal OUT --key FILE, or: postern seal --new-key FILE')
  const key = secretIn(keyFile)
  const folder = resultsAt(out)
  const file = textArgument(values.seal) ?? join(folder, sealName)
  if (statsOf(file) !== 'nothing')
    throw new PosternError('usage', `${file} exists already. Verify it, or choose another file with --seal.`)

  const found = await resultDigests(folder)
  const [odd] = found.filter(({ fault }) => fault !== undefined)
  if (odd) throw new PosternError('usage', `${join(folder, odd.path)} cannot be sealed (${odd.fault!}). Remove it.`)
  const servers = serverFolders(folder).map((name) => sealedServer(folder, name))
  const results = found.map(({ path, size, sha256 }) => ({ path, size, sha256 }))
  const sealed = new Date().toISOString()
  writeNew(file, sealText({ sealed, tool: `postern ${version}`, results, servers }, key))

  const evidence = servers.reduce((sum, { files }) => sum + files.length, 0)
  say(`${file}: ${counted(results.length, 'file')} of results and ${evidence} of evidence, sealed ${sealed}`)
  say(`by the key ${keyIdOf(key.public)}.`)
  return 0
}

function newKey(file: string): number {
  const shared = `${file}.pub`
  if (statsOf(shared) !== 'nothing')
    throw new PosternError('usage', `${shared} exists already. Choose another file with --new-key.`)
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const key = secretKeyOf(pem) as SecretKey
  try {
    writeFileSync(file, pem, { flag: 'wx', mode: 0o600 })
    writeFileSync(shared, publicPem(key.public), { flag: 'wx' })
  } catch (error) {
    throw cannotWrite(file, error)
  }
  say(`${file}: the private key. It is not encrypted: keep it where no one else can read it, and off the server.`)
  say(`${shared}: the public key, for those who verify. Its id: ${keyIdOf(key.public)}`)
  return 0
}

function secretIn(file: string): SecretKey {
  const key = secretKeyOf(keyText(file))
  if ('is' in key)
    throw new PosternError('usage', `The key is ${key.is}. Expected an unencrypted Ed25519 private key in PEM.`, {
      file,
    })
  return key
}

/** The text of a file that should hold a key. */
export function keyText(file: string): string {
  try {
    if (statSync(file).size > 1 << 16) return ''
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new PosternError('no-such-path', `${file}: the key cannot be read: ${refusal(code)}.`)
  }
}

/** The folder of results that is meant, which a run has finished. */
function resultsAt(out: string): string {
  const stats = statsOf(out)
  if (stats === 'nothing') throw new PosternError('no-such-path', `${out}: no such file or directory.`)
  if (stats === 'unknown' || !stats.isDirectory()) throw new PosternError('usage', notAFolder(out))
  if (isUnfinished(out))
    throw new PosternError(
      'not-an-assessment',
      `${out}: the run is not finished. Repeat its command, then seal the results.`,
    )
  if (serverFolders(out).length === 0)
    throw new PosternError(
      'not-an-assessment',
      `${out}: no results (coverage.jsonl is missing). Name a folder of results.`,
    )
  return out
}

/** Folders of servers in results, `.` for the one that is a server's own. */
function serverFolders(out: string): string[] {
  const isServer = (name: string): boolean =>
    existsSync(join(out, name, 'coverage.jsonl')) && existsSync(join(out, name, 'run.json'))
  return isServer('.') ? ['.'] : readdirSync(out).filter(isServer).sort()
}

/** What the results of a server say of its evidence. */
function sealedServer(out: string, folder: string): SealedServer {
  const run = join(out, folder, 'run.json')
  const { evidence, arguments: args } = (jsonOrNull(readFileSync(run, 'utf8')) ?? {}) as Record<string, unknown>
  if (!isTexts(evidence) || !isTexts(args))
    throw new PosternError('not-an-assessment', 'The file does not name the assessed evidence.', { file: run })
  const files = filesIn(join(out, folder, 'coverage.jsonl'))
  return { folder, evidence: evidence.map((path) => basename(resolve(path))), masked: args.includes('--mask'), files }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

function filesIn(file: string): SealedFile[] {
  const found: SealedFile[] = []
  for (const [line, value] of readNumberedLines(file)) {
    const one = jsonOrNull(value) as Partial<Record<'type' | 'path' | 'size' | 'sha256', unknown>> | null
    if (one?.type === 'kind') continue
    const { type, path, size, sha256 } = one ?? {}
    const isFile = type === 'file' && typeof path === 'string' && typeof size === 'number'
    if (!isFile || (sha256 !== null && typeof sha256 !== 'string'))
      throw new PosternError('not-an-assessment', 'This line does not describe a file of the evidence.', { file, line })
    found.push({ path, size, sha256: sha256 ?? '' })
  }
  return found
}

function say(line: string): void {
  process.stdout.write(`${visible(line)}\n`)
}
