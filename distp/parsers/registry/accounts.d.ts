import { type Context } from './context.ts';
import type { KeyView } from './view.ts';
/**
 * The accounts of the machine: `SAM\Domains\Account\Users` holds one key an account, named by its number, and `Names` one
 * by its name. Only names, dates and memberships are read; the secrets that lie beside them are not.
 */
export declare function accounts(key: KeyView, context: Context): void;
/** An account that was deleted: what its key still holds. */
export declare function deletedAccount(key: KeyView, context: Context): void;
/** Accounts that have been here with a profile, of the machine or of a domain. */
export declare function profile(key: KeyView, context: Context): void;
/** Accounts that the logon screen does not show. */
export declare function hiddenAccounts(key: KeyView, context: Context): void;
