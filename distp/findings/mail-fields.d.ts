import type { CloudCell } from '../activity/cloud-audit.ts';
import type { Event } from '../model/event.ts';
/** Mail that was opened or sent, as an event. */
export declare function mailEvent(cell: CloudCell): {
    readonly event: Event;
    readonly sha256: string;
};
