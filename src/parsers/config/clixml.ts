import { ClixmlEvents } from './clixml-objects.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { ObjectReferences, valueOf } from './powershell-object.ts'
import { readXml } from './xml-reader.ts'

/**
 * Objects that PowerShell serialized: Export-Clixml of any cmdlet, HealthChecker and its data collection. What an object
 * is, its type names say; clixml-events.ts makes events and facts of it.
 * [MS-PSRP] 2.2.5, https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp
 */
export const clixml: Parser = {
  name: 'clixml',
  title: 'Objects exported by PowerShell (CLIXML)',
  product: 'any',
  recognize,
  read,
}

const SCHEMA = 'http://schemas.microsoft.com/powershell/2004/04'

function recognize({ text }: Head): number {
  return /^\s*(?:#< CLIXML\s+)?(?:<\?xml[^>]*>\s*)?<Objs[\s>]/.test(text) && text.includes(SCHEMA) ? 94 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const names = new ObjectReferences()
  const events = new ClixmlEvents(source, sink)
  const parsed = await readXml(source, sink, {
    whole: (_, parents) => parents.length === 1,
    take: (tag) => {
      if (tag.parents.length !== 1) return
      const value = valueOf(tag.element, names.next(), 0)
      events.take(value, tag)
    },
    depth: 512,
    what: 'objects',
  })
  events.finish()
  return parsed
}
