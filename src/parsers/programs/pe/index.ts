import type { Fields } from '../../../model/event.ts'
import { Damage } from '../../common/format-error.ts'
import type { Head, Parser, Sink, Source } from '../../parser.ts'
import { readWhole } from '../../common/lines.ts'
import { assemblyOf } from './clr.ts'
import { exportsForIis } from './exports.ts'
import { Image } from './image.ts'
import { signatureOf } from './signature.ts'
import { versionOf } from './version.ts'

/**
 * Program files: .exe, .dll. What stands in them about themselves becomes fields of the file's own event: version and
 * maker, whose signature they bear, what kind of .NET assembly or IIS module they are. Nothing of it is proof: a forger can
 * write all but the digest in the signature. https://learn.microsoft.com/windows/win32/debug/pe-format
 */
export const pe: Parser = {
  name: 'pe',
  title: 'Program file (.exe, .dll)',
  product: 'windows',
  recognize,
  read,
}

const LARGEST = 64 * 1024 * 1024

function recognize({ bytes }: Head): number {
  if (bytes.length < 0x40 || bytes[0] !== 0x4d || bytes[1] !== 0x5a) return 0
  const at = bytes[0x3c]! | (bytes[0x3d]! << 8) | (bytes[0x3e]! << 16)
  return bytes[at] === 0x50 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0 && bytes[at + 3] === 0 ? 95 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const { data, size } = await readWhole(source, LARGEST)
  // What cannot be read is told; the bytes themselves are hashed and searched like those of any file.
  const told = <T>(take: () => T): T | null => {
    try {
      return take()
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      sink.gap({
        offset: 0,
        length: 0,
        reason: error.reason === 'truncated' ? 'truncated' : 'corrupt',
        detail: error.message,
      })
      return null
    }
  }
  const image = told(() => new Image(data))
  if (!image) return size
  const version = told(() => versionOf(image))
  const signature = told(() => signatureOf(image, size <= LARGEST))
  const assembly = told(() => assemblyOf(image))
  const names = told(() => exportsForIis(image)) ?? []
  sink.about?.({
    Machine: image.machine,
    CompileTime: new Date(image.stamp * 1000).toISOString(),
    IsLibrary: image.library,
    FileVersion: version?.texts.get('FileVersion') ?? version?.file ?? null,
    ProductVersion: version?.product || null,
    ...textFields(version?.texts),
    Signer: signature?.signer ?? null,
    SignatureIssuer: signature?.issuer ?? null,
    SignatureHash: signature?.digest ?? null,
    SignatureChecked: false,
    IsDotNet: image.directories[14] !== undefined && image.directories[14].at !== 0,
    AssemblyName: assembly?.name ?? null,
    AssemblyVersion: assembly?.version ?? null,
    PublicKeyToken: assembly?.token ?? null,
    References: assembly ? assembly.references : null,
    Exports: names.length > 0 ? names : null,
    IisModule: moduleKind(names, assembly),
  })
  buildFact(source, size, version?.product ?? '', sink)
  return size
}

const texts = [
  ['Company', 'CompanyName'],
  ['Product', 'ProductName'],
  ['Description', 'FileDescription'],
  ['OriginalFileName', 'OriginalFilename'],
  ['InternalName', 'InternalName'],
] as const

function textFields(from: ReadonlyMap<string, string> | undefined): Fields {
  return Object.fromEntries(texts.map(([field, key]) => [field, from?.get(key) ?? null]))
}

function moduleKind(names: readonly string[], assembly: { module: boolean; handler: boolean } | null): string | null {
  if (names.includes('RegisterModule')) return 'native'
  if (names.includes('HttpFilterProc')) return 'isapi-filter'
  if (names.includes('HttpExtensionProc')) return 'isapi-extension'
  if (assembly?.module) return 'managed'
  return assembly?.handler ? 'managed-handler' : null
}

/**
 * ExSetup.exe carries the build of the last update; of other files of Exchange only those that the update changed do, so
 * they say the cumulative update and no more.
 */
function buildFact({ path, windowsPath }: Source, size: number, version: string, sink: Sink): void {
  const m = /^15\.(\d{1,2})\.(\d{1,5})\.(\d{1,5})$/.exec(version)
  const name =
    /[\\/]bin[\\/](?:exsetup\.exe|(?:microsoft\.exchange\.(?:data|frontendhttpproxy|httpproxy\.common|store\.worker|clients\.owa2?\.server)\.dll))$/i.exec(
      `/${windowsPath ?? path}`,
    )
  if (!m || !name || m[1]!.length > 1) return
  const source = name[0].slice(5)
  sink.fact({
    fact: 'build',
    build: version,
    precision: /^exsetup\.exe$/i.test(source) ? 'update' : 'cu',
    source,
    from: null,
    to: null,
    host: null,
    at: { path, offset: 0, length: size },
  })
}
