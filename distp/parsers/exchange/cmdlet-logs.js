import { canonicalIp } from '../../lib/ip.js';
import { sendConnectorOf } from './send-connector.js';
import { filledText, isSuccess } from './log-values.js';
export const CMDLET = 'DateTime,StartTime,RequestId,ClientRequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,' +
    'ServerHostName,ProcessId,ProcessName,ThreadId,CultureInfo,Organization,AuthenticatedUser,ExecutingUserSid,' +
    'EffectiveOrganization,UserServicePlan,IsAdmin,ClientApplication,Cmdlet,Parameters,CmdletUniqueId,' +
    'UserBudgetOnStart,ContributeToFailFast,RunspaceSettingsCreationHint,ADViewEntireForest,ADRecipientViewRoot,' +
    'ADConfigurationDomainControllers,ADPreferredGlobalCatalogs,ADPreferredDomainControllers,' +
    'ADUserConfigurationDomainController,ADUserPreferredGlobalCatalog,ADuserPreferredDomainControllers,' +
    'ThrottlingInfo,DelayInfo,ThrottlingDelay,IsOutputObjectRedacted,CmdletProxyStage,CmdletProxyRemoteServer,' +
    'CmdletProxyRemoteServerVersion,CmdletProxyMethod,ProxiedObjectCount,CmdletProxyLatency,OutputObjectCount,' +
    'ParameterBinding,BeginProcessing,ProcessRecord,EndProcessing,StopProcessing,BizLogic,PowerShellLatency,' +
    'UserInteractionLatency,ProvisioningLayerLatency,ActivityContextLifeTime,TotalTime,ErrorType,ExecutionResult,' +
    'CacheHitCount,CacheMissCount,GenericLatency,GenericInfo,GenericErrors,ObjectGuid,' +
    'ExternalDirectoryOrganizationId,ExternalDirectoryObjectId,NonPiiParameters';
export const CMDLET_HTTP = 'DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ClientRequestId,UrlHost,' +
    'UrlStem,AuthenticationType,IsAuthenticated,AuthenticatedUser,Organization,ManagedOrganization,' +
    'ClientIpAddress,ServerHostName,FrontEndServer,HttpStatus,SubStatus,ErrorCode,Action,CommandId,CommandName,' +
    'SessionId,ShellId,FailFast,ContributeToFailFast,RequestBytes,ClientInfo,CPU,Memory,ActivityContextLifeTime,' +
    'TotalTime,UrlQuery,GenericLatency,GenericInfo,GenericErrors';
export const AUDIT = 'Timestamp,Server,TenantId,RecordType,Data,UserKey,RecordId,Operation,Workload,ResultStatus,Version,Scope';
/** Columns of cmdlet logs under the names of other records of cmdlets. */
export const CMDLET_ALIASES = new Map([
    ['AuthenticatedUser', 'Caller'],
    ['ExecutingUserSid', 'CallerSid'],
    ['ProcessName', 'HostProcess'],
]);
export function cmdletSucceeded({ ExecutionResult, ErrorType }) {
    const result = filledText(ExecutionResult);
    return result === null ? (filledText(ErrorType) === null ? null : false) : /^success$/i.test(result);
}
export function deriveCmdlet(row) {
    const f = row.fields;
    f.Succeeded = cmdletSucceeded(f);
    for (const [column, alias] of CMDLET_ALIASES)
        f[alias] = f[column] ?? null;
    f.SendConnector = sendConnectorOf(f);
    const parameters = filledText(f.Parameters);
    row.target =
        parameters &&
            (parameterOf(parameters, 'FilePath') ?? parameterOf(parameters, 'Identity') ?? parameterOf(parameters, 'Mailbox'));
}
function parameterOf(parameters, name) {
    const at = parameters.search(new RegExp(`(?:^|\\s)-${name}\\s+"`, 'i'));
    if (at < 0)
        return null;
    const from = parameters.indexOf('"', at) + 1;
    const to = parameters.indexOf('"', from);
    return parameters.slice(from, to < 0 ? undefined : to) || null;
}
export function deriveCmdletHttp(row) {
    const f = row.fields;
    f.Caller = f.AuthenticatedUser ?? null;
    f.Succeeded = isSuccess(f.HttpStatus);
}
// The record itself is JSON, the same as in the unified audit log.
export function deriveAudit(row) {
    const f = row.fields;
    let data;
    try {
        data = JSON.parse(filledText(f.Data) ?? 'null');
    }
    catch {
        return;
    }
    if (data === null || typeof data !== 'object')
        return;
    const record = new Map(Object.entries(data));
    for (const name of [
        'UserId',
        'ObjectId',
        'ClientIP',
        'ClientIPAddress',
        'ClientInfoString',
        'MailboxOwnerUPN',
        'LogonType',
        'OriginatingServer',
    ]) {
        const value = record.get(name);
        if (typeof value === 'string' || typeof value === 'number')
            f[name] = value;
    }
    const ip = filledText(f.ClientIP) ?? filledText(f.ClientIPAddress);
    row.client = ip && canonicalIp(ip);
    row.user = filledText(f.UserId) ?? row.user;
    row.target = filledText(f.ObjectId);
    const parameters = record.get('Parameters');
    if (!Array.isArray(parameters))
        return;
    f.Cmdlet = f.Operation ?? null;
    f.Parameters = parameters
        .slice(0, 200)
        .map((p) => `-${String(p?.Name)} "${String(p?.Value)}"`)
        .join(' ');
}
//# sourceMappingURL=cmdlet-logs.js.map