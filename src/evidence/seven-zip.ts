import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { bytePieces, type RandomBytes, standsAt } from '../lib/bytes.ts'
import {
  EvidenceError,
  HEAD_LENGTH,
  type Container,
  type ContainerMember,
  type EvidenceLimits,
  type ListingGap,
  type Missing,
  type Outer,
  type MemberRefusal,
  type SevenZipStep,
} from './container.ts'
import type { SevenZipTask, FromThread } from './seven-zip-thread.ts'
import { shortenName } from './shorten-name.ts'
import { hiddenInRar } from './rar-blocks.ts'
import { noPassword } from './passwords.ts'
import { windowsPathIn } from './windows-paths.ts'

/**
 * Archives and disk images that 7-Zip reads: 7z, RAR, cabinet, WIM, xz, bzip2, VHD, VHDX, QCOW, raw NTFS volumes and
 * disks. The library (7-Zip 24.09 as WebAssembly) runs in a thread of its own; the archive is its only file, read at
 * demand, and what it unpacks comes out as one stream. It has no file system of this machine, is given no name from the
 * evidence, and what it prints is believed only as far as it agrees with itself.
 *
 * Members are packed together (solid), so all are unpacked in their order; a reader goes on where the last ended.
 */
export const sevenZip: Container = {
  name: '7z',
  recognize: (head, size) => formOf(head, size ?? null) !== null,
  list: (bytes: RandomBytes, outer: Outer, limits: EvidenceLimits) => members(bytes, outer, limits),
  contents: (bytes, limits) => contents(bytes as RandomBytes, limits),

  peek: (content: RandomBytes, step: SevenZipStep) =>
    content.read(step.at, Math.min(HEAD_LENGTH, step.size ?? HEAD_LENGTH)),

  async *read(content: RandomBytes, step: SevenZipStep) {
    if (step.size === null) return yield* bytePieces(content, step.at, content.size)
    let got = 0
    for await (const piece of bytePieces(content, step.at, step.at + step.size)) {
      got += piece.length
      yield piece
    }
    // One byte behind each content is there when all is well; else reading it tells why not.
    const whole = await content.read(step.at + got, 1)
    if (got < step.size || whole.length === 0)
      throw new EvidenceError('truncated', `${step.size} bytes stated, ${got} came`)
  },

  at: async () => null,
}

/** `only`: the library is told that it is this and nothing else; a disk image is followed into its only partition. */
type Form = { readonly title: string; readonly only?: string; readonly single?: boolean; readonly least?: number }

const text = (s: string): Buffer => Buffer.from(s, 'latin1')

const forms: readonly (readonly [offset: number, magic: Buffer, form: Form])[] = [
  [0, text('7z\xbc\xaf\x27\x1c'), { title: '7z', only: '7z' }],
  [0, text('Rar!\x1a\x07\0'), { title: 'RAR', only: 'Rar' }],
  [0, text('Rar!\x1a\x07\x01\0'), { title: 'RAR', only: 'Rar5' }],
  [0, text('MSCF\0\0\0\0'), { title: 'cabinet', only: 'Cab' }],
  [0, text('MSWIM\0\0\0'), { title: 'WIM image', only: 'wim' }],
  [0, text('\xfd7zXZ\0'), { title: 'xz', only: 'xz', single: true }],
  ...[...'123456789'].map((level): [number, Buffer, Form] => [
    0,
    text(`BZh${level}1AY&SY`),
    { title: 'bzip2', only: 'bzip2', single: true },
  ]),
  [0, text('vhdxfile'), { title: 'VHDX disk image' }],
  [0, text('conectix'), { title: 'VHD disk image' }],
  [0, text('QFI\xfb'), { title: 'QCOW disk image' }],
  [3, text('NTFS    '), { title: 'NTFS volume', only: 'NTFS', least: 2 ** 20 }],
  [512, text('EFI PART'), { title: 'disk image', least: 2 ** 20 }],
]

