import { type Event } from '../model/event.ts';
/** The mailboxes that cmdlets, audit rows, tracked messages and requests of a user name; none where they name no one. */
export declare function mailboxesNamed(event: Event): readonly string[];
/** All persons that a parameter of a cmdlet names, whether or not their mail was taken. */
export declare function peopleNamed(event: Event): readonly string[];
/** The mailboxes that a row names: acted as, impersonated, exported or asked for; never the machine account. */
export declare function mailboxesIn(event: Event): readonly string[];
