import type { Member } from '../evidence/container.ts';
import type { Logons } from '../activity/logons.ts';
import type { MailUse } from '../activity/mailbox-use.ts';
import type { FindingWithHits } from '../findings/findings.ts';
import type { EventRule } from '../rules/rule.ts';
/** What is looked up: findings, what was counted of mail, and the logs that it stands in. */
export type MailLookupInput = {
    readonly found: readonly FindingWithHits[];
    readonly mail: MailUse;
    readonly mailLogs: ReadonlyMap<string, Member>;
    readonly logons: Pick<Logons, 'explaining' | 'served'>;
    readonly explainsFrom: number | null;
    readonly proxies: ReadonlySet<string>;
    readonly events: readonly EventRule[];
};
/** Rules of rows that show a mailbox to such an address, and the logs to read with them; null where there is nothing to find. */
export declare function mailToRead({ found, mail, mailLogs, logons, explainsFrom, proxies, events, }: MailLookupInput): {
    readonly rules: readonly EventRule[];
    readonly files: ReadonlySet<string>;
} | null;
