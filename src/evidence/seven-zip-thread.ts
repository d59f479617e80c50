import { constants, readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { SevenZipModuleFactory } from '7z-wasm'

// The library asks Node for the flags of files in a way that is denied to a process that may not write.
Object.assign(process, { binding: () => ({ fs: constants }) })

// The thread in which 7-Zip runs, for `seven-zip.ts`: one archive after another, each with an instance of the library of its
// own, so that what a hostile archive does to one reaches no other. The code is compiled once. The library's file system is
// in memory and holds one file, `/a`, whose bytes are asked of the other side. Standard output and error go there too.

/** One thing that the library is to do. */
export type SevenZipTask = {
  readonly args: readonly string[]
  readonly size: number
  /** [an answer is there, its length or -1, messages taken, –], then the bytes of the answer. */
  readonly shared: SharedArrayBuffer
}
export type FromThread =
  | { readonly want: readonly [offset: number, length: number] }
  /** Lines of text that were printed, and data, in their order. */
  | { readonly said: readonly (string | Uint8Array)[] }
  | { readonly failed: string }
  /** The library has come to its end. */
  | { readonly done: true }

/** As much as this module uses of Emscripten's file system; the library's own types are of an older one. */
type FileSystem = {
  readonly root: Node
  readonly streams: Stream[]
  createNode(parent: Node, name: string, mode: number, device: number): Node
  readonly ErrnoError: new (errno: number) => Error
}
type Node = { id: number; mode: number; contents: Record<string, Node>; node_ops: object; stream_ops: object }
type Stream = { position: number; stream_ops: object }

// The types of Node do not name it (https://webassembly.github.io/spec/js-api/).
type Module = object
type Instance = { readonly exports: object }
type WebAssemblyApi = {
  readonly Module: new (code: Uint8Array) => Module
  readonly Instance: new (module: Module, imports: object) => Instance
}
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }

let size = 0
let control = new Int32Array(new SharedArrayBuffer(16))
let window = new Uint8Array(new SharedArrayBuffer(0))
let isListing = false

let posted = 0
let said: (string | Uint8Array)[] = []
let saidBytes = 0
let line = ''
let held = { at: 0, data: new Uint8Array(0) }

const start = await factory()
const code = start === null ? null : compiled()

parentPort!.on('message', (errand: SevenZipTask) => void carryOut(errand))

async function carryOut(errand: SevenZipTask): Promise<void> {
  size = errand.size
  control = new Int32Array(errand.shared, 0, 4)
  window = new Uint8Array(errand.shared, 16)
  isListing = errand.args[0] === 'l'
  posted = saidBytes = 0
  said = []
  line = ''
  held = { at: 0, data: new Uint8Array(0) }
  if (start === null || code === null) post({ failed: 'the package 7z-wasm is not installed' })
  else await runLibrary(start, code, errand.args)
  parentPort!.postMessage({ done: true } satisfies FromThread)
}

async function runLibrary(begin: SevenZipModuleFactory, module: Module, args: readonly string[]): Promise<void> {
  try {
    const library = await begin({
      stdin: () => null as unknown as number,
      instantiateWasm(imports: object, taken: (instance: Instance) => void) {
        const instance = new WebAssembly.Instance(module, imports)
        taken(instance)
        return instance.exports
      },
    } as object)
    const files = library.FS as unknown as FileSystem
    mountArchive(files)
    captureOutput(files)
    const status: unknown = library.callMain([...args])
    if (line !== '') say(line)
    line = ''
    flush()
    if (isListing && typeof status === 'number' && status >= FAILED) post({ failed: UNSAID })
  } catch (error) {
    // What hostile bytes do to the library ends the library, not the run.
    if (line !== '') say(line)
    flush()
    post({ failed: `7-Zip failed (${error instanceof Error ? error.message.slice(0, 200) : 'an error of its own'})` })
  }
}

/** The status with which the library ends when an archive is damaged. Which of its parts, it does not always say. */
const FAILED = 2
const UNSAID = 'damaged: what it lists may not be all that it holds'