function formOf(head: Uint8Array, size: number | null): Form | null {
  const form = forms.find(([at, magic]) => standsAt(head, at, magic))?.[2] ?? null
  // The first sectors of a volume, copied as a file (`$Boot`), are no volume.
  return form !== null && size !== null && size < (form.least ?? 0) ? null : form
}

/** Is this one packed file (xz, bzip2) rather than an archive of many? */
export function isPackedFile(head: Uint8Array): boolean {
  return formOf(head, null)?.single === true
}

async function opened(bytes: RandomBytes): Promise<Form> {
  const form = formOf(await bytes.read(0, HEAD_LENGTH), bytes.size)
  if (form === null) throw new EvidenceError('changed', 'no longer the archive that it was')
  return form
}

// ---------------------------------------------------------------- listing

/** What the library lists of one member. */
type Listed = {
  readonly path: string | null
  readonly folder: boolean
  readonly size: number | null
  readonly modified: number | null
  readonly encrypted: boolean
  readonly attributes: string
  /** Its digest is that of a non-empty file, and its size is 0. */
  readonly isCut: boolean
}

async function* members(
  bytes: RandomBytes,
  outer: Outer,
  limits: EvidenceLimits,
): AsyncGenerator<ContainerMember | ListingGap> {
  const form = await opened(bytes)
  if (form.single)
    return yield {
      step: { in: '7z', index: 0, at: 0, size: null },
      path: outer.path,
      windowsPath: outer.windowsPath?.replace(/\.(?:xz|bz2)$/i, '') ?? null,
      size: null,
      modified: null,
    }
  const { list, failure, password } = await listed(bytes, form, limits)
  const locked =
    list.some((item) => item.encrypted) && (await passwordFor(bytes, form, list, password, limits)) === null
  for (const [index, item] of list.entries()) {
    if (index >= limits.entries) return yield gap(outer, 'bomb', `more than ${limits.entries} members`)
    if (!item.folder) yield inside(item, index, placeIn(list, index), outer, locked, limits)
  }
  // Of an archive without a list nothing was read; with one, each member tells of its own bytes.
  const size = list.length === 0 ? bytes.size : 0
  const hidden = failure === null && isRar(form.only) ? await hiddenInRar(bytes, form.only) : null
  if (failure !== null) yield gap(outer, reasonOf(failure), `${form.title}: ${failure}`, size)
  else if (hidden !== null) yield gap(outer, 'corrupt', `${form.title}: ${hidden}`)
  else if (holdsNoVolume(form, list)) yield gap(outer, 'unsupported', `${form.title}: no volume that can be read in it`)
}

function isRar(only: string | undefined): only is 'Rar' | 'Rar5' {
  return only === 'Rar' || only === 'Rar5'
}

/** Does a disk image show nothing but itself, or partitions of which none is a volume of NTFS? Each file of one has a name. */
function holdsNoVolume({ title }: Form, list: readonly Listed[]): boolean {
  if (!title.endsWith('disk image') || list.length === 0) return false
  return list.every(({ path }) => /^(?:\d{1,3}\.[^/]*)?$/.test(path ?? '') && !/\.ntfs$/i.test(path ?? ''))
}

function gap(outer: Outer, reason: ListingGap['reason'], detail: string, size = 0): ListingGap {
  return { path: outer.path, size, reason, detail }
}

