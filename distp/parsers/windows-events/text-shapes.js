/**
 * Rendered texts of events of the Security log in any language: the labels are translated, the lines and sections are not.
 * A shape is the names of one section after the other; a line below no heading belongs to the section before it.
 * https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4624
 */
const SUBJECT = 'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId';
const TARGET = 'TargetUserSid TargetUserName TargetDomainName';
const ACCOUNT = 'TargetSid TargetUserName TargetDomainName';
const PROCESS = 'ProcessId ProcessName';
const NETWORK = 'WorkstationName IpAddress IpPort';
const AUTHENTICATION = 'LogonProcessName AuthenticationPackageName TransmittedServices LmPackageName KeyLength';
const MEMBER = `${SUBJECT}|MemberSid MemberName|${ACCOUNT}`;
const MEMBER_OF_NAME = `${SUBJECT}|MemberSid MemberName|TargetSid TargetUserName TargetDomainName|PrivilegeList`;
const LOGON = `${TARGET} TargetLogonId`;
const NEW_LOGON = `${LOGON} TargetLinkedLogonId TargetOutboundUserName TargetOutboundDomainName LogonGuid`;
const SHAPES = {
    1102: [SUBJECT],
    4616: [`${SUBJECT}|${PROCESS} PreviousTime NewTime`],
    4624: [
        `${SUBJECT} LogonType|${LOGON} LogonGuid|${PROCESS}|${NETWORK}|${AUTHENTICATION}`,
        `${SUBJECT} LogonType ImpersonationLevel|${LOGON} LogonGuid|${PROCESS}|${NETWORK}|${AUTHENTICATION}`,
        `${SUBJECT}|LogonType RestrictedAdminMode VirtualAccount ElevatedToken ImpersonationLevel|${NEW_LOGON}|${PROCESS}|${NETWORK}|${AUTHENTICATION}`,
        `${SUBJECT}|LogonType RestrictedAdminMode RemoteCredentialGuard VirtualAccount ElevatedToken ImpersonationLevel|${NEW_LOGON}|${PROCESS}|${NETWORK}|${AUTHENTICATION}`,
    ],
    4625: [`${SUBJECT} LogonType|${TARGET}|FailureReason Status SubStatus|${PROCESS}|${NETWORK}|${AUTHENTICATION}`],
    4634: [`${LOGON} LogonType`],
    4648: [
        `${SUBJECT} LogonGuid|TargetUserName TargetDomainName TargetLogonGuid|TargetServerName TargetInfo|${PROCESS}|IpAddress IpPort`,
    ],
    4697: [`${SUBJECT}|ServiceName ServiceFileName ServiceType ServiceStartType ServiceAccount`],
    4720: [`${SUBJECT}|${ACCOUNT}`],
    4722: [`${SUBJECT}|${ACCOUNT}`],
    4723: [`${SUBJECT}|${ACCOUNT}`],
    4724: [`${SUBJECT}|${ACCOUNT}`],
    4725: [`${SUBJECT}|${ACCOUNT}`],
    4726: [`${SUBJECT}|${ACCOUNT}`],
    4728: [MEMBER, MEMBER_OF_NAME],
    4729: [MEMBER, MEMBER_OF_NAME],
    4732: [MEMBER, MEMBER_OF_NAME],
    4733: [MEMBER, MEMBER_OF_NAME],
    4738: [`${SUBJECT}|${ACCOUNT}`],
    // The name of the computer from which the guesses came stands in the data as the domain of the account.
    4740: [`${SUBJECT}|TargetSid TargetUserName|TargetDomainName`],
    4756: [MEMBER, MEMBER_OF_NAME],
    4768: ['TargetUserName TargetDomainName TargetSid|ServiceName ServiceSid|IpAddress IpPort|TicketOptions Status'],
    4769: ['TargetUserName TargetDomainName LogonGuid|ServiceName ServiceSid|IpAddress IpPort'],
    4771: ['TargetSid TargetUserName|ServiceName|IpAddress IpPort|TicketOptions Status PreAuthType'],
    5140: [`${SUBJECT}|ObjectType IpAddress IpPort|ShareName ShareLocalPath`],
    5145: [`${SUBJECT}|ObjectType IpAddress IpPort|ShareName ShareLocalPath RelativeTargetName`],
};
/** The sections of a text: what its `label: value` lines say, in any language. Lines before the first heading are the first. */
export function sectionsOf(text) {
    const sections = [[]];
    for (const line of text.split(/\r\n|\n|\r/).slice(1, 200)) {
        const colon = line.search(/[:：]/);
        if (colon < 1 || colon > 100)
            continue;
        // German labels may end in two colons.
        const value = line
            .slice(colon + 1)
            .replace(/^[:：]/, '')
            .trim();
        if (value === '' && /^\S/.test(line))
            sections.push([]);
        else
            sections.at(-1).push(value);
    }
    return sections;
}
const shapes = new Map(Object.entries(SHAPES).map(([id, all]) => [
    Number(id),
    all.map((shape) => shape.split('|').map((section) => section.split(' '))),
]));
/** The fields of a text of the Security log by its shape; empty where it has none that is known. */
export function fieldsByShape(eventId, text) {
    const known = shapes.get(eventId);
    if (!known)
        return [];
    const sections = sectionsOf(text).filter((section) => section.length > 0);
    const shape = known.find((one) => fits(one, sections));
    return shape
        ? shape.flatMap((names, i) => names.flatMap((name, j) => (sections[i][j] ? [[name, sections[i][j]]] : [])))
        : [];
}
/** All sections but the last have as many lines as the shape says; explanations may follow the last. */
function fits(shape, sections) {
    return shape.every((names, i) => {
        const lines = sections[i]?.length ?? 0;
        const isRight = i === shape.length - 1 ? lines >= names.length : lines === names.length;
        return isRight && names.every((name, j) => CHECKS[name]?.test(sections[i][j]) ?? true);
    });
}
/** What values of these names look like in every language. */
const CHECKS = {
    LogonType: /^\d{1,2}$/,
    SubjectLogonId: /^(?:0x[0-9a-f]{1,16}|-)$/i,
    TargetLogonId: /^(?:0x[0-9a-f]{1,16}|-)$/i,
    Status: /^(?:0x[0-9a-f]{1,8}|-)$/i,
    SubStatus: /^(?:0x[0-9a-f]{1,8}|-)$/i,
    IpPort: /^(?:\d{1,5}|-)$/,
};
/** The tasks' definition in the text of an event (4698, 4702): it stands on many lines. */
export function taskContentOf(text) {
    const begin = text.search(/<\?xml|<Task[\s>]/);
    const end = text.indexOf('</Task>');
    return begin < 0 || end < begin ? null : text.slice(begin, end + '</Task>'.length);
}
//# sourceMappingURL=text-shapes.js.map