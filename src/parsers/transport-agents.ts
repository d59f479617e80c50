import type { Head, Parser, Sink, Source } from './parser.ts'
import { configEvent, readTags } from './xml-config.ts'

/**
 * agents.config and fetagents.config: the agents that the transport services hand each message to. Each is one event
 * that says whether it is a class of Exchange from a folder of Exchange. Name and place are no proof: an intruder can
 * choose both.
 * https://learn.microsoft.com/exchange/client-developer/transport-agents/agents-configuration-file-elements-for-exchange-2013
 */
export const transportAgents: Parser = {
  name: 'transport-agents',
  title: 'Transport agents',
  product: 'exchange',
  recognise,
  read,
}

function recognise({ text }: Head): number {
  if (!/^\s*</.test(text) || !/<configuration[\s>]/.test(text)) return 0
  return /<mexRuntime[\s>]/.test(text) ? 94 : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  return readTags(source, sink, (tag) => {
    if (tag.element.name !== 'agent' || tag.parents.at(-1)?.name !== 'agentList') return
    const has = (name: string): string | null => tag.element.attributes.get(name)?.trim() || null
    const [agent, factory, assembly] = [has('name'), has('classFactory'), has('assemblyPath')]
    const fields = {
      Agent: agent,
      BaseType: has('baseType'),
      ClassFactory: factory,
      AssemblyPath: assembly,
      Enabled: has('enabled')?.toLowerCase() ?? null,
      Priority: has('priority'),
      Known: String(isKnownAgent(factory ?? '', assembly ?? '')),
    }
    sink.event(
      configEvent(source, 'transport-agents', tag, fields, `${agent ?? 'agent'}: ${assembly ?? factory ?? ''}`),
    )
  })
}

/** Is an agent a class of Exchange from a folder of Exchange? */
export function isKnownAgent(factory: string, assembly: string): boolean {
  const path = assembly.replaceAll('/', '\\')
  if (/(?:^|\\)\.{1,2}(?:\\|$)/.test(path) || !factory.startsWith('Microsoft.Exchange.')) return false
  return /\\transportroles\\agents\\|\\v1[45]\\bin\\/i.test(path)
}