function inside(
  item: Listed,
  index: number,
  at: number,
  outer: Outer,
  locked: boolean,
  limits: EvidenceLimits,
): ContainerMember {
  const name = item.path ?? ''
  // 7-Zip's name for the folder of the files that NTFS keeps for itself, in the root of the drive.
  const windows = name.replace(/^\[SYSTEM\]\//, '[root]/')
  const refused = refusalOf(item, locked, limits)
  return {
    step: { in: '7z', index, at, size: item.size ?? 0 },
    path: outer.prefix + name,
    windowsPath: windowsPathIn(outer, windows),
    size: item.size,
    modified: item.modified,
    ...(refused !== null && { refused }),
  }
}

function refusalOf(item: Listed, locked: boolean, limits: EvidenceLimits): MemberRefusal | null {
  if (/(?:^| )l[r-][w-][xsS-]/.test(item.attributes) || /^\w*L/.test(item.attributes))
    return { reason: 'policy', detail: 'not followed: a link in the archive' }
  if (/(?:^| )[bcps][r-][w-][xsS-]/.test(item.attributes))
    return { reason: 'policy', detail: 'not opened: a device in the archive' }
  if (item.encrypted && locked) return { reason: 'encrypted', detail: noPassword(limits) }
  if (item.isCut) return { reason: 'corrupt', detail: 'its size says that it is empty, and it is not' }
  if (item.size === null) return { reason: 'unsupported', detail: 'the archive does not say how long it is' }
  return null
}

/** Places of all contents one after another, each followed by one byte that says that all is well. */
const places = new WeakMap<readonly Listed[], Float64Array>()

function placeIn(list: readonly Listed[], index: number): number {
  let offsets = places.get(list)
  if (offsets === undefined) {
    offsets = new Float64Array(list.length)
    let at = 0
    for (const [i, item] of list.entries()) {
      offsets[i] = at
      if (!item.folder) at += (item.size ?? 0) + 1
    }
    if (at > Number.MAX_SAFE_INTEGER) throw new EvidenceError('corrupt', 'sizes that no archive can have')
    places.set(list, offsets)
  }
  return offsets[index] ?? 0
}

type Listing = { readonly list: readonly Listed[]; readonly failure: string | null; readonly password: string }

/** The archive's list, with the first password that opens it where the list itself is encrypted. */
async function listed(bytes: RandomBytes, form: Form, limits: EvidenceLimits): Promise<Listing> {
  const before = await listings.get(bytes)
  if (before !== undefined && before.list.length <= limits.entries) return before
  const now = listNow(bytes, form, limits)
  listings.set(bytes, now)
  return await now
}

/** What was listed of archives that are still open. */
const listings = new WeakMap<RandomBytes, Promise<Listing>>()

async function listNow(bytes: RandomBytes, form: Form, limits: EvidenceLimits): Promise<Listing> {
  let tried: Listing | null = null
  for (const password of ['', ...limits.passwords]) {
    const lister = new Lister()
    let failed: string | null = null
    for await (const said of run(bytes, listArguments(form), password)) {
      lister.line(said.print ?? '')
      if (said.failed !== undefined) failed = said.failed
      // One more shows that there are more.
      if (lister.list.length > limits.entries) break
    }
    lister.line('')
    const failure = failureIn(lister.besides) ?? failed
    tried = { list: lister.list, failure, password }
    if (failure === null || !/password|encrypted/i.test(failure + lister.besides)) return tried
  }
  throw new EvidenceError('encrypted', noPassword(limits))
}

/** What the library says of the archive as a whole: `ERROR: /a : …`, and below `ERRORS:` the kinds of damage. */
function failureIn(said: string): string | null {
  const open = /^ERROR: \/a : ([^/\n].*)$|^Open ERROR: (.+)$/m.exec(said)
  const kinds = /^(?:ERRORS|WARNINGS):\n((?:[A-Z].+\n)+)/m.exec(said)?.[1]?.trim().replaceAll('\n', ', ')
  const all = [open?.[1] ?? open?.[2], kinds].filter((part) => part !== undefined)
  return all.length > 0 ? all.join(': ') : null
}

function listArguments(form: Form): string[] {
  return ['l', '-slt', '-ba', '-bd', '-slmu', '-sns', ...(form.only === undefined ? [] : [`-t${form.only}`])]
}

/**
 * The blocks `Name = value` of the list, read line by line as they come: a small archive may have a list of gigabytes. Control
 * characters in names were replaced by the library.
 */
class Lister {
  readonly list: Listed[] = []
  /** What is said besides, as much of it as tells something. */
  besides = ''
  #values = new Map<string, string>()

  line(printed: string): void {
    const text = printed.replace(/\n$/, '')
    if (text === '') return this.#end()
    const mark = text.indexOf(' = ')
    if (mark > 0) this.#value(text.slice(0, mark), text.slice(mark + 3))
    else if (text.endsWith(' =')) this.#value(text.slice(0, -2), '')
    else if (this.besides.length < BESIDES) this.besides += `${text}\n`
  }

  #value(name: string, value: string): void {
    if (this.#values.size < FIELDS && !this.#values.has(name)) this.#values.set(name, shortenName(value))
  }

  #end(): void {
    const values = this.#values
    this.#values = new Map()
    if (!values.has('Size')) return
    const attributes = values.get('Attributes') ?? ''
    const size = values.get('Size') ?? ''
    this.list.push({
      path: values.get('Path') ?? null,
      folder: values.get('Folder') === '+' || /^\w*D/.test(attributes),
      size: /^\d{1,15}$/.test(size) ? Number(size) : null,
      modified: timeOf(values.get('Modified') ?? ''),
      encrypted: values.get('Encrypted') === '+',
      attributes,
      isCut: size === '0' && isOfSomething(values.get('SHA-1')),
    })
  }
}

