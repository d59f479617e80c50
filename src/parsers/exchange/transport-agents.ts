import type { Head, Parser, Sink, Source } from '../parser.ts'
import { isKnownAgent } from './transport-agent-list.ts'
import { configEvent, readTags } from '../config/xml-reader.ts'

/**
 * agents.config and fetagents.config: the agents that the transport services hand each message to. Each is one event
 * that records whether it is one of Exchange's own: a class of its list, from the library and the folder of that class.
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
  const home = homeOf(source.windowsPath)
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
      Known: String(isKnownAgent(agent ?? '', factory ?? '', assembly ?? '', home)),
    }
    sink.event(
      configEvent(source, 'transport-agents', tag, fields, `${agent ?? 'agent'}: ${assembly ?? factory ?? ''}`),
    )
  })
}

/** The install folder, by where the file lies in it. */
function homeOf(path: string | null): string | null {
  return /^([a-z]:\\.{1,400})\\transportroles\\shared\\[^\\]+$/is.exec((path ?? '').replaceAll('/', '\\'))?.[1] ?? null
}
