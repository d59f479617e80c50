import { childElement, childElements } from '../../lib/xml.ts'
import { decodeText } from '../../lib/text.ts'
import type { FieldValue } from '../../model/event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readWhole } from '../common/lines.ts'
import { configEvent, readXml, posternSources } from '../config/xml-reader.ts'

/**
 * What ASP.NET leaves of a page that it compiled, below `Temporary ASP.NET Files`: the `.compiled` file that names the
 * page, its assembly and the files that it was made of, and the command line of the compiler. They stay when the page is
 * deleted. https://referencesource.microsoft.com/#System.Web/Compilation/PreservationFileReader.cs
 */
export const compiledPage: Parser = {
  name: 'compiled-page',
  title: 'Compiled ASP.NET page',
  product: 'windows',
  recognize: ({ text }) => (/^\s*(?:<\?xml[^>]*>\s*)?<preserve\s[^>]*\bresultType=/.test(text) ? 93 : 0),
  read: (source, sink) =>
    readXml(source, sink, {
      whole: (element) => element.name === 'preserve',
      take: (tag) => {
        const { element } = tag
        if (element.name !== 'preserve') return
        const has = (name: string): string | null => element.attributes.get(name)?.slice(0, 4096) || null
        const files = childElements(childElement(element, 'filedeps')).flatMap(
          (file) => file.attributes.get('name') ?? [],
        )
        const fields: Record<string, FieldValue> = {
          TargetFilename: source.windowsPath ?? source.path,
          virtualPath: has('virtualPath'),
          ResultType: has('resultType'),
          Assembly: has('assembly'),
          Type: has('type'),
          Hash: has('hash'),
          FileHash: has('filehash'),
          Flags: has('flags'),
          FileDeps: files.length === 0 ? null : files.slice(0, 1000),
        }
        sink.event(configEvent(source, 'aspnet-temp', tag, fields, has('virtualPath') ?? source.path))
      },
      what: 'compiled page',
    }),
}

/** The command line with which a page was compiled (`.cmdline`), and what the compiler said (`.out`). */
export const compilerOutput: Parser = {
  name: 'compiler-output',
  title: 'Command line of the ASP.NET compiler',
  product: 'windows',
  recognize: recognizeCompiler,
  read: readCompiler,
}

function recognizeCompiler({ text, path, windowsPath }: Head): number {
  if (!/\.(?:cmdline|out)$/i.test(windowsPath ?? path)) return 0
  if (/^\s*\/t:(?:library|exe)\b/.test(text)) return 90
  return /^[^\r\n]{0,300}\b(?:csc|vbc|jsc)\.exe"?\s[^\r\n]{0,60}\/t:/i.test(text.trimStart()) ? 90 : 0
}

const LIMIT = 4 * 1024 * 1024

async function readCompiler(source: Source, sink: Sink): Promise<number> {
  const { data, size } = await readWhole(source, LIMIT)
  const text = decodeText(data).trim()
  const [line = '', ...rest] = text.split(/\r\n|\n|\r/)
  const output = rest.join('\n').trim()
  const sources = [...line.matchAll(/"([^"]{1,400}\.(?:cs|vb|js|jsl|cpp))"/gi)].slice(0, 200).map(([, file]) => file!)
  const option = line.search(/\/out:/i)
  const out = option < 0 ? null : (/^"?([^"\r\n]{1,400}?)"?(?:\s\/|$)/.exec(line.slice(option + 5))?.[1] ?? null)
  const fields: Record<string, FieldValue> = {
    TargetFilename: source.windowsPath ?? source.path,
    CommandLine: line.slice(0, 32_768),
    SourceFiles: sources.length === 0 ? null : sources,
    Assembly: out,
    CompilerOutput: output === '' ? null : output.slice(0, 4096),
  }
  const tag = { raw: text.slice(0, 65_536), offset: 0, length: size, line: 1 }
  const event = configEvent(source, 'aspnet-temp', tag, fields, out ?? source.path)
  sink.event({ ...event, sources: posternSources('aspnet-temp') })
  if (size <= LIMIT) return size
  sink.gap({ offset: LIMIT, length: size - LIMIT, reason: 'too-long', detail: 'a command line of more than 4 MiB' })
  return LIMIT
}
