import type { Event, Fields } from '../../model/event.ts';
/**
 * Settings on which it depends whether a vulnerability is open, whatever evidence they were read from: the configuration
 * of IIS, the registry, objects that PowerShell exported, program files. What they come to is judged in protections.ts.
 * HealthChecker reads the same (https://github.com/microsoft/CSS-Exchange/tree/main/Diagnostics/HealthChecker).
 */
export type ExchangeSetting = {
    readonly name: SettingName;
    /** What it is a setting of: a virtual directory, a parameter of an override, a value of the registry. */
    readonly about: string;
    readonly value: string;
    /** The server that it holds for; null where it is the one that the evidence is of, or all. */
    readonly host: string | null;
};
export type SettingName = 'iis-application' | 'iis-module' | 'extended-protection' | 'mitigation-rule' | 'mitigation-service' | 'mitigations-enabled' | 'mitigation-applied' | 'mitigation-blocked' | 'override' | 'overrides-listed' | 'download-domains' | 'owa-host' | 'registry' | 'library-version' | 'schema-superiors' | 'domain-version' | 'text-extraction';
/** Names of properties by which an object that lies in another is known to hold a setting. */
export declare const settingProperties: readonly string[];
/** The settings that an event tells of; of nearly all events there are none. */
export declare function settingsOf(event: Event): readonly ExchangeSetting[];
/** The settings in the properties of an exported object, by the names that only such objects have. */
export declare function settingsOfObject(fields: Fields): readonly ExchangeSetting[];
