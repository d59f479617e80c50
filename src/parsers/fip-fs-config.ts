import { textOf } from '../lib/xml.ts'
import type { Head, Parser, Sink, Source } from './parser.ts'
import { configEvent, readXml } from './xml-config.ts'

/**
 * Configuration.xml of the malware filter (FIP-FS): by which module text is taken out of which kind of file. `|NO` behind a
 * module or a kind of file is the override that brings Oracle Outside In back, which the updates since March 2024 switch
 * off (ADV24199947). https://microsoft.github.io/CSS-Exchange/Security/ConfigureFipFsTextExtractionOverrides/
 */
export const fipFsConfig: Parser = {
  name: 'fip-fs-config',
  title: 'Configuration of the malware filter (FIP-FS)',
  product: 'exchange',
  recognise,
  read,
}

function recognise({ text }: Head): number {
  if (!/^\s*(?:<\?xml[^>]*>\s*)?<Configuration[\s>]/.test(text)) return 0
  return text.includes('schemas.microsoft.com/forefront/2010/1/fs-configuration') ? 92 : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  return readXml(source, sink, {
    whole: (element) => element.name === 'Module' || element.name === 'Type',
    take: (tag) => {
      const { element, parents } = tag
      const list = parents.at(-1)
      const isModule = element.name === 'Module' && list?.name === 'ModuleList'
      const isType = element.name === 'Type' && list?.name === 'TypeList'
      if (!isModule && !isType) return
      const what = (isModule ? textOf(element) : (element.attributes.get('Name') ?? '')).trim().slice(0, 300)
      const fields = {
        ObjectType: isModule ? 'TextExtractionModule' : 'TextExtractionType',
        List: list?.attributes.get(isModule ? 'TypeList' : 'Name') ?? null,
        TextExtraction: what,
        Override: String(/\|NO(?:\||$)/i.test(what)),
      }
      sink.event(configEvent(source, 'exchange-config', tag, fields, what))
    },
  })
}
