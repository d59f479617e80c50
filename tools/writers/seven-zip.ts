import { readFileSync } from 'node:fs'
import SevenZip from '7z-wasm'
import type { SevenZipModuleFactory } from '7z-wasm'
import { Instance, Module } from '../../src/prefilter/wasm.ts'

type Options = {
  readonly form?: string
  readonly password?: string
  /** Encrypt the names too. */
  readonly names?: boolean
  readonly solid?: boolean
}

/** To compile the library costs many times what an instance of it costs. */
let module: InstanceType<typeof Module> | null = null

/** An archive of these files, made in memory by the library that reads it. */
export async function packed(
  files: Readonly<Record<string, string | Buffer>>,
  { form = '7z', password, names = false, solid = true }: Options = {},
): Promise<Buffer> {
  const library = await (SevenZip as unknown as SevenZipModuleFactory)({
    print: () => {},
    printErr: () => {},
    instantiateWasm(imports: object, taken: (instance: unknown) => void) {
      module ??= new Module(readFileSync(new URL('7zz.wasm', import.meta.resolve('7z-wasm'))))
      const instance = new Instance(module, imports)
      taken(instance)
      return instance.exports
    },
  } as object)
  const { FS } = library
  FS.mkdir('/w')
  FS.chdir('/w')
  const folders = new Set<string>()
  for (const [path, content] of Object.entries(files)) {
    for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      if (!folders.has(path.slice(0, end))) FS.mkdir(path.slice(0, end))
      folders.add(path.slice(0, end))
    }
    const stream = FS.open(path, 'w+')
    const bytes = Buffer.from(content as string)
    FS.write(stream, bytes, 0, bytes.length)
    FS.close(stream)
    const time = Date.UTC(2021, 2, 2, 8, 1)
    FS.utime(path, time, time)
  }
  const flags = [
    ...(password === undefined ? [] : [`-p${password}`, ...(names ? ['-mhe=on'] : [])]),
    ...(form === '7z' && !solid ? ['-ms=off'] : []),
  ]
  const single = form === 'xz' || form === 'bzip2'
  library.callMain(['a', `-t${form}`, '-bd', ...flags, '/out.bin', single ? `./${Object.keys(files)[0]}` : '.'])
  return Buffer.from(FS.readFile('/out.bin') as unknown as Uint8Array)
}
