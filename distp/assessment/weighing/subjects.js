import { pageNameOf } from '../../findings/removed-pages.js';
import { applicationIdsIn, applicationsIn } from '../../findings/applications.js';
import { mailboxesIn } from '../../findings/mailbox-names.js';
import { fieldText } from '../../model/event.js';
import { nameOfSetting } from '../persistent-settings.js';
import { nameOfSelfStarting } from './setting-names.js';
import { parameterOf } from '../../model/cmdlet-parameters.js';
/** The subject of a finding, by the kind that its rule gives it and by what its first row names. */
export function subjectOfFinding(f, origins) {
    const { subject: kind } = f.finding.sign;
    const { client, user } = f.used ?? { client: f.finding.client, user: nameOf(kind, f) };
    return subjectNamed(kind, user, client, origins);
}
/**
 * An entry without an address (of a cmdlet) is not put together with what the account did elsewhere under another form of its name:
 * whether the intruder or the owner did it, only a session tells.
 */
export function subjectNamed(kind, name, client, origins) {
    // Requests of one client and its address are one subject; accounts are known to their sessions.
    const key = kind === 'request' || kind === 'client' ? 'client' : kind;
    // A command of every night has another date each time.
    const same = kind === 'program'
        ? name.replaceAll(/\d{1,20}/g, '0')
        : origins !== undefined && (mailboxes.has(kind) || (client !== null && accounts.has(kind)))
            ? origins.personOf(name)
            : name;
    return { kind, key: `${key}\0${same.toLowerCase()}`, name };
}
/** Kinds of subjects that go by the name of an account, and of a mailbox. */
const accounts = new Set(['account', 'session', 'device']);
const mailboxes = new Set(['mailbox', 'inbox-rule', 'grant']);
const ofClient = ({ finding }) => finding.client ?? finding.user;
const ofPerson = ({ finding }) => finding.user;
const ofSetting = (_, event) => nameOfSelfStarting(event);
const ofMailbox = ({ finding }, event) => mailboxesIn(event)[0] ?? finding.user;
const ofTarget = ({ finding }) => finding.target;
const names = {
    request: ofClient,
    client: ofClient,
    page: (_, event) => pageOf(event),
    module: ofSetting,
    agent: ofSetting,
    task: ofSetting,
    service: ofSetting,
    program: ({ finding }, event) => nameOfSetting(event) ?? commandOfWindows(finding.target, event),
    account: ofPerson,
    session: ofPerson,
    device: ofPerson,
    application: ({ finding }, event) => applicationsIn(event)[0] ?? applicationIdsIn(event)[0] ?? finding.user,
    mailbox: ofMailbox,
    'inbox-rule': ofMailbox,
    grant: ofMailbox,
    host: ({ finding }) => finding.host,
    export: ({ finding }, event) => parameterOf(event, 'FilePath') ?? finding.target,
    'virtual-directory': ofTarget,
};
function nameOf(kind, f) {
    const { finding, hits } = f;
    const name = names[kind](f, hits[0].event);
    return name ?? finding.target ?? finding.user ?? finding.client ?? finding.host ?? finding.id;
}
/** A program of Windows is identified by what it was started for, since every user starts it; another program by itself. */
function commandOfWindows(target, event) {
    const image = fieldText(event, 'Image') ?? target;
    const command = fieldText(event, 'CommandLine') ?? fieldText(event, 'ScriptBlockText');
    return command !== null && image !== null && ofWindows.test(image) ? command : null;
}
const ofWindows = /^(?:[a-z]:)?\\windows\\|^[^\\/]{1,99}$/i;
/** A page by its last names, which a URL and a path have in common: `owa/auth/name.aspx`. */
function pageOf(event) {
    const path = fieldText(event, 'virtualPath') ?? fieldText(event, 'cs-uri-stem') ?? fieldText(event, 'TargetFilename');
    return path === null ? null : pageNameOf(path);
}
//# sourceMappingURL=subjects.js.map