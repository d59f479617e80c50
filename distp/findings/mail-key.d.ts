import { type Event } from '../model/event.ts';
import type { Identities } from '../activity/identities.ts';
/** By which a row of mail is known among those that are counted together: mailbox, day, address, session, application. */
export declare function placeOfMail(event: Event, identities: Identities): string | null;
