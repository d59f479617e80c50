const agents = String.raw `TransportRoles\agents`;
const hygiene = 'Microsoft.Exchange.Transport.Agent';
const policies = 'Microsoft.Exchange.MessagingPolicies';
const storeDriver = 'Microsoft.Exchange.MailboxTransport.StoreDriver.Agents';
const lists = [
    {
        classes: [
            `${hygiene}.ConnectionFiltering.ConnectionFilteringAgentFactory`,
            `${hygiene}.ContentFilter.ContentFilterAgentFactory`,
            `${hygiene}.SenderId.SenderIdAgentFactory`,
            `${hygiene}.ProtocolFilter.SenderFilterAgentFactory`,
            `${hygiene}.ProtocolFilter.RecipientFilterAgentFactory`,
            `${hygiene}.ProtocolAnalysis.ProtocolAnalysisAgentFactory`,
        ],
        library: `${hygiene}.Hygiene.dll`,
        folder: `${agents}\\Hygiene`,
    },
    {
        classes: [
            `${policies}.AddressRewrite.FactoryInbound`,
            `${policies}.AddressRewrite.FactoryOutbound`,
            `${policies}.AttachFilter.Factory`,
            `${policies}.EdgeRuleAgent.EdgeRuleAgentFactory`,
        ],
        library: `${policies}.EdgeAgents.dll`,
        folder: `${agents}\\EdgeMessagingPolicies`,
    },
    {
        classes: [`${policies}.TransportRuleAgent.TransportRuleAgentFactory`],
        library: `${policies}.TransportRuleAgent.dll`,
        folder: `${agents}\\Rule`,
    },
    {
        classes: [`${policies}.Journaling.JournalAgentFactory`],
        library: `${policies}.JournalAgent.dll`,
        folder: `${agents}\\Journaling`,
    },
    {
        classes: [`${policies}.UnJournalAgent.UnwrapJournalAgentFactory`],
        library: `${policies}.UnJournalAgent.dll`,
        folder: `${agents}\\Journaling`,
    },
    {
        classes: [`${policies}.RmSvcAgent.`],
        library: `${policies}.RmSvcAgent.dll`,
        folder: `${agents}\\RmSvc`,
    },
    {
        classes: [`${hygiene}.Malware.MalwareAgentFactory`],
        library: `${hygiene}.Malware.dll`,
        folder: `${agents}\\Antimalware`,
    },
    {
        classes: [`${hygiene}.InterceptorRoutingAgentFactory`, `${hygiene}.InterceptorSmtpAgentFactory`],
        library: `${hygiene}.InterceptorAgent.dll`,
        folder: `${agents}\\InterceptorAgent`,
    },
    // Exchange 2016 lists this library among those of Bin.
    {
        classes: [`${hygiene}.InterceptorRoutingAgentFactory`, `${hygiene}.InterceptorSmtpAgentFactory`],
        library: `${hygiene}.InterceptorAgent.dll`,
        folder: 'Bin',
    },
    {
        classes: [`${hygiene}.AddressBookPolicyRoutingAgent.AddressBookPolicyRoutingAgentFactory`],
        library: `${hygiene}.AddressBookPolicyRoutingAgent.dll`,
        folder: `${agents}\\AddressBookPolicyRoutingAgent`,
    },
    {
        classes: [
            'UMPlayonPhoneAgentFactory',
            'UMPartnerMessageAgentFactory',
            'ContentAggregationAgentFactory',
            'SmsDeliveryAgentFactory',
            'MailboxRulesAgentFactory',
            'MeetingMessageProcessingAgentFactory',
            'MfnSubmitterAgentFactory',
            'ApprovalProcessingAgentFactory',
            'ApprovalSubmitterAgentFactory',
            'ConversationsProcessingAgentFactory',
            'RetentonPolicyTagProcessingAgentFactory',
        ].map((name) => `${storeDriver}.${name}`),
        library: 'Microsoft.Exchange.StoreDriver.dll',
        folder: 'Bin',
    },
    // Of these no public list records the folder.
    {
        classes: [
            `${hygiene}.SystemProbeDrop.SystemProbeDropSmtpAgentFactory`,
            `${hygiene}.SystemProbeDrop.SystemProbeDropRoutingAgentFactory`,
            `${hygiene}.SharedMailboxSentItemsRoutingAgent.SharedMailboxSentItemsRoutingFactory`,
            `${hygiene}.LiveIdAuth.LiveIdAuthAgentFactory`,
            'Microsoft.Exchange.TextMessaging.MobileDriver.TextMessagingRoutingAgentFactory',
            'Microsoft.Exchange.TextMessaging.MobileDriver.TextMessagingDeliveryAgentFactory',
        ],
        library: null,
        folder: null,
    },
];
/** Agents of Exchange 2016 and later of which no public list records class and library: they are classes of its policies. */
const policyAgents = /^(?:dlp policy|retention policy|supervisory review) agent$/;
/** Is an agent one of Exchange's own: its class, from its library, in its folder? `home` is the install folder where it is known. */
export function isKnownAgent(name, factory, assembly, home = null) {
    const path = belowHome(assembly, home);
    if (path === null)
        return false;
    const at = path.lastIndexOf('\\');
    const [folder, library] = [path.slice(0, at), path.slice(at + 1)];
    const type = factory.trim().toLowerCase();
    if (policyAgents.test(name.trim().toLowerCase()))
        return isOwnFolder(folder, type) && type.startsWith(`${policies.toLowerCase()}.`) && isLibraryOf(library, type, 4);
    return lists.some((known) => known.classes.some((one) => isClass(type, one.toLowerCase())) &&
        (known.library === null ? isLibraryOf(library, type, 3) : library === known.library.toLowerCase()) &&
        (known.folder === null ? isOwnFolder(folder, type) : folder === known.folder.toLowerCase()));
}
/** The folders of Exchange's own agents, in lower case. */
const ownFolders = new Set(lists.flatMap(({ folder }) => folder?.toLowerCase() ?? []));
/**
 * For classes of which no public list records the folder: one that Exchange has agents in, or one below `TransportRoles\agents`
 * that is called by the namespace of the class, as all of Exchange's own are. Any other folder is not of Exchange.
 */