/** Is it the SHA-1 of a content, and not of nothing? */
function isOfSomething(digest = ''): boolean {
  return /^[0-9a-f]{40}$/i.test(digest) && !/^(?:0{40}|da39a3ee5e6b4b0d3255bfef95601890afd80709)$/i.test(digest)
}

/** Characters of what is said besides a list, and values of one member. */
const BESIDES = 64 * 1024
const FIELDS = 64

/** `2021-03-03 10:00:00.1234567Z`; without the Z it is local time of an unknown zone, read as UTC. */
function timeOf(value: string): number | null {
  const m = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?/.exec(value)
  if (m === null) return null
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return Date.UTC(year, month - 1, day, hour, minute, second, Number((m[7] ?? '0').padEnd(3, '0')))
}

// ---------------------------------------------------------------- unpacking

/** The contents of all members, in the order of the list. */
async function* contents(bytes: RandomBytes, limits: EvidenceLimits): AsyncGenerator<Uint8Array | Missing> {
  const form = await opened(bytes)
  if (form.single) return yield* onlyContent(bytes, form, limits)
  const { list, password } = await listed(bytes, form, limits)
  const opens = list.some((item) => item.encrypted) ? await passwordFor(bytes, form, list, password, limits) : password
  yield* unpacked(bytes, form, list, opens ?? '', limits)
}

/** Data of a stream of unknown length; ends with what went wrong, if anything. */
async function* onlyContent(bytes: RandomBytes, form: Form, limits: EvidenceLimits): AsyncGenerator<Uint8Array> {
  let out = 0
  let wrong: string | null = null
  for await (const { data, print, failed } of run(bytes, unpackArguments(form), '')) {
    if (data !== undefined) {
      checkGrowth((out += data.length), bytes.size, limits)
      yield data
    }
    wrong ??= failed ?? errorIn(print)
  }
  if (wrong !== null) throw new EvidenceError(reasonOf(wrong), `${form.title}: ${wrong}`)
}

