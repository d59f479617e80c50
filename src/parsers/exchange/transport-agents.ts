import type { Head, Parser, Sink, Source } from '../parser.ts'
import { isKnownAgent } from '../../model/known-agents.ts'
import { configEvent, readXml, type Tag } from '../config/xml-reader.ts'

/**
 * agents.config and fetagents.config: the agents that the transport services hand each message to. Each is one event
 * that records whether it is one of Exchange's own: a class of its list, from the library and the folder of that class.
 * https://learn.microsoft.com/exchange/client-developer/transport-agents/agents-configuration-file-elements-for-exchange-2013
 */
export const transportAgents: Parser = {
  name: 'transport-agents',
  title: 'Transport agents',
  product: 'exchange',
  recognize,
  read,
}

function recognize({ text }: Head): number {
  if (!/^\s*</.test(text) || !/<configuration[\s>]/.test(text)) return 0
  return /<mexRuntime[\s>]/.test(text) ? 94 : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  const home = homeOf(source.windowsPath)
  return readXml(source, sink, {
    take: (tag) => takeAgent(source, sink, tag, home),
    // Exchange deletes the entry of an agent that is removed, and writes no comments: what stands in one was put there by
    // hand, and the agent was registered before, or will be with one more change of the file.
    comment(text, { offset, line }) {
      for (const agent of commentedAgents(text, home)) {
        const detail = `a transport agent that is no part of Exchange is in a comment: ${agent}`
        sink.gap({ offset, length: 0, reason: 'unsupported', detail, line })
      }
    },
  })
}

/** The event of an agent in a list of them. `home`: the folder that Exchange is installed in, where that is known. */
export function takeAgent(source: Source, sink: Sink, tag: Tag, home: string | null): void {
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
  sink.event(configEvent(source, 'transport-agents', tag, fields, `${agent ?? 'agent'}: ${assembly ?? factory ?? ''}`))
}

/** Agents named in one comment; those beyond are as good as named. */
const NAMED = 5

/** Names and libraries of agents in a comment that are none of Exchange's own. */
function commentedAgents(text: string, home: string | null): string[] {
  const agents: string[] = []
  for (const [, attributes] of text.matchAll(/<agent\s([^<>]{1,4000})/gi)) {
    const valueOf = (name: string): string => {
      const at = attributes!.toLowerCase().indexOf(`${name}=`) + name.length + 1
      const quote = attributes![at] ?? ''
      const end = at > name.length ? attributes!.indexOf(quote, at + 1) : -1
      return end < 0 ? '' : attributes!.slice(at + 1, end)
    }
    const [agent, factory, assembly] = [valueOf('name'), valueOf('classfactory'), valueOf('assemblypath')]
    if (isKnownAgent(agent, factory, assembly, home)) continue
    agents.push(`${agent || 'without a name'} (${assembly || factory || 'no library'})`.slice(0, 500))
    if (agents.length === NAMED) break
  }
  return agents
}

/** The install folder, by where the file lies in it. */
function homeOf(path: string | null): string | null {
  return /^([a-z]:\\.{1,400})\\transportroles\\shared\\[^\\]+$/is.exec((path ?? '').replaceAll('/', '\\'))?.[1] ?? null
}
