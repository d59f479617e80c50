import type { FieldValue } from '../../model/event.ts';
import { type MutableFields } from './values.ts';
export type Roles = {
    readonly label: number;
    readonly user: readonly Account[];
    readonly target: readonly number[];
    /** The account that was acted on, where events are about accounts. */
    readonly targetAccount: readonly Account[] | null;
    readonly session: readonly number[];
    readonly logon: readonly number[];
    readonly address: readonly number[];
    readonly initiated: readonly number[];
    readonly source: readonly number[];
};
type Account = {
    readonly name: number;
    readonly domain: number;
};
export declare function rolesOf(channel: string, service: string | null, id: number, slots: ReadonlyMap<string, number>): Roles;
export declare function firstBy(slots: readonly number[], values: readonly FieldValue[]): string | null;
export declare function userBy(accounts: readonly Account[], values: readonly FieldValue[]): string | null;
export declare function sessionBy(roles: Roles, values: readonly FieldValue[]): string | null;
export declare function clientBy(roles: Roles, values: readonly FieldValue[]): string | null;
export declare function eventUser(channel: string | null, fields: MutableFields): string | null;
export declare function eventSession(fields: MutableFields): string | null;
export declare function eventClient(fields: MutableFields): string | null;
export declare function targetOf(id: number, service: string | null, fields: MutableFields): string | null;
export {};