function isOwnFolder(folder, type) {
    const own = `${agents.toLowerCase()}\\`;
    const spaces = type.split('.').slice(2, -1);
    return ownFolders.has(folder) || (folder.startsWith(own) && spaces.includes(folder.slice(own.length)));
}
function isClass(type, known) {
    return known.endsWith('.') ? type.startsWith(known) && /^\w+$/.test(type.slice(known.length)) : type === known;
}
/** Is a library named like the namespace of a class, or like the beginning of it, of at least so many names? */
function isLibraryOf(library, type, names) {
    const stem = library.replace(/\.dll$/, '');
    return stem !== library && type.startsWith(`${stem}.`) && stem.split('.').length >= names;
}
/**
 * The path of a library below the install folder, in lower case; null where it lies elsewhere. Exchange reads a path that is
 * not absolute from its `Bin`.
 */
function belowHome(assembly, home) {
    const path = assembly
        .trim()
        .replace(/^["']|["']$/g, '')
        .replaceAll('/', '\\')
        .replace(/^\\\\[?.]\\(?=[a-z]:\\)/i, '');
    const own = /^(?:%exchangeinstallpath%|\$\{?env:exchangeinstallpath\}?)(.*)$/is.exec(path)?.[1];
    if (own !== undefined)
        return resolved(names(own));
    if (/^[a-z]:\\/i.test(path)) {
        const absolute = resolved(names(path));
        return absolute === null ? null : belowRoot(names(absolute), home);
    }
    return /^\\|:/.test(path) || path === '' ? null : resolved(['bin', ...names(path)]);
}
const names = (path) => path.split('\\').filter((name) => name !== '' && name !== '.');
/** Without `..`, in lower case; null where it leads out of where it began. */
function resolved(all) {
    const path = [];
    for (const name of all) {
        if (name !== '..')
            path.push(name.toLowerCase());
        else if (path.pop() === undefined)
            return null;
    }
    return path.join('\\');
}
function belowRoot(path, home) {
    const roles = path.findLastIndex((name, i) => name === 'transportroles' && path[i + 1] === 'agents');
    const at = roles > 0 ? roles : path.at(-2) === 'bin' ? path.length - 2 : -1;
    if (at <= 0)
        return null;
    const root = path.slice(0, at);
    // The drive of the evidence may be a guess.
    const isHome = home === null ? isPlausible(root) : isSameFolder(root.slice(1), names(home.toLowerCase()).slice(1));
    return isHome ? path.slice(at).join('\\') : null;
}
/** A folder that Exchange can have been installed to. */
function isPlausible(root) {
    return !root.some((name) => notInstalledIn.has(name));
}
const notInstalledIn = new Set('temp tmp users programdata perflogs inetpub windows $recycle.bin recycler public appdata aspnet_client'.split(' '));
/** Folders may stand under their short names: `PROGRA~1`. */
function isSameFolder(a, b) {
    return a.length === b.length && a.every((name, i) => name === b[i] || isShort(name, b[i]) || isShort(b[i], name));
}
function isShort(short, long) {
    const begin = /^([^~]{1,6})~\d{1,6}$/.exec(short)?.[1];
    return begin !== undefined && long.replaceAll(/[ .]/g, '').startsWith(begin);
}
//# sourceMappingURL=known-agents.js.map