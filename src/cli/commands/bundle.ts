import { counted } from '../../lib/amounts.ts'
import { randomUUID, generateKeyPairSync } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  type Metadata,
  readRoot,
  type Role,
  type Root,
  roles,
  type Trusted,
  type Verified,
  verifyBundle,
} from '../../knowledge/bundle/verify.ts'
import { metadataBytes, makeBundle, nextRoot, type Signer, signerOf } from '../../knowledge/bundle/sign.ts'
import { installedBundle, stateFile, stateText } from '../../knowledge/bundle/installed.ts'
import { PosternError, refusal } from '../../lib/errors.ts'
import { isoTime } from '../../lib/time.ts'
import { visible } from '../../lib/terminal.ts'
import type { Bundle } from '../../model/assessment.ts'
import { loadKnowledge, packFolders, sharedPackFiles } from '../../knowledge/load-packs.ts'
import { sharedSamples } from '../../run/pack-samples.ts'
import { checkRules } from '../../run/rule-check.ts'
import { type Parsed, textArgument, texts } from '../arguments.ts'
import { knowledgeFolder, packsFolder } from '../paths.ts'
import { cannotWrite, makeFolder, statsOf, writeNew } from '../write-output.ts'

/** `postern packs keys FOLDER`: the keys of all roles and the first root, or the next one, signed by the keys before. */
export function makeKeys(folder: string, values: Parsed['values']): number {
  const expires = expiryOf(textArgument(values.expires))
  const threshold = countOf(textArgument(values.threshold) ?? '2', '--threshold')
  makeFolder(folder)
  const chain = rootsIn(folder)
  const old = signersIn(folder)
  const made = (role: Role, n: number): Signer[] => Array.from({ length: n }, () => newKey(folder, role))
  const keys = {
    root: made('root', threshold + 1),
    timestamp: made('timestamp', 1),
    snapshot: made('snapshot', 1),
    targets: made('targets', 1),
  }
  const before = chain.at(-1) ?? null
  const root = nextRoot(before, keys, threshold, expires, old)
  const owned =
    before === null ? 0 : root.signatures.filter((s) => before.signed.roles.root.keyids.includes(s.keyid)).length
  if (before !== null && owned < before.signed.roles.root.threshold)
    throw new PosternError(
      'usage',
      `${folder} contains ${owned} keys of the previous root. The next root needs ${before.signed.roles.root.threshold}.`,
    )
  const file = join(folder, `${root.signed.version}.root.json`)
  writeNew(file, metadataBytes(root).toString('utf8'))
  say(
    `${file}: root ${root.signed.version}, good until ${expires}; ${threshold} of ${threshold + 1} keys sign the next one.`,
  )
  say(
    'Give it to those who install bundles, by a way that you trust. Keep the root keys apart from each other, and off line.',
  )
  return 0
}

/** `postern packs bundle FILE`: packs and tables, signed, in one file. */
export async function bundlePacks(file: string, values: Parsed['values']): Promise<number> {
  const keys = wanted(values, 'keys')
  const version = countOf(wanted(values, 'version'), '--version')
  const expires = expiryOf(wanted(values, 'expires'))
  const packs = texts(values.packs).length > 0 ? texts(values.packs) : [packsFolder]
  const { broken } = await loadKnowledge({ packs, rules: [], iocs: [] }, undefined, { check: checkRules })
  const [bad] = broken.filter(({ reason }) => reason === 'broken')
  if (bad) throw new PosternError('bad-pack', `${bad.detail} Fix the pack, then sign it.`, { file: bad.file })
  const roots = rootsIn(keys)
  if (roots.length === 0) throw new PosternError('usage', `${keys}: no root key. Create keys with postern packs keys.`)
  const files = new Map<string, Uint8Array>()
  const folders = packs.flatMap(packFolders)
  for (const folder of folders) add(files, folder, `packs/${basename(folder)}`)
  const shared = new Set(folders.flatMap(sharedPackFiles).filter((path) => existsSync(path)))
  for (const [name, paths] of Map.groupBy(shared, (path) => basename(path))) {
    if (paths.length > 1)
      throw new PosternError(
        'usage',
        `The packs have several ${name} folders: ${paths.join(' and ')}. Packs of a bundle share one.`,
      )
    files.set(`packs/shared/${name}`, readFileSync(paths[0]!))
  }
  for (const samples of new Set(folders.map(sharedSamples)))
    if (existsSync(samples)) add(files, samples, 'packs/shared/samples')
  for (const name of tablesIn(knowledgeFolder))
    files.set(`knowledge/${name}`, readFileSync(join(knowledgeFolder, name)))
  const contents = { roots, version, expires, files, signers: signersIn(keys) }
  writeNew(file, makeBundle(contents))
  say(`${file}: version ${version}, ${counted(files.size, 'file')}, good until ${expires}.`)
  return 0
}

