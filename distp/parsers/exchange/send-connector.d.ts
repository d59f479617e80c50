import type { Fields } from '../../model/event.ts';
/**
 * The connector that a cmdlet makes or changes, as the logs of transport name it: `-Name` where it is given a name, else
 * `-Identity`. Null for other cmdlets.
 */
export declare function sendConnectorOf({ Cmdlet, Parameters }: Fields): string | null;
