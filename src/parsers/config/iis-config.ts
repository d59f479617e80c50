import type { Event } from '../../model/event.ts'
import { type ConfigEntry, entryOf, isWhole } from './config-sections.ts'
import { InlineCode } from '../powershell/inline-code.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { encryptedAt, isEncryptedSection, sectionFileOf, sectionIn } from './section-files.ts'
import { configEvent, readXml, type Tag } from './xml-reader.ts'

/**
 * applicationHost.config, administration.config and redirection.config: the modules that IIS loads into every worker process (native,
 * `globalModules`) or runs for requests (managed, `modules`), handlers and filters, the sites with the folders that they
 * serve, and what is logged. Copies of earlier states (`inetpub\history\CFGHISTORY_…`) are told apart.
 * https://learn.microsoft.com/iis/configuration/system.webserver/globalmodules/
 * https://learn.microsoft.com/iis/configuration/system.applicationhost/
 */
export const iisConfig: Parser = {
  name: 'iis-config',
  title: 'IIS configuration',
  product: 'windows',
  recognize,
  read,
}

function recognize(head: Head): number {
  const { text } = head
  if (sectionIn(head) === 'server') return 84
  if (!/^\s*</.test(text) || !/<configuration[\s>]/.test(text)) return 0
  if (
    /<system\.applicationHost[\s>]|<globalModules[\s>]|<moduleProviders[\s>]|<configurationRedirection[\s/>]/.test(text)
  )
    return 94
  return /(?:^|[\\/!_-])(?:applicationHost|administration)\.config$/i.test(head.path) ? 90 : 0
}

const HISTORY = /[\\/]CFGHISTORY_\d+[\\/]/i

function read(source: Source, sink: Sink): Promise<number> {
  const historical = HISTORY.test(source.windowsPath ?? source.path)
  const emit = (tag: Pick<Tag, 'raw' | 'offset' | 'length' | 'line'>, { fields, target }: ConfigEntry): void =>
    sink.event(of(configEvent(source, 'iis-config', tag, fields, target), historical))
  const inline = new InlineCode(emit)
  return readXml(source, sink, {
    whole: isWhole,
    take: (tag) => {
      // The defaults of the schema in configSections hold no entries.
      if (tag.parents[1]?.name === 'configSections') return
      if (isEncryptedSection(tag)) sink.gap(encryptedAt(tag))
      const entry = sectionFileOf(tag) ?? entryOf(tag)
      if (entry) emit(tag, entry)
    },
    ...inline.reader,
  })
}

/** An earlier state is quoted, it is not what IIS does now. */
function of(event: Event, historical: boolean): Event {
  return historical ? { ...event, fields: { ...event.fields, Historical: 'true' }, snippet: true } : event
}
