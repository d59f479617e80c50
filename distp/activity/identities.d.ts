import type { Event } from '../model/event.ts';
/** Who is who: by every name that the evidence gives to a mailbox, its address. */
export declare class Identities {
    #private;
    /** Names of one person, the address first. */
    add([address, ...names]: readonly string[]): void;
    /** A mailbox of this organization by the name that a log of mailboxes has for it. */
    addMailbox(name: string): void;
    /** The name of an account that logged on here. */
    addLogon(name: string): void;
    /**
     * The address of the person with this name. Where none is known it is the only one here that begins with the name of the account, and
     * else the name itself, without what only says its form.
     */
    addressOf(name: string): string;
    /** The name of an account by which all that it does is held together: without domain, in lower case. */
    accountOf(name: string): string;
    /**
     * Are these two names of one account? Names with different domains in one form are not, and a name without a domain is none of several
     * that begin with it.
     */
    isSame(a: string, b: string): boolean;
}
/** An address of SMTP, and not the number of a mailbox with its domain. */
export declare function isAddress(name: string): boolean;
/** No machine, no service of Windows, and none of the mailboxes that Exchange has for itself. */
export declare function isPerson(name: string): boolean;
/** The names that an event gives to one person, the address first; null where it gives none besides the address. */
export declare function namesTogether({ log, fields }: Event): readonly string[] | null;
/** What logs of mailboxes know of the people of an organisation. */
export type People = {
    /** Names of one person each, the address first. */
    readonly together: readonly (readonly string[])[];
    /** Names by which logs of mailboxes call them. */
    readonly mailboxes: readonly string[];
    readonly identities: Identities;
};
