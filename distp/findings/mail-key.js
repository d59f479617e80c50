import { fieldText } from '../model/event.js';
import { dayOf } from '../lib/time.js';
/** By which a row of mail is known among those that are counted together: mailbox, day, address, session, application. */
export function placeOfMail(event, identities) {
    if (event.log !== 'm365-exchange' || event.time === null)
        return null;
    const operation = fieldText(event, 'Operation') ?? '';
    if (!/^(?:mailitemsaccessed|messagebind|send|sendas|sendonbehalf|mailboxlogin)$/i.test(operation))
        return null;
    const owner = fieldText(event, 'MailboxOwnerUPN') ?? event.user;
    const app = fieldText(event, 'ClientAppId') ?? fieldText(event, 'AppId') ?? '';
    if (owner === null)
        return null;
    const mailbox = identities.addressOf(owner).toLowerCase();
    return [mailbox, dayOf(event.time), event.client ?? '', event.session ?? '', app.toLowerCase()].join('\0');
}
//# sourceMappingURL=mail-key.js.map