/** `postern packs verify FILE`, and `install`, which also puts it where `--packs` finds it. */
export async function takeBundle(what: 'verify' | 'install', file: string, values: Parsed['values']): Promise<number> {
  const into = textArgument(values.into)
  if (what === 'install' && into === undefined)
    throw new PosternError('usage', '--into is missing. Usage: postern packs install FILE --into FOLDER')
  const before = into === undefined ? null : installedBundle(into)
  const trusted = before?.trusted ?? trustedRoot(textArgument(values.root))
  if (into !== undefined && before === null && statsOf(into) !== 'nothing' && readdirSync(into).length > 0)
    throw new PosternError(
      'out-not-empty',
      `${into} is not empty and contains no bundle. Choose another folder with --into.`,
    )
  const verified = verifyBundle(read(file), trusted, Date.now())
  const { versions } = verified.trusted
  say(
    `${file}: version ${versions.targets}, ${counted(verified.files.size, 'file')}, good until ${verified.expires}, signed by root ${verified.trusted.root.signed.version}.`,
  )
  if (what === 'verify') return 0
  if (verified.isSame && before !== null) {
    say(`It is installed in ${into} already.`)
    return 0
  }
  await install(into!, verified)
  say(`Installed. Use it with: postern assess EVIDENCE --packs ${into}`)
  return 0
}

/** Writes the files beside what is installed, sees that they load, and only then lets the state name them. */
async function install(into: string, { files, trusted, expires, sha256 }: Verified): Promise<void> {
  const content = `bundle-${trusted.versions.targets}-${sha256.slice(0, 12)}`
  const bundle: Bundle = { version: trusted.versions.targets, expires, sha256 }
  makeFolder(into)
  const place = join(into, content)
  const staged = join(into, `.new-${randomUUID()}`)
  try {
    for (const [path, bytes] of files) {
      const to = join(staged, ...path.split('/'))
      mkdirSync(dirname(to), { recursive: true })
      writeFileSync(to, bytes, { flag: 'wx' })
    }
    await loadKnowledge({ packs: [join(staged, 'packs')], rules: [], iocs: [] }, undefined, { check: checkRules })
    if (existsSync(place)) rmSync(place, { recursive: true })
    renameSync(staged, place)
    const next = join(into, `.state-${randomUUID()}`)
    writeFileSync(next, stateText(content, bundle, trusted), { flag: 'wx' })
    const handle = openSync(next, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    renameSync(next, join(into, stateFile))
  } catch (error) {
    rmSync(staged, { recursive: true, force: true })
    throw cannotWrite(into, error)
  }
  for (const name of readdirSync(into))
    if (/^bundle-\d+-[0-9a-f]{12}$/.test(name) && name !== content) rmSync(join(into, name), { recursive: true })
}

/** Tables that a run needs, wherever they come from. */
export function tablesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
}