async function* unpacked(
  bytes: RandomBytes,
  form: Form,
  list: readonly Listed[],
  password: string,
  limits: EvidenceLimits,
): AsyncGenerator<Uint8Array | Missing> {
  let [index, got, out] = [-1, 0, 0]
  let wrong: string | null = null
  /** What is still owed of the member that was begun, and of those that were passed over. */
  const settle = function* (next: number): Generator<Uint8Array | Missing> {
    for (; index < next; index++, got = 0, wrong = null) {
      const item = list[index]
      if (item === undefined || item.folder) continue
      const left = (item.size ?? 0) - got
      if (left === 0 && wrong === null) yield ok
      else yield { missing: left + 1, ...whyOf(wrong, item.size ?? 0, got) }
    }
  }
  for await (const { data, print, failed } of run(bytes, unpackArguments(form), password)) {
    if (failed !== undefined) wrong = failed
    if (data !== undefined) {
      checkGrowth((out += data.length), bytes.size, limits)
      const item = list[index]
      const wanted = item === undefined || item.folder ? 0 : (item.size ?? 0) - got
      if (data.length > wanted && item?.size !== null) wrong ??= 'more bytes came than are stated'
      if (wanted > 0) yield data.subarray(0, wanted)
      got += Math.min(data.length, wanted)
    }
    if (print === undefined) continue
    const name = /^[-T.] (.+)$/s.exec(print.replace(/\n$/, ''))?.[1]
    const next = name === undefined ? -1 : indexOf(list, index + 1, name)
    if (next >= 0) yield* settle(next)
    else wrong ??= errorIn(print)
  }
  yield* settle(list.length)
}

const ok = Buffer.of(1)

/** The member that is begun: the next of that name; the library skips none but folders, and names these with `/`. */
function indexOf(list: readonly Listed[], from: number, name: string): number {
  const short = shortenName(name)
  const ofFolder = name.endsWith('/') ? shortenName(name.slice(0, -1)) : null
  for (let i = from; i < Math.min(list.length, from + 1000); i++) {
    const item = list[i]!
    if (item.path === short || (item.folder && item.path === ofFolder)) return i
    if (!item.folder) return -1
  }
  return -1
}

function whyOf(wrong: string | null, size: number, got: number): Pick<Missing, 'reason' | 'detail'> {
  return wrong === null
    ? { reason: 'corrupt', detail: `${size} bytes stated, ${got} came` }
    : { reason: reasonOf(wrong), detail: wrong }
}

/** An archive may not grow beyond measure as a whole: a solid one has no packed size for each member. */
function checkGrowth(out: number, packed: number, limits: EvidenceLimits): void {
  if (out > limits.free && out > packed * limits.ratio)
    throw new EvidenceError('bomb', `grew to more than ${limits.ratio} times its ${packed} packed bytes`)
}

function unpackArguments(form: Form): string[] {
  // To standard output; the name of each member is printed before its content, on standard error.
  return ['x', '-so', '-bb3', '-bso2', '-bd', ...(form.only === undefined ? [] : [`-t${form.only}`])]
}

/** `ERROR: Data Error : name`: without the name. */
function errorIn(print: string | undefined): string | null {
  return /^ERROR: ([^:\n]+)/m.exec(print ?? '')?.[1]?.trim() ?? null
}

function reasonOf(wrong: string): Missing['reason'] {
  if (/password|encrypted/i.test(wrong)) return 'encrypted'
  if (/unsupported|not implemented|not installed/i.test(wrong)) return 'unsupported'
  if (/unexpected end|missing volume/i.test(wrong)) return 'truncated'
  if (/memory/i.test(wrong)) return 'memory'
  return 'corrupt'
}

/** The password that opens the first encrypted member; null when none does. */
async function passwordFor(
  bytes: RandomBytes,
  form: Form,
  list: readonly Listed[],
  known: string,
  limits: EvidenceLimits,
): Promise<string | null> {
  const first = list.findIndex((item) => item.encrypted && !item.folder && item.size !== 0)
  if (first < 0 || known !== '') return known
  for (const password of limits.passwords) if (await opens(bytes, form, list, first, password, limits)) return password
  return null
}

async function opens(
  bytes: RandomBytes,
  form: Form,
  list: readonly Listed[],
  first: number,
  password: string,
  limits: EvidenceLimits,
): Promise<boolean> {
  const [from, size] = [placeIn(list, first), list[first]!.size ?? 0]
  let at = 0
  for await (const piece of unpacked(bytes, form, list, password, limits)) {
    const length = 'missing' in piece ? piece.missing : piece.length
    if (at + length > from && 'missing' in piece) return piece.reason !== 'encrypted'
    at += length
    if (at > from + size) return true
  }
  return false
}

