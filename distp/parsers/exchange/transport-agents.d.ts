import type { Parser, Sink, Source } from '../parser.ts';
import { type Tag } from '../config/xml-reader.ts';
/**
 * agents.config and fetagents.config: the agents that the transport services hand each message to. Each is one event
 * that records whether it is one of Exchange's own: a class of its list, from the library and the folder of that class.
 * https://learn.microsoft.com/exchange/client-developer/transport-agents/agents-configuration-file-elements-for-exchange-2013
 */
export declare const transportAgents: Parser;
/** The event of an agent in a list of them. `home`: the folder that Exchange is installed in, where that is known. */
export declare function takeAgent(source: Source, sink: Sink, tag: Tag, home: string | null): void;
