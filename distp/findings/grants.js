import { withoutDomain } from '../model/account-names.js';
import { parameterOf } from '../model/cmdlet-parameters.js';
import { fieldText } from '../model/event.js';
/** The rights to mailboxes that the entry of a cmdlet records as given. */
export function grantsIn(event) {
    const { user, time } = event;
    const cmdlet = fieldText(event, 'Cmdlet')?.replace(/^.*\\/, '').toLowerCase();
    if (cmdlet === undefined || user === null || time === null || event.fields.Succeeded === false)
        return [];
    const [to, mailbox] = [parameterOf(event, 'User'), parameterOf(event, 'Identity')];
    if (to === null)
        return [];
    const by = withoutDomain(user);
    const given = (of) => [{ by, to: withoutDomain(to), mailbox: of, time }];
    if (cmdlet === 'add-mailboxpermission')
        return mailbox === null ? [] : given(withoutDomain(mailbox));
    const role = parameterOf(event, 'Role') ?? '';
    return cmdlet === 'new-managementroleassignment' && /^applicationimpersonation$/i.test(role) ? given(null) : [];
}
//# sourceMappingURL=grants.js.map