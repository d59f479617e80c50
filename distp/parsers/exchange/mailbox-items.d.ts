import type { KnownLogKind } from '../../model/log-kinds.ts';
import type { FieldValue, LogSource } from '../../model/event.ts';
type Exported = {
    readonly log: KnownLogKind;
    readonly sources: readonly LogSource[];
    readonly fields: Record<string, FieldValue>;
    readonly target: string;
    readonly time: {
        readonly at: number;
        readonly basis: 'assumed';
    } | null;
};
/** The text of a property of the exported object, whatever the case of its name; null where it has none. */
type Read = (name: string) => string | null;
/** Where the sound of a reminder is fetched from. */
export type ReminderPlace = {
    readonly host: string;
    readonly to: 'inside' | 'outside';
    readonly webDav: boolean;
};
/** An item of a mailbox with PidLidReminderFileParameter (MS-OXORMDR 2.2.1.7). */
export declare function reminderItem(of: Read): Exported;
/** Who may do what in a folder of a mailbox. */
export declare function folderPermission(of: Read, rights: FieldValue): Exported;
/**
 * The host of a path that Windows would fetch from the network; null for a path of the machine itself. Slashes lean either
 * way, `\\?\UNC\`, `\\.\UNC\` and `\??\UNC\` mean the same (the last way round the first fix, CVE-2023-29324), `@80` or
 * `@SSL` behind the name asks for WebDAV.
 */
export declare function reminderPlace(sound: string, ownDomain: string | null): ReminderPlace | null;
export {};