/** The bundle among the folders of packs, whose tables then hold; null where there is none. */
export function bundleAmong(packs: readonly string[]): { readonly knowledge: string; readonly bundle: Bundle } | null {
  const found = packs.flatMap((folder) => installedBundle(folder) ?? [])
  if (found.length > 1) throw new PosternError('usage', 'Several pack folders contain a bundle. Name one of them.')
  const [one] = found
  if (one === undefined) return null
  const knowledge = join(one.content, 'knowledge')
  const lacks = tablesIn(knowledgeFolder).find((name) => !existsSync(join(knowledge, name)))
  if (lacks !== undefined)
    throw new PosternError(
      'bad-bundle',
      `The installed bundle contains no ${lacks}, which this version of Postern requires. Install a newer bundle.`,
    )
  return { knowledge, bundle: one.bundle }
}

/** What is said of a bundle whose time is over: it still works, and may be older than what there is. */
export function staleness({ version, expires }: Bundle, now: number): string | null {
  return isoTime(expires)! > now
    ? null
    : `The installed bundle ${version} was good until ${expires}: there may be a newer one, with rules that this one lacks.`
}

// ---------------------------------------------------------------- pieces

function trustedRoot(file: string | undefined): Trusted {
  if (file === undefined)
    throw new PosternError('usage', 'No bundle is installed there yet. Name the trusted root with --root ROOT.json.')
  return { root: readRoot(read(file)), versions: { timestamp: 0, snapshot: 0, targets: 0 }, timestamp: null }
}

function add(files: Map<string, Uint8Array>, folder: string, name: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) add(files, join(folder, entry.name), `${name}/${entry.name}`)
    else if (entry.isFile()) files.set(`${name}/${entry.name}`, readFileSync(join(folder, entry.name)))
  }
}

function newKey(folder: string, role: Role): Signer {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const signer = signerOf(pem)
  try {
    writeFileSync(join(folder, `${role}-${signer.id.slice(0, 12)}.pem`), pem, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw cannotWrite(folder, error)
  }
  return signer
}

function signersIn(folder: string): Signer[] {
  const isKey = (name: string): boolean => name.endsWith('.pem') && roles.some((role) => name.startsWith(`${role}-`))
  return readdirSync(folder)
    .filter(isKey)
    .sort()
    .map((name) => signerOf(readFileSync(join(folder, name), 'utf8')))
}

/** The chain of roots in a folder, from the first on. */
function rootsIn(folder: string): Metadata<Root>[] {
  const chain: Metadata<Root>[] = []
  for (;;) {
    const file = join(folder, `${chain.length + 1}.root.json`)
    if (!existsSync(file)) return chain
    chain.push(readRoot(read(file)))
  }
}

function read(file: string): Buffer {
  try {
    if (statSync(file).size > 256 << 20)
      throw new PosternError('bad-bundle', 'The bundle is refused. It is larger than 256 MiB.', { file })
    return readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof PosternError || code === undefined) throw error
    throw new PosternError('no-such-path', `${file} cannot be read: ${refusal(code)}.`)
  }
}

function wanted(values: Parsed['values'], name: string): string {
  const value = textArgument(values[name])
  if (value === undefined) throw new PosternError('usage', `--${name} is missing. Add it.`)
  return value
}

function expiryOf(value: string | undefined): string {
  if (value === undefined) throw new PosternError('usage', '--expires is missing. Expected a day such as 2027-01-31.')
  const time = /^\d{4}-\d\d-\d\d$/.test(value) ? isoTime(`${value}T00:00:00Z`) : null
  if (time === null)
    throw new PosternError('usage', `Invalid value '${value}' for --expires. Expected a day such as 2027-01-31.`)
  return `${value}T00:00:00Z`
}

function countOf(value: string, option: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value))
    throw new PosternError('usage', `Invalid value '${value}' for ${option}. Expected a number of at least 1.`)
  return Number(value)
}

function say(line: string): void {
  process.stdout.write(`${visible(line)}\n`)
}
