import { type Event } from '../model/event.ts';
/** A right to mailboxes that a cmdlet gave; `mailbox` is null for all of them. Names are without their domain. */
export type Grant = {
    readonly by: string;
    readonly to: string;
    readonly mailbox: string | null;
    readonly time: number;
};
/** The rights to mailboxes that the entry of a cmdlet records as given. */
export declare function grantsIn(event: Event): readonly Grant[];
