import { mailboxesIn } from './mailbox-names.js';
/** Mail that was opened or taken away, by what findings show of each row. */
export function* shownMail(found) {
    for (const { counts, finding, hits } of found) {
        const { stage, user, means } = finding;
        if (stage !== 'collection' && stage !== 'exfiltration')
            continue;
        for (const { event } of hits)
            yield { user: event.user ?? user, client: event.client, means, mailboxes: mailboxesIn(event), counts };
    }
}
//# sourceMappingURL=shown-mail.js.map