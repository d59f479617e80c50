/**
 * The names of the data of known events, in the order in which Windows writes them: properties of `Get-WinEvent` have lost
 * theirs. https://learn.microsoft.com/windows/security/threat-protection/auditing/security-auditing-overview
 */
const SUBJECT = 'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId';
const ACCOUNT = 'TargetUserName TargetDomainName TargetSid';
const MEMBER = `MemberName MemberSid ${ACCOUNT} ${SUBJECT} PrivilegeList`;
const ON_ACCOUNT = `${ACCOUNT} ${SUBJECT} PrivilegeList`;
const SESSION_OF_DESKTOP = 'User SessionID Address';
const SECURITY = {
    4616: `${SUBJECT} PreviousTime NewTime ProcessId ProcessName`,
    4624: `${SUBJECT} TargetUserSid TargetUserName TargetDomainName TargetLogonId LogonType LogonProcessName AuthenticationPackageName WorkstationName LogonGuid TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort ImpersonationLevel RestrictedAdminMode`,
    4625: `${SUBJECT} TargetUserSid TargetUserName TargetDomainName Status FailureReason SubStatus LogonType LogonProcessName AuthenticationPackageName WorkstationName TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort`,
    4634: 'TargetUserSid TargetUserName TargetDomainName TargetLogonId LogonType',
    4648: `${SUBJECT} LogonGuid TargetUserName TargetDomainName TargetLogonGuid TargetServerName TargetInfo ProcessId ProcessName IpAddress IpPort`,
    4663: `${SUBJECT} ObjectServer ObjectType ObjectName HandleId AccessList AccessMask ProcessId ProcessName ResourceAttributes`,
    4672: `${SUBJECT} PrivilegeList`,
    4688: `${SUBJECT} NewProcessId NewProcessName TokenElevationType ProcessId CommandLine TargetUserSid TargetUserName TargetDomainName TargetLogonId ParentProcessName MandatoryLabel`,
    4697: `${SUBJECT} ServiceName ServiceFileName ServiceType ServiceStartType ServiceAccount`,
    4698: `${SUBJECT} TaskName TaskContent`,
    4699: `${SUBJECT} TaskName TaskContent`,
    4702: `${SUBJECT} TaskName TaskContentNew`,
    4720: `${ON_ACCOUNT} SamAccountName DisplayName UserPrincipalName`,
    4722: `${ACCOUNT} ${SUBJECT}`,
    4723: ON_ACCOUNT,
    4724: `${ACCOUNT} ${SUBJECT}`,
    4725: `${ACCOUNT} ${SUBJECT}`,
    4726: ON_ACCOUNT,
    4728: MEMBER,
    4729: MEMBER,
    4732: MEMBER,
    4733: MEMBER,
    4738: `Dummy ${ON_ACCOUNT}`,
    4740: `${ACCOUNT} ${SUBJECT}`,
    4756: MEMBER,
    4768: 'TargetUserName TargetDomainName TargetSid ServiceName ServiceSid TicketOptions Status TicketEncryptionType PreAuthType IpAddress IpPort',
    4769: 'TargetUserName TargetDomainName ServiceName ServiceSid TicketOptions TicketEncryptionType IpAddress IpPort Status LogonGuid TransmittedServices',
    4771: 'TargetUserName TargetSid ServiceName TicketOptions Status PreAuthType IpAddress IpPort',
    4776: 'PackageName TargetUserName Workstation Status',
    5140: `${SUBJECT} ObjectType IpAddress IpPort ShareName ShareLocalPath AccessMask AccessList`,
    5145: `${SUBJECT} ObjectType IpAddress IpPort ShareName ShareLocalPath RelativeTargetName AccessMask AccessList AccessReason`,
};
const byOrigin = new Map([
    ...Object.entries(SECURITY).map(([id, names]) => [`microsoft-windows-security-auditing ${id}`, names]),
    ['microsoft-windows-powershell 4104', 'MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path'],
    ['microsoft-windows-powershell 4103', 'ContextInfo UserData Payload'],
    ['service control manager 7045', 'ServiceName ImagePath ServiceType StartType AccountName'],
    ['service control manager 7036', 'param1 param2'],
    ['service control manager 7040', 'param1 param2 param3 param4'],
    ['microsoft-windows-eventlog 1102', SUBJECT],
    ['microsoft-windows-eventlog 104', 'SubjectUserName SubjectDomainName Channel BackupPath'],
    ['microsoft-windows-terminalservices-remoteconnectionmanager 1149', 'Param1 Param2 Param3'],
    ['microsoft-windows-terminalservices-localsessionmanager 21', SESSION_OF_DESKTOP],
    ['microsoft-windows-terminalservices-localsessionmanager 22', SESSION_OF_DESKTOP],
    ['microsoft-windows-terminalservices-localsessionmanager 24', SESSION_OF_DESKTOP],
    ['microsoft-windows-terminalservices-localsessionmanager 25', SESSION_OF_DESKTOP],
    ['microsoft-windows-kernel-general 1', 'NewTime OldTime Reason'],
    ['microsoft-windows-taskscheduler 106', 'TaskName UserContext'],
    ['microsoft-windows-taskscheduler 140', 'TaskName UserName'],
    ['microsoft-windows-taskscheduler 141', 'TaskName UserName'],
].map(([key, names]) => [key, names.split(' ')]));
/** The names of an event's data by their places; empty where they are not known. */
export function namesOfData(provider, eventId) {
    return byOrigin.get(`${provider.toLowerCase()} ${eventId}`) ?? [];
}
//# sourceMappingURL=event-names.js.map