/** The library, if it is installed: Postern does without it, and then cannot open these archives. */
async function factory(): Promise<SevenZipModuleFactory | null> {
  try {
    return (await import('7z-wasm')).default as unknown as SevenZipModuleFactory
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    return null
  }
}

/** To compile the library costs many times what an instance of it costs. */
function compiled(): Module {
  return new WebAssembly.Module(readFileSync(new URL('7zz.wasm', import.meta.resolve('7z-wasm'))))
}

// ---------------------------------------------------------------- output

function captureOutput(files: FileSystem): void {
  const decoder = new TextDecoder()
  const [out, err] = [files.streams[1]!, files.streams[2]!]
  const write = (data: boolean) => (_: Stream, from: Int8Array, offset: number, length: number) => {
    const bytes = new Uint8Array(from.buffer, from.byteOffset + offset, length).slice()
    if (data) say(bytes)
    else print(decoder.decode(bytes, { stream: true }))
    return length
  }
  out.stream_ops = { ...out.stream_ops, write: write(!isListing) }
  err.stream_ops = { ...err.stream_ops, write: write(false) }
}

function print(text: string): void {
  line += text
  for (let end = line.indexOf('\n'); end >= 0; end = line.indexOf('\n')) {
    say(line.slice(0, end + 1))
    line = line.slice(end + 1)
  }
}

function say(item: string | Uint8Array): void {
  if (item.length === 0) return
  said.push(item)
  saidBytes += item.length + 16
  if (saidBytes >= 1 << 20) flush()
}

/** Hands over what was said. A few messages may be under way; then it waits until they are taken. */
function flush(): void {
  if (said.length === 0) return
  const message = { said }
  said = []
  saidBytes = 0
  post(message)
  for (let taken = Atomics.load(control, 2); posted - taken >= 4; taken = Atomics.load(control, 2))
    Atomics.wait(control, 2, taken)
}

function post(message: FromThread): void {
  posted++
  parentPort!.postMessage(message)
}

// ---------------------------------------------------------------- the archive

/** Makes `/a`, which can be read and nothing else. */
function mountArchive(files: FileSystem): void {
  const time = new Date(0)
  const node = files.createNode(files.root, 'a', 0o100444, 0)
  node.node_ops = {
    getattr: () => ({
      dev: 1,
      ino: node.id,
      mode: node.mode,
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size,
      atime: time,
      mtime: time,
      ctime: time,
      blksize: 4096,
      blocks: Math.ceil(size / 512),
    }),
    setattr: () => undefined,
  }
  node.stream_ops = {
    llseek(stream: Stream, offset: number, whence: number): number {
      const position = offset + (whence === 1 ? stream.position : whence === 2 ? size : 0)
      if (position < 0) throw new files.ErrnoError(28) // EINVAL
      return position
    },
    read(_: Stream, to: Int8Array, offset: number, length: number, position: number): number {
      const got = read(new Uint8Array(to.buffer, to.byteOffset + offset, length), position)
      if (got < 0) throw new files.ErrnoError(29) // EIO
      return got
    },
  }
  files.root.contents['a'] = node
}

/** Fills `to` with the archive's bytes at `position`, fewer at its end; -1 when they cannot be read. */
function read(to: Uint8Array, position: number): number {
  let got = 0
  while (got < to.length && position + got < size) {
    const at = position + got
    if (at < held.at || at >= held.at + held.data.length) {
      const data = asked(at)
      if (data === null) return -1
      held = { at, data }
    }
    const part = held.data.subarray(at - held.at, at - held.at + to.length - got)
    if (part.length === 0) break
    to.set(part, got)
    got += part.length
  }
  return got
}

/** Asks the other side, and waits. */
function asked(at: number): Uint8Array<ArrayBuffer> | null {
  parentPort!.postMessage({ want: [at, Math.min(window.length, size - at)] } satisfies FromThread)
  Atomics.wait(control, 0, 0)
  Atomics.store(control, 0, 0)
  const length = Atomics.load(control, 1)
  return length < 0 ? null : window.slice(0, length)
}
