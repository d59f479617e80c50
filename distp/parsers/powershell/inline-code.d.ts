import type { XmlPlace } from '../../lib/xml-stream.ts';
import type { ConfigEntry } from '../config/config-sections.ts';
type Emit = (place: XmlPlace & {
    readonly raw: string;
}, entry: ConfigEntry) => void;
/** Does a text hold script that a page handler would run? */
export declare function holdsScript(text: string): boolean;
/**
 * Script in a configuration file: IIS can be told to run `.config` files as pages, with the script behind the
 * configuration or in a comment. https://attack.mitre.org/techniques/T1505/003/
 */
export declare class InlineCode {
    readonly reader: {
        comment(text: string, place: XmlPlace): void;
        doctype(raw: string, place: XmlPlace): void;
        broken(text: string, place: XmlPlace): void;
    };
    constructor(emit: Emit);
}
export {};
