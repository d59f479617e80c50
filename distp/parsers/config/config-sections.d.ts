import { type XmlElement } from '../../lib/xml.ts';
import type { FieldValue } from '../../model/event.ts';
import { type Tag } from './xml-reader.ts';
/** An entry of a configuration: its fields, and what it is about in few words. */
export type ConfigEntry = {
    readonly fields: Readonly<Record<string, FieldValue>>;
    readonly target: string;
};
/**
 * The entries that applicationHost.config, web.config, machine.config and administration.config share. `Element` says
 * what an entry is. https://learn.microsoft.com/iis/configuration/system.webserver/ and
 * https://learn.microsoft.com/dotnet/framework/configure-apps/file-schema/web/
 */
export declare function entryOf(tag: Tag): ConfigEntry | null;
/** Elements that say what they mean together with what is in them. */
export declare function isWhole(element: XmlElement, parents: readonly XmlElement[]): boolean;
/** Which module of Microsoft a library passes itself off as, where it does. */
export declare function resembling(image: string): {
    Resembles?: string;
};
/** A virtual path of an application and one below it. */
export declare function joined(outer: string, inner: string): string;
/** Is this a path that Exchange serves, or one of its back end? */
export declare function isExchangePath(site: string | null, path: string): boolean;