// ---------------------------------------------------------------- the library

/** One thing that the library did: printed a line, gave data, or failed as a whole. */
type Said = { readonly print?: string; readonly data?: Uint8Array; readonly failed?: string }

const buffer = 1 << 20

/** Threads of the library that wait for work. To start one costs as much as many small archives. */
const idle: Worker[] = []
/** Maximum number of waiting threads: as many as list archives at a time. */
const WAITING = 4

const script = new URL(
  import.meta.url.endsWith('.ts') ? './seven-zip-thread.ts' : './seven-zip-thread.js',
  import.meta.url,
)

/** A thread that has come to the end of its work waits for more, and does not keep the process from ending. */
async function leaveThread(worker: Worker, isDone: boolean): Promise<void> {
  for (const name of ['message', 'error', 'exit']) worker.removeAllListeners(name)
  const gone = (): void => {
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
  }
  worker.on('error', gone).on('exit', gone)
  worker.unref()
  if (isDone && idle.length < WAITING) idle.push(worker)
  else await worker.terminate()
}

/**
 * Runs the library on an archive. It pauses while its output is not taken, and is ended when the reader ends early.
 */
async function* run(bytes: RandomBytes, args: readonly string[], password: string): AsyncGenerator<Said> {
  const shared = new SharedArrayBuffer(16 + Math.min(buffer, Math.max(1, bytes.size)))
  const control = new Int32Array(shared, 0, 4)
  const window = new Uint8Array(shared, 16)
  const errand: SevenZipTask = { args: [...args, `-p${password}`, '/a'], size: bytes.size, shared }
  const worker = idle.pop() ?? new Worker(script, { stdin: false, stdout: true, stderr: true, env: {} })
  let queue: FromThread[] = []
  let crash: unknown = null
  let isDone = false
  let wake = (): void => {}
  for (const name of ['error', 'exit']) worker.removeAllListeners(name)
  worker.on('message', (message: FromThread) => {
    queue.push(message)
    wake()
  })
  worker.on('error', (error) => {
    crash = error
    wake()
  })
  worker.on('exit', () => {
    crash ??= new Error('the thread of 7-Zip ended')
    wake()
  })
  let trouble: unknown = null
  const answer = async ([offset, length]: readonly [number, number]): Promise<void> => {
    const data = await bytes.read(offset, length).catch((error: unknown) => {
      trouble = error
      return null
    })
    window.set(data ?? [])
    Atomics.store(control, 1, data === null ? -1 : data.length)
    Atomics.store(control, 0, 1)
    Atomics.notify(control, 0)
  }
  const taken = (): void => {
    Atomics.add(control, 2, 1)
    Atomics.notify(control, 2)
  }
  let isTaking = false
  try {
    worker.postMessage(errand)
    for (;;) {
      const message = queue.shift()
      if (message === undefined) {
        if (crash !== null) throw crash
        worker.ref()
        await new Promise<void>((resolve) => (wake = resolve))
        worker.unref()
      } else if ('done' in message) break
      else if ('want' in message) await answer(message.want)
      else {
        isTaking = true
        if ('failed' in message) yield message
        else for (const item of message.said) yield typeof item === 'string' ? { print: item } : { data: item }
        isTaking = false
        taken()
      }
    }
    isDone = true
    if (trouble !== null) throw trouble
  } finally {
    if (isTaking) taken()
    // Who has what it wanted of a small archive lets the library come to its end: the thread is there for the next.
    for (let left = AWAITED; !isDone && crash === null && left > 0; ) {
      const message = queue.shift()
      if (message === undefined) {
        left -= AWAITED / 16
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), delay(50)])
      } else if ('done' in message) isDone = true
      else if ('want' in message) await answer(message.want)
      else {
        if ('said' in message) for (const { length } of message.said) left -= length
        taken()
      }
    }
    await leaveThread(worker, isDone)
  }
}

/** Maximum number of bytes discarded of a library that comes to its end. */
const AWAITED = 2 ** 